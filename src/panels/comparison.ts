/**
 * Two runs side by side: A is the one on the page, B goes where A is. B is an alternative that the
 * file names, the text before the last act, or another file. Both have the same seed and so the
 * same random streams: what differs between them is what was changed.
 */

import { effect, signal, type Signal } from '@preact/signals';
import type { ActReply, Session } from '../protocol/session.ts';
import type { RequestTrace } from '../protocol/trace.ts';
import { changedFates, type ChangedFates } from './changed-fates.ts';
import { Lane, type LaneStage, type OpenSession, type Place } from './lane.ts';
import type { PageState, TimeRange } from './page-state.ts';
import { titleOf } from './words.ts';

/** Something that run B can be. */
export interface Choice {
  /** Such as `alternative:fifo`; the address keeps those that are there after a reload. */
  readonly key: string;
  readonly kind: 'ghost' | 'alternative' | 'scenario' | 'file';
  /** As the list shows it. */
  readonly name: string;
  /** What differs from run A, as the label of run B says it. */
  readonly words: string;
  readonly file: string;
  readonly text: () => Promise<string>;
}

/** What the page has to offer for a second run. */
export interface Equipment {
  readonly open: OpenSession;
  /** Puts a canvas into its place; null where there is none. */
  readonly createStage: (host: HTMLElement, lane: Lane) => Promise<LaneStage | null>;
  /** Loads a text as run A and goes to a time, s. */
  readonly run: (text: string, seconds: number) => Promise<void>;
}

export interface FoundFates extends ChangedFates {
  readonly span: TimeRange;
}

const parameter = 'compare';

export class Comparison {
  readonly state: PageState;
  readonly isOpen: Signal<boolean> = signal(false);
  readonly choices: Signal<readonly Choice[]> = signal<readonly Choice[]>([]);
  readonly chosen: Signal<Choice | null> = signal<Choice | null>(null);
  readonly lane: Signal<Lane | null> = signal<Lane | null>(null);
  /** Null: not looked for, or not in these runs. */
  readonly fates: Signal<FoundFates | null> = signal<FoundFates | null>(null);
  /** The same request in both runs. */
  readonly traces: Signal<Readonly<Record<'a' | 'b', RequestTrace | null>> | null> =
    signal<Readonly<Record<'a' | 'b', RequestTrace | null>> | null>(null);
  /** What is going on or has gone wrong, in words. */
  readonly note: Signal<string | null> = signal<string | null>(null);
  private readonly session: Session;
  private equipment: Equipment | null = null;
  /** Texts before each act that can be undone, the latest last. */
  private pasts: readonly string[] = [];
  private place: Place = { time: 0, requestsPerDot: 1 };
  private turns = 0;
  private file = '';

  constructor(state: PageState, session: Session) {
    this.state = state;
    this.session = session;
    effect(() => {
      const file = state.file.value;
      if (file !== this.file && this.isOpen.peek()) this.close();
      this.file = file;
    });
  }

  equip(equipment: Equipment): void {
    this.equipment = equipment;
  }

  /** An act has changed the text of run A from `before`. */
  noteAct(before: string, { undoable }: Extract<ActReply, { ok: true }>): void {
    const known = this.state.undoable.value.length;
    const kept = this.pasts.slice(0, Math.min(known, undoable.length));
    this.pasts = undoable.length > known ? [...kept, before] : kept;
  }

  /** Opens the comparison with what lies nearest, or closes it. */
  toggle(): void {
    if (this.isOpen.value) this.close();
    else void this.open();
  }

  async open(key: string | null = null): Promise<void> {
    if (this.equipment === null || this.state.view.value === null) return;
    this.isOpen.value = true;
    this.note.value = 'Looking for what to compare with …';
    const turn = (this.turns += 1);
    const choices = await this.listChoices();
    if (turn !== this.turns) return;
    this.choices.value = choices;
    this.note.value = null;
    const [nearest] = choices;
    const wanted = key === null ? nearest : choices.find((one) => one.key === key);
    if (wanted !== undefined && (key !== null || wanted.kind !== 'scenario')) {
      await this.choose(wanted);
    } else this.note.value = 'Choose what to compare with.';
  }

  /** Opens what the address names. */
  async openFromAddress(): Promise<void> {
    const key = new URLSearchParams(location.search).get(parameter);
    if (key !== null) await this.open(key);
  }

  async choose(choice: Choice): Promise<void> {
    const { equipment, state } = this;
    if (equipment === null) return;
    const turn = (this.turns += 1);
    this.dropLane();
    this.chosen.value = choice;
    this.note.value = `Loading ${choice.name} …`;
    const lane = new Lane(state, equipment.open);
    const reply = await loadInto(lane, choice).catch(String);
    if (turn !== this.turns || typeof reply === 'string' || !reply.ok) {
      lane.close();
      if (turn === this.turns) this.note.value = `${choice.name} cannot be run: ${whyNot(reply)}`;
      return;
    }
    this.note.value = null;
    this.lane.value = lane;
    state.rival.value = { history: lane.state.history, view: reply.view };
    this.writeAddress(choice);
    await lane.session.setSpeed(state.speed.value);
    await lane.follow(this.place);
  }

  async chooseFile(file: File): Promise<void> {
    const { name } = file;
    const text = () => file.text();
    await this.choose({ key: '', kind: 'file', name, words: name, file: name, text });
  }

  /** Run A has come to a place. */
  follow(place: Place): void {
    this.place = place;
    void this.lane.peek()?.follow(place);
  }

  async setSpeed(speed: number): Promise<void> {
    await this.lane.peek()?.session.setSpeed(speed);
  }

  /** A becomes B, and B becomes A. */
  async swap(): Promise<void> {
    const { equipment, state } = this;
    const lane = this.lane.value;
    const choice = this.chosen.value;
    if (equipment === null || lane === null || choice === null) return;
    const before = state.text.value;
    const name = 'A as it was before the swap';
    await equipment.run(lane.state.text.value, state.time.value);
    const words = choice.kind === 'ghost' ? `with ${actOf(choice)}` : `without ${choice.words}`;
    const text = () => Promise.resolve(before);
    await this.choose({ key: '', kind: 'file', name, words, file: state.file.value, text });
  }

  /** Joins all requests of the span that is shown, and keeps those whose fate differs. */
  async findFates(): Promise<void> {
    const lane = this.lane.value;
    const { range, time, view } = this.state;
    if (lane === null) return;
    const span = range.value ?? { from: view.value?.warmUpSeconds ?? 0, to: time.value };
    this.note.value = 'Looking at every request of both runs …';
    try {
      const [a, b] = await Promise.all([
        this.session.ask('fates', span),
        lane.session.ask('fates', span),
      ]);
      if (lane !== this.lane.value) return;
      this.fates.value = { ...changedFates(a, b), span };
      this.note.value = null;
    } catch (error) {
      this.note.value = `There is no answer: ${error instanceof Error ? error.message : ''}`;
    }
  }

  /** Opens the waterfalls of a request in both runs; at that time, s, it was under way in one. */
  async openBoth(request: number, near: number): Promise<void> {
    const lane = this.lane.value;
    if (lane === null) return;
    const question = { request, near };
    const [a, b] = await Promise.all([
      this.session.ask('trace', question),
      lane.session.ask('trace', question),
    ]);
    if (lane === this.lane.value) this.traces.value = { a, b };
  }

  close(): void {
    this.turns += 1;
    this.dropLane();
    this.isOpen.value = false;
    this.chosen.value = null;
    this.note.value = null;
    this.writeAddress(null);
  }

  /** The canvas of run B has a place on the page. */
  async mountStage(host: HTMLElement, lane: Lane): Promise<void> {
    const stage = (await this.equipment?.createStage(host, lane)) ?? null;
    if (lane === this.lane.peek()) lane.picture = stage;
    else stage?.destroy();
  }

  private dropLane(): void {
    this.state.rival.value = null;
    this.lane.value?.close();
    this.lane.value = null;
    this.fates.value = null;
    this.traces.value = null;
  }

  private async listChoices(): Promise<Choice[]> {
    const { scenarios, file, undoable } = this.state;
    const act = undoable.value.at(-1);
    const past = this.pasts[undoable.value.length - 1];
    const ghost: Choice[] =
      act === undefined || past === undefined
        ? []
        : [
            {
              key: 'ghost',
              kind: 'ghost',
              name: `The future without: ${act}`,
              words: `without ${act}`,
              file: file.value,
              text: () => Promise.resolve(past),
            },
          ];
    const named = await this.session.ask('alternatives', {}).catch(() => []);
    const alternatives = named.map(({ name, words, text }): Choice => {
      const given = () => Promise.resolve(text);
      const key = `alternative:${name}`;
      return { key, kind: 'alternative', name, words, file: file.value, text: given };
    });
    const others = scenarios
      .filter(({ name }) => `${name}.yaml` !== file.value)
      .map(({ name, load }): Choice => {
        const title = titleOf(name);
        const key = `scenario:${name}`;
        return {
          key,
          kind: 'scenario',
          name: title,
          words: title,
          file: `${name}.yaml`,
          text: load,
        };
      });
    return [...ghost, ...alternatives, ...others];
  }

  private writeAddress(choice: Choice | null): void {
    const written = new URLSearchParams(location.search);
    if (choice?.kind === 'alternative' || choice?.kind === 'scenario')
      written.set(parameter, choice.key);
    else written.delete(parameter);
    const search = written.toString().replaceAll('%2F', '/').replaceAll('%2C', ',');
    const { pathname, hash } = location;
    const query = search === '' ? '' : `?${search}`;
    history.replaceState(history.state, '', `${pathname}${query}${hash}`);
  }
}

async function loadInto(lane: Lane, { text, file }: Choice): ReturnType<Lane['load']> {
  return lane.load(await text(), file);
}

function whyNot(reply: Awaited<ReturnType<Lane['load']>> | string): string {
  if (typeof reply === 'string') return reply;
  return reply.ok ? '' : (reply.diagnostics[0]?.message ?? 'its text has errors');
}

/** "without crash redis/2 at 12.3 s" tells of the act that is named after its first word. */
function actOf({ words }: Choice): string {
  return words.replace(/^without /, '');
}
