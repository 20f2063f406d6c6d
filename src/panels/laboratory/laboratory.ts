/**
 * What the cache laboratory is asked for and what has come back. A question is computed in a worker
 * of its own, so that the run on the page goes on meanwhile; a new one of the same kind takes the
 * place of the one under way.
 */

import { effect, signal, type Signal } from '@preact/signals';
import type {
  ChainResult,
  CurveResult,
  LaboratoryNews,
  LaboratoryTask,
  TraceFault,
} from '../../protocol/laboratory.ts';
import type { LaboratorySubjects, Session } from '../../protocol/session.ts';
import type { Comparison } from '../comparison.ts';
import type { PageState } from '../page-state.ts';

/** How far one question is. `text`: of the scenario that it was asked about. */
export type Work<Result> =
  | { readonly state: 'none' }
  | { readonly state: 'busy'; readonly share: number; readonly words: string }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly why: string; readonly cure: string }
  | { readonly state: 'done'; readonly result: Result; readonly text: string };

/** What the curves are of. */
export type Subject =
  | { readonly kind: 'cache'; readonly name: string }
  | { readonly kind: 'trace'; readonly file: File };

/** A place on a curve that the reader has chosen to try. */
export interface Choice {
  readonly policy: string;
  readonly size: number;
}

export type OpenLaboratory = (
  task: LaboratoryTask,
  onNews: (news: LaboratoryNews) => void,
) => () => void;

/** Chosen at first, as far as they exist. */
const usualPolicies = ['lru', 'fifo', 'sieve', 's3-fifo', 'w-tiny-lfu'];
/** More faults than these are counted, not listed. */
const faultsMax = 50;

export class Laboratory {
  readonly view: Signal<'curves' | 'chain'> = signal<'curves' | 'chain'>('curves');
  readonly subjects: Signal<LaboratorySubjects | null> = signal<LaboratorySubjects | null>(null);
  readonly subject: Signal<Subject | null> = signal<Subject | null>(null);
  readonly policies: Signal<readonly string[]> = signal<readonly string[]>([]);
  /** What the sizes of a trace's curves count. */
  readonly unit: Signal<'entries' | 'bytes'> = signal<'entries' | 'bytes'>('entries');
  readonly curves: Signal<Work<CurveResult>> = signal<Work<CurveResult>>({ state: 'none' });
  readonly chain: Signal<Work<ChainResult>> = signal<Work<ChainResult>>({ state: 'none' });
  readonly faults: Signal<readonly TraceFault[]> = signal<readonly TraceFault[]>([]);
  readonly choice: Signal<Choice | null> = signal<Choice | null>(null);
  private readonly state: PageState;
  private readonly session: Session;
  private open: OpenLaboratory | null = null;
  private cancelCurves: (() => void) | null = null;
  private cancelChain: (() => void) | null = null;

  constructor(state: PageState, session: Session) {
    this.state = state;
    this.session = session;
    let file = '';
    effect(() => {
      if (state.file.value !== file) this.forgetRun();
      file = state.file.value;
    });
  }

  equip(open: OpenLaboratory): void {
    this.open = open;
  }

  /** Which caches there are, and which policies; asked anew when the text is another one. */
  async look(): Promise<void> {
    const found = await this.session.ask('laboratory', {}).catch(() => null);
    if (found === null) return;
    this.subjects.value = found;
    const { caches, policies } = found;
    if (this.policies.peek().length === 0) {
      const names = policies.map(({ name }) => name);
      const own = caches.map(({ eviction }) => eviction);
      this.policies.value = names.filter((one) => own.includes(one) || usualPolicies.includes(one));
    }
    this.chooseCache(this.state.selection.peek());
  }

  /** The cache that a selection lies in, else the one before, else the first. */
  chooseCache(selection: string | null): void {
    const caches = this.subjects.peek()?.caches ?? [];
    const { subject } = this;
    const before = subject.peek();
    if (before?.kind === 'trace') return;
    const selected = caches.find(({ name }) => name === selection?.split('/')[0]);
    const chosen = selected ?? caches.find(({ name }) => name === before?.name) ?? caches[0];
    if (chosen?.name !== before?.name) this.take(chosen && { kind: 'cache', name: chosen.name });
  }

  /** Another subject; what was found out about the one before is forgotten. */
  take(subject: Subject | undefined): void {
    this.cancel();
    this.subject.value = subject ?? null;
    this.curves.value = { state: 'none' };
    this.chain.value = { state: 'none' };
    this.faults.value = [];
    this.choice.value = null;
  }

  /** Opens a trace and begins to read it. */
  openTrace(file: File): void {
    this.state.mode.value = 'investigate';
    this.state.bench.value = 'laboratory';
    this.view.value = 'curves';
    this.unit.value = 'entries';
    this.take({ kind: 'trace', file });
    if (this.policies.peek().length > 0) this.computeCurves();
    else void this.look().then(() => this.computeCurves());
  }

  /** Away from the trace, back to a cache of the scenario. */
  closeTrace(): void {
    this.take(undefined);
    this.chooseCache(this.state.selection.peek());
  }

  toggle(policy: string): void {
    const { policies } = this;
    const all = this.subjects.peek()?.policies.map(({ name }) => name) ?? [];
    const chosen = new Set(policies.peek());
    if (!chosen.delete(policy)) chosen.add(policy);
    policies.value = all.filter((name) => chosen.has(name));
  }

  /** Computes the curves of a trace anew, with sizes of another kind. */
  measureIn(unit: 'entries' | 'bytes'): void {
    if (this.unit.peek() === unit) return;
    this.unit.value = unit;
    this.computeCurves();
  }

  computeCurves(): void {
    const subject = this.subject.peek();
    const policies = this.policies.peek();
    if (subject === null || policies.length === 0) return;
    this.cancelCurves?.();
    this.faults.value = [];
    this.choice.value = null;
    const task: LaboratoryTask =
      subject.kind === 'trace'
        ? { kind: 'trace-curve', trace: subject.file, policies, unit: this.unit.peek() }
        : { kind: 'run-curve', ...this.scenario(subject.name), policies };
    this.cancelCurves = this.begin(task, this.curves);
  }

  computeChain(): void {
    const subject = this.subject.peek();
    if (subject?.kind !== 'cache') return;
    this.cancelChain?.();
    this.cancelChain = this.begin({ kind: 'chain', ...this.scenario(subject.name) }, this.chain);
  }

  /** Ends what is under way. */
  cancel(): void {
    for (const { cancel, work } of [
      { cancel: this.cancelCurves, work: this.curves },
      { cancel: this.cancelChain, work: this.chain },
    ]) {
      cancel?.();
      if (work.peek().state === 'busy') work.value = { state: 'cancelled' };
    }
    this.cancelCurves = null;
    this.cancelChain = null;
  }

  /** Opens the comparison of the run with what would be with other values. */
  async compare(
    comparison: Comparison,
    settings: readonly { readonly path: string; readonly value: string }[],
    words: string,
  ): Promise<void> {
    const text = await this.session.ask('variant', { settings });
    if (text === null) {
      this.state.notice.value = 'That cannot be written into this scenario.';
      return;
    }
    const file = this.state.file.peek();
    const given = () => Promise.resolve(text);
    comparison.isOpen.value = true;
    await comparison.choose({ key: '', kind: 'file', name: words, words, file, text: given });
  }

  private scenario(cache: string) {
    return { text: this.state.text.peek(), file: this.state.file.peek(), cache };
  }

  private begin<Result>(task: LaboratoryTask, work: Signal<Work<Result>>): (() => void) | null {
    if (this.open === null) return null;
    const text = this.state.text.peek();
    work.value = { state: 'busy', share: NaN, words: 'Starting the laboratory …' };
    return this.open(task, (news) => {
      if (news.kind === 'progress') {
        work.value = { state: 'busy', share: news.share, words: news.words };
      } else if (news.kind === 'fault') {
        const faults = this.faults.peek();
        if (faults.length < faultsMax) this.faults.value = [...faults, news.fault];
      } else if (news.kind === 'failed') {
        work.value = { state: 'failed', why: news.why, cure: news.cure };
      } else {
        // A chain answers to a chain and a curve to a curve: each task has a line of its own.
        work.value = { state: 'done', result: news.result as Result, text };
      }
    });
  }

  /** Another file is on the page: only a trace stays as it was. */
  private forgetRun(): void {
    this.subjects.value = null;
    if (this.subject.peek()?.kind !== 'trace') this.take(undefined);
  }
}
