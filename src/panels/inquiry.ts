/**
 * Questions that a reader asks of the run: requests, waterfalls, causes, what is inside. An answer
 * that comes after another question of its kind is let go.
 */

import { effect, signal, type Signal } from '@preact/signals';
import { shortClock } from '../base/measured.ts';
import type { PresentRequest } from '../protocol/inside.ts';
import type { Session, Questions } from '../protocol/session.ts';
import type { Attribution, RequestNote, RequestsAsked } from '../protocol/trace.ts';
import type { PageState, TimeRange } from './page-state.ts';

export type Which = RequestsAsked['which'];

/** What is looked at when no span is chosen: this long before the present, s. */
const usualSpan = 10;
const notesMax = 40;
const quantile = 0.99;

/** A list of requests and the span that it is from. */
export interface Found {
  readonly notes: readonly RequestNote[];
  readonly span: TimeRange;
}

export class Inquiry {
  readonly which: Signal<Which> = signal<Which>('slowest');
  /** Null: of all operations. */
  readonly operation: Signal<string | null> = signal<string | null>(null);
  readonly found: Signal<Found | null> = signal<Found | null>(null);
  readonly why: Signal<Attribution | null> = signal<Attribution | null>(null);
  /** Which of the two stands beside the list. */
  readonly shown: Signal<'trace' | 'why'> = signal<'trace' | 'why'>('trace');
  /** True while a waterfall or a cause is being looked for. */
  readonly isBusy: Signal<boolean> = signal(false);
  /** Why there is no answer, in words; null when there is one. */
  readonly note: Signal<string | null> = signal<string | null>(null);
  /** Questions so far about the list, and about what stands beside it. */
  private readonly asked = { list: 0, detail: 0 };
  private readonly state: PageState;
  private readonly session: Session;

  constructor(state: PageState, session: Session) {
    this.state = state;
    this.session = session;
    effect(() => {
      void state.view.value;
      this.forget();
    });
  }

  /** The span that the charts show, or else the last ten seconds; its change is not told. */
  get span(): TimeRange {
    const range = this.state.range.peek();
    if (range !== null) return range;
    const to = Math.max(this.state.time.peek(), 0.001);
    return { from: Math.max(0, to - usualSpan), to };
  }

  /** Opens the waterfall of a request that was under way at that time, s. */
  async openTrace(request: number, near: number): Promise<void> {
    this.shown.value = 'trace';
    const trace = await this.ask('detail', 'trace', { request, near });
    if (trace === undefined) return;
    if (trace === null) this.note.value = `Request ${request} was not found.`;
    this.state.trace.value = trace;
    if (trace === null) return;
    this.state.mode.value = 'investigate';
    this.state.bench.value = 'requests';
  }

  /** Opens the waterfall of a request that is under way now and of which the origin is known. */
  async openPresent({ request, origin }: PresentRequest): Promise<void> {
    const now = this.state.time.peek();
    if (request > 0) return this.openTrace(request, now);
    if (origin === null) return;
    const number = await this.ask('detail', 'number', origin);
    if (number === null) this.note.value = 'That request was not found.';
    else if (number !== undefined) await this.openTrace(number, origin.start);
  }

  /** Lists requests of the span, and opens the first when none is open. */
  async list(): Promise<void> {
    const { span } = this;
    const operation = this.operation.peek();
    const which = this.which.peek();
    const asked = { ...span, which, operation, limit: notesMax };
    const notes = await this.ask('list', 'requests', asked);
    if (notes === undefined) return;
    this.found.value = { notes, span };
    const [first] = notes;
    const isIdle = this.shown.peek() === 'trace' && this.state.trace.peek() === null;
    if (isIdle && first !== undefined) await this.openTrace(first.request, first.start);
  }

  /** Why the slowest hundredth of the span is slow. */
  async openWhy(operation: string | null = this.operation.peek()): Promise<void> {
    this.state.mode.value = 'investigate';
    this.state.bench.value = 'requests';
    this.operation.value = operation;
    this.shown.value = 'why';
    this.why.value = null;
    const { span } = this;
    const why = await this.ask('detail', 'why', { ...span, operation, quantile });
    if (why === undefined) return;
    this.why.value = why;
    if (why === null) this.note.value = `Nothing was answered ${spanWords(span)}.`;
  }

  /** Forgets what was found in another run. */
  forget(): void {
    this.asked.list += 1;
    this.asked.detail += 1;
    this.found.value = null;
    this.why.value = null;
    this.note.value = null;
    this.isBusy.value = false;
    this.state.trace.value = null;
  }

  async sheet(path: string): Promise<Questions['sheet']['answer']> {
    return this.quietly('sheet', { path });
  }

  async inside(path: string): Promise<Questions['inside']['answer']> {
    return this.quietly('inside', { path });
  }

  private async quietly<Name extends 'sheet' | 'inside'>(
    name: Name,
    question: Questions[Name]['question'],
  ): Promise<Questions[Name]['answer'] | null> {
    try {
      return await this.session.ask(name, question);
    } catch {
      return null;
    }
  }

  /** Undefined when there is no answer, or another question of its place came in between. */
  private async ask<Name extends 'requests' | 'trace' | 'why' | 'number'>(
    place: 'list' | 'detail',
    name: Name,
    question: Questions[Name]['question'],
  ): Promise<Questions[Name]['answer'] | undefined> {
    const turn = (this.asked[place] += 1);
    const isDetail = place === 'detail';
    if (isDetail) {
      this.isBusy.value = true;
      this.note.value = null;
    }
    try {
      const answer = await this.session.ask(name, question);
      return turn === this.asked[place] ? answer : undefined;
    } catch (error) {
      if (turn === this.asked[place]) {
        this.note.value = `There is no answer: ${error instanceof Error ? error.message : ''}`;
      }
      return undefined;
    } finally {
      if (isDetail && turn === this.asked[place]) this.isBusy.value = false;
    }
  }
}

export function spanWords({ from, to }: TimeRange): string {
  return `between ${shortClock(from)} and ${shortClock(to)}`;
}
