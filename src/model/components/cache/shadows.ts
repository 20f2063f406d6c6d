/**
 * The shadows of a cache, which are told everything that happens to its contents. They schedule no
 * events and draw from streams of their own, so a run with them is the same run.
 */

import { KeyChoice } from '../../key-choice.ts';
import { Expiry } from './expiry.ts';
import type { Happenings, WarmPlan } from './happenings.ts';
import { Shadow } from './shadow.ts';
import type { Workings } from './workings.ts';

/** Salts are below it. */
const SALTS = 2147483648;

export class Shadows implements Happenings {
  readonly each: readonly Shadow[];
  private readonly choice: KeyChoice;
  private readonly expiry: Expiry;

  /** Made when the nodes have their stores. */
  constructor(workings: Workings) {
    const { name, parameters, world } = workings;
    const salt = Math.floor(world.stream(name, 'shadow').uniform() * SALTS);
    const expiry = new Expiry(workings, 'shadow ttl');
    this.choice = new KeyChoice(salt);
    this.expiry = expiry;
    this.each = (parameters.shadow ?? []).map((rule) => new Shadow(workings, rule, expiry));
  }

  found(node: number, key: number, slot: number, isStale: boolean): void {
    const hash = this.choice.hashOf(key);
    for (const shadow of this.each) {
      if (shadow.sees(hash)) shadow.found(node, hash, slot, isStale);
    }
  }

  missed(node: number, key: number, isEarly: boolean): void {
    const hash = this.choice.hashOf(key);
    for (const shadow of this.each) {
      if (shadow.sees(hash)) shadow.missed(node, hash, key, isEarly);
    }
  }

  foundBuffered(key: number): void {
    const hash = this.choice.hashOf(key);
    for (const shadow of this.each) if (shadow.sees(hash)) shadow.foundBuffered();
  }

  filled(
    node: number,
    entry: { readonly key: number; readonly bytes: number; readonly expiry: number },
    isNewer: boolean,
  ): void {
    const hash = this.choice.hashOf(entry.key);
    for (const shadow of this.each) {
      if (shadow.sees(hash)) shadow.filled(node, hash, entry, isNewer);
    }
  }

  deleted(node: number, key: number): void {
    const hash = this.choice.hashOf(key);
    for (const shadow of this.each) if (shadow.sees(hash)) shadow.deleted(node, hash, key);
  }

  swept(node: number, key: number): void {
    const hash = this.choice.hashOf(key);
    for (const shadow of this.each) if (shadow.sees(hash)) shadow.swept(node, hash, key);
  }

  cleared(node: number): void {
    for (const shadow of this.each) shadow.cleared(node);
  }

  resized(): void {
    for (const shadow of this.each) shadow.resized();
  }

  /** Puts the most popular keys in, as into the cache itself, but as many as each has room for. */
  warm(plan: WarmPlan, holdersOf: (key: number) => readonly number[]): void {
    const { copies, dataset, members, share } = plan;
    const { keys, size } = dataset.plan;
    for (const shadow of this.each) {
      const room = Math.floor(shadow.roomFor(size, members) / copies);
      const last = Math.min(Math.floor(keys * share), Math.max(0, room)) - 1;
      for (let rank = last; rank >= 0; rank--) {
        const key = dataset.keyAt(rank);
        const hash = this.choice.hashOf(key);
        if (!shadow.sees(hash)) continue;
        const entry = { key, bytes: size, expiry: this.expiry.at(0) };
        for (const node of holdersOf(key)) shadow.filled(node, hash, entry, true);
      }
    }
  }
}
