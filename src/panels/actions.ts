/** Everything a reader can do on the page, in one place: buttons and keys both come here. */

import type { ActReply, Change, Intervention, Session, Until } from '../protocol/session.ts';
import { readNode } from '../protocol/node-reading.ts';
import { Comparison } from './comparison.ts';
import { withPosition } from './placed-text.ts';
import type { FrameIntake } from './frame-intake.ts';
import { Inquiry } from './inquiry.ts';
import { Laboratory } from './laboratory/laboratory.ts';
import { neighbour, type Direction } from './neighbour.ts';
import type { Mode, PageState } from './page-state.ts';
import { addedLines, playedName, saveText } from './played-text.ts';
import { Seeker } from './seeker.ts';
import { untilWords } from './words.ts';

/** Simulated seconds per wall second that can be chosen. */
export const speeds = [0.01, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000, Infinity] as const;

/** A file beyond this is refused before it is read, bytes. */
const fileBytesMax = 256 * 1024;
/** Marks nearer than this are the same, s. */
const bookmarkGap = 0.0005;

/** What the canvas can be told; absent where there is none. */
export interface StageControls {
  fit(): void;
  zoomBy(factor: number): void;
  /** Comes so near that what is inside shows; false when it does already. */
  goIn?(path: string): boolean;
  /** One level out; false when all is seen already. */
  goOut?(): boolean;
}

/** Where to begin in a text that is run. */
export interface Start {
  /** s; the run stays paused there. Null: it plays from zero. */
  readonly at: number | null;
}

const fromZero: Start = { at: null };

export class Actions {
  stage: StageControls | null = null;
  readonly session: Session;
  readonly inquiry: Inquiry;
  readonly comparison: Comparison;
  readonly laboratory: Laboratory;
  private readonly state: PageState;
  private readonly intake: FrameIntake;
  private readonly seeker: Seeker;
  /** Of boxes that were moved since the text was loaded; the worker does not know of them. */
  private readonly places = new Map<string, { readonly x: number; readonly y: number }>();
  private loads = 0;
  private journeys = 0;

  constructor(state: PageState, session: Session, intake: FrameIntake) {
    this.state = state;
    this.session = session;
    this.inquiry = new Inquiry(state, session);
    this.comparison = new Comparison(state, session);
    this.laboratory = new Laboratory(state, session);
    this.intake = intake;
    this.seeker = new Seeker((seconds) => this.session.seek(seconds));
  }

  async openBundled(name: string, start: Start = fromZero): Promise<void> {
    const scenario = this.state.scenarios.find((one) => one.name === name);
    if (scenario === undefined) return;
    const load = (this.loads += 1);
    const text = await scenario.load().catch(() => null);
    if (load !== this.loads) return;
    if (text !== null) await this.load(text, `${name}.yaml`, { start, isAnew: true });
    else this.state.trouble.value = `${name} could not be fetched from where this page came from.`;
  }

  async openFile(file: File): Promise<void> {
    if (file.size > fileBytesMax) {
      const size = Math.ceil(file.size / 1024);
      this.state.trouble.value = `${file.name} is ${size} KiB; a scenario has at most 256 KiB.`;
      return;
    }
    const load = (this.loads += 1);
    const text = await file.text().catch(() => null);
    // Whatever was opened meanwhile was meant.
    if (load !== this.loads) return;
    if (text !== null) await this.load(text, file.name, { start: fromZero, isAnew: true });
    else this.state.trouble.value = `${file.name} could not be read.`;
  }

  /**
   * Loads a text and plays it; when it has errors, the run on screen stays. What was known of the
   * same file before becomes the ghost.
   */
  async run(text: string, file: string): Promise<void> {
    this.loads += 1;
    await this.load(text, file, { start: fromZero, isAnew: file !== this.state.file.value });
  }

  async togglePlay(): Promise<void> {
    const play = this.state.play.value;
    if (play === 'playing' || play === 'seeking') return this.session.pause();
    if (play === 'ended') await this.seek(0);
    await this.session.play();
  }

  async restart(): Promise<void> {
    await this.seek(0);
  }

  async goToEnd(): Promise<void> {
    await this.seek(this.state.view.value?.durationSeconds ?? 0);
  }

  /** Goes to a time, s, back or forth; times outside the run mean its ends. */
  async seek(seconds: number): Promise<void> {
    const end = this.state.view.value?.durationSeconds ?? 0;
    this.state.notice.value = null;
    await this.seeker.seek(Math.min(end, Math.max(0, seconds)));
  }

  /** Pauses, then goes a little further; back when `by` is below zero. */
  async step(by: 'event' | number): Promise<void> {
    this.state.notice.value = null;
    if (by === 'event' || by > 0) return this.session.step(by);
    // Of a journey under way the end counts, not the place where it happens to be.
    const from = this.seeker.destination;
    if (this.state.play.value === 'playing') await this.session.pause();
    await this.seek((from ?? this.state.time.value) + by);
  }

  async runUntil(until: Until): Promise<void> {
    const { notice } = this.state;
    const journey = (this.journeys += 1);
    notice.value = `Running until ${untilWords(until)} …`;
    const { text } = await this.session.runUntil(until);
    if (journey === this.journeys) notice.value = text;
  }

  async setSpeed(speed: number): Promise<void> {
    this.state.speed.value = speed;
    await this.session.setSpeed(speed);
    await this.comparison.setSpeed(speed);
  }

  /** One step faster (1) or slower (-1). */
  async stepSpeed(step: 1 | -1): Promise<void> {
    const at = speeds.findIndex((speed) => speed >= this.state.speed.value);
    const next = speeds[Math.min(speeds.length - 1, Math.max(0, at + step))];
    if (next !== undefined) await this.setSpeed(next);
  }

  select(path: string | null): void {
    this.state.selection.value = path;
  }

  /** Opens and follows the request whose dot was clicked; it was under way at that time, s. */
  async pickRequest(request: number, time: number): Promise<void> {
    this.state.followed.value = request;
    await this.inquiry.openTrace(request, time);
  }

  /** Writes the place of a box into the text. The run does not depend on it, so it goes on. */
  placeBox(name: string, x: number, y: number): void {
    const { draft, text } = this.state;
    this.places.set(name, { x, y });
    text.value = withPosition(text.value, name, x, y);
    if (draft.value !== null) draft.value = withPosition(draft.value, name, x, y);
  }

  selectNeighbour(direction: Direction): void {
    const { view, selection } = this.state;
    if (view.value === null) return;
    selection.value = neighbour(view.value, selection.value, direction);
  }

  /** Goes to the inside of what is selected; without a selection, selects something first. */
  goIn(): void {
    const { selection } = this.state;
    if (selection.value === null) this.selectNeighbour('right');
    else this.stage?.goIn?.(selection.value);
  }

  /** Crashes what is selected, or starts it again when all of it is down. */
  async crashOrRestart(): Promise<void> {
    const target = this.state.selection.value;
    await this.interveneOnSelection(target !== null && this.isDown(target) ? 'restart' : 'crash');
  }

  async interveneOnSelection(verb: Intervention['verb']): Promise<void> {
    const target = this.state.selection.value;
    if (target === null) this.state.notice.value = 'Select something first: click, or arrow keys.';
    else await this.intervene({ verb, target });
  }

  /** Empties the selected cache, as a restart that forgets everything does. */
  async flushSelection(): Promise<void> {
    const { view, selection, notice } = this.state;
    const name = selection.value?.split('/')[0];
    const box = view.value?.boxes.find((one) => one.name === name);
    if (box?.glyph === 'cache') await this.interveneOnSelection('restart-cold');
    else notice.value = 'Only a cache can be flushed: select one first.';
  }

  async intervene(act: Intervention): Promise<void> {
    this.take(await this.session.intervene(act), 'before your act');
  }

  async change(act: Change): Promise<void> {
    this.take(await this.session.change(act), 'before your act');
  }

  async undo(): Promise<void> {
    const { undoable, history, forkedAt } = this.state;
    if (undoable.value.length === 0) {
      this.state.notice.value = 'There is nothing to undo.';
      return;
    }
    const nothingPlayed = (history.times.at(-1) ?? 0) <= (forkedAt.value ?? 0);
    this.take(await this.session.undo(), 'with your act');
    // The ghost was what is now the present again.
    if (undoable.value.length === 0 && nothingPlayed) this.intake.forgetGhost();
  }

  async redo(): Promise<void> {
    if (this.state.redoable.value.length > 0) {
      this.take(await this.session.redo(), 'before your act');
    } else this.state.notice.value = 'There is nothing to redo.';
  }

  /** Marks the present time, or another, s. */
  addBookmark(seconds = this.state.time.value): void {
    const { bookmarks } = this.state;
    if (bookmarks.value.some((one) => Math.abs(one - seconds) < bookmarkGap)) return;
    bookmarks.value = [...bookmarks.value, seconds].sort((a, b) => a - b);
  }

  /** Takes away the mark that is nearest to a time, s. */
  removeBookmark(seconds = this.state.time.value): void {
    const { bookmarks } = this.state;
    const distances = bookmarks.value.map((one) => Math.abs(one - seconds));
    const nearest = distances.indexOf(Math.min(...distances));
    bookmarks.value = bookmarks.value.filter((_, index) => index !== nearest);
  }

  setMode(mode: Mode): void {
    this.state.mode.value = mode;
  }

  /** Follows the request whose waterfall is open, or lets go of it. */
  toggleFollow(): void {
    const { followed, trace, notice } = this.state;
    if (followed.value !== null) followed.value = null;
    else if (trace.value !== null) followed.value = trace.value.request;
    else notice.value = 'Choose a request first: its waterfall can then be followed.';
  }

  /** Opens the list of commands, which begins with that text. */
  openCommands(text = ''): void {
    this.state.commandsText.value = text;
    this.state.commandsOpen.value = true;
  }

  /** The text of the session as a file, which gives the same hash on the command line. */
  save(): void {
    const { text, file, notice } = this.state;
    const name = playedName(file.value);
    saveText(text.value, name);
    notice.value = `Saved as ${name}.`;
  }

  toggleTheme(): void {
    const { theme } = this.state;
    theme.value = theme.value === 'dark' ? 'light' : 'dark';
  }

  /** Closes what is open, else lets go of the request, else of the span, else of the selection. */
  escape(): void {
    const { commandsOpen, helpOpen, numbersOpen, followed, range, selection } = this.state;
    const open = [commandsOpen, helpOpen, numbersOpen].find(({ value }) => value);
    if (open !== undefined) open.value = false;
    else if (followed.value !== null) followed.value = null;
    else if (this.stage?.goOut?.() === true) return;
    else if (range.value !== null) range.value = null;
    else selection.value = null;
  }

  /** True when every instance that the path names is down. */
  isDown(target: string): boolean {
    const { view, nodes } = this.state;
    const rows = nodes.value;
    if (view.value === null || rows === null) return false;
    const meant = view.value.nodes.filter(
      ({ path }) => path === target || path.startsWith(`${target}/`),
    );
    const states = meant.map(({ id }) => readNode(rows, id).state).filter((one) => one !== 'off');
    return states.length > 0 && states.every((state) => state === 'down');
  }

  private async load(
    text: string,
    file: string,
    { start, isAnew }: { readonly start: Start; readonly isAnew: boolean },
  ): Promise<void> {
    const { state } = this;
    state.file.value = file;
    state.trouble.value = null;
    const reply = await this.session.load(text, file, null);
    if (!reply.ok) {
      // What was typed stays; the text of the run on screen stays as well.
      state.draft.value = text;
      state.diagnostics.value = reply.diagnostics;
      state.trouble.value = limitWords(reply.diagnostics);
      state.textOpen.value = true;
      return;
    }
    state.diagnostics.value = reply.view.warnings.filter(({ severity }) => severity === 'error');
    state.text.value = text;
    state.draft.value = null;
    state.ghostName.value = 'before your edit';
    this.forget(isAnew);
    if (isAnew) this.intake.begin(reply.view);
    else this.intake.rebuild(reply.view, 0);
    if (start.at === null) await this.session.play();
    else await this.seek(start.at);
  }

  /** What belongs to the run before; of the same file, what the reader has marked stays. */
  private forget(isAnew: boolean): void {
    const { state } = this;
    this.places.clear();
    state.undoable.value = [];
    state.redoable.value = [];
    state.added.value = null;
    state.notice.value = null;
    state.trace.value = null;
    state.followed.value = null;
    state.range.value = null;
    if (!isAnew) return;
    state.bookmarks.value = [];
    state.selection.value = null;
  }

  /** `ghostName` is what the future that is left behind is called. */
  private take(reply: ActReply, ghostName: string): void {
    const { state } = this;
    state.trouble.value = reply.ok ? null : reply.why;
    if (!reply.ok) return;
    state.notice.value = null;
    this.comparison.noteAct(state.text.value, reply);
    let { text } = reply;
    for (const [name, { x, y }] of this.places) text = withPosition(text, name, x, y);
    state.ghostName.value = ghostName;
    state.added.value = addedLines(state.text.value, text);
    state.text.value = text;
    state.undoable.value = reply.undoable;
    state.redoable.value = reply.redoable;
    if (reply.view !== null) this.intake.rebuild(reply.view, reply.forkedAt);
  }
}

const limitCodes = /^too-(large|deep|many-(?!problems))/;

/** A scenario that is too large says so at the top of the page, not only in its text. */
function limitWords(
  diagnostics: readonly { readonly code: string; readonly message: string }[],
): string | null {
  const over = diagnostics.find(({ code }) => limitCodes.test(code));
  return over === undefined ? null : `Too large to run: ${over.message}.`;
}
