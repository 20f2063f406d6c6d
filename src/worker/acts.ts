/**
 * What a person has done to a session, as a line of texts: each act leads from one text to the
 * next, undo and redo go back and forth on the line.
 */

import { formatDuration } from '../base/format-units.ts';
import type { FaultPlan } from '../model/plan.ts';
import type { Change, Intervention, Past, PastAct } from '../protocol/session.ts';

export type Act = PastAct;

export class Acts {
  private done: Act[];
  private undone: Act[];

  constructor({ done, undone }: Past = { done: [], undone: [] }) {
    this.done = [...done];
    this.undone = [...undone];
  }

  get past(): Past {
    return { done: [...this.done], undone: [...this.undone] };
  }

  /** A new act; what was undone can no longer be redone. */
  add(act: Act): void {
    this.done.push(act);
    this.undone = [];
  }

  /** The act that `undo` would take back, and the one that `redo` would do again. */
  get last(): Act | null {
    return this.done.at(-1) ?? null;
  }

  get next(): Act | null {
    return this.undone.at(-1) ?? null;
  }

  undo(): void {
    const act = this.done.pop();
    if (act !== undefined) this.undone.push(act);
  }

  redo(): void {
    const act = this.undone.pop();
    if (act !== undefined) this.done.push(act);
  }

  get undoable(): readonly string[] {
    return this.done.map(({ words }) => words);
  }

  get redoable(): readonly string[] {
    return this.undone.map(({ words }) => words).reverse();
  }
}

/** How much longer the work takes of what a person slows down without saying by how much. */
const SLOWED_BY = 5;
const MILLISECOND = 1e6;

/** When an act strikes that comes now: at the next whole millisecond, ns. */
export function strikeAfter(nowNs: number): number {
  return (Math.floor(nowNs / MILLISECOND) + 1) * MILLISECOND;
}

export function faultOf({ verb, target, factor }: Intervention, atNs: number): FaultPlan {
  const by = verb === 'slow' ? (factor ?? SLOWED_BY) : 1;
  return { atNs, verb, targets: [target], forNs: null, factor: by };
}

/** Another value of a parameter as a fault, which happens to it at a time. */
export function changeFault({ path, value }: Change, atNs: number): FaultPlan {
  return { atNs, verb: 'change', targets: [path], forNs: null, factor: 1, to: value };
}

export function wordsOfFault({ verb, targets, atNs }: FaultPlan): string {
  return `${verb} ${targets.join(' and ')} at ${formatDuration(atNs)}`;
}

export function wordsOfChange({ path, value }: Change, atNs: number | null): string {
  const when = atNs === null ? 'from the start' : `at ${formatDuration(atNs)}`;
  return `${path} = ${value} ${when}`;
}
