/**
 * Single flight: of several readers who want one key at the same time, one fetches it and the
 * others wait for what it brings. They wait for its failure too: a fetch that fails fails them all,
 * and the next reader is the first of a new flight. When the one that fetches dies, the first of
 * those who wait takes its place.
 *
 * Source: the package singleflight of groupcache (Fitzpatrick, 2013) and golang.org/x/sync.
 */

import type { CallTable } from './call-table.ts';
import { noteGoesOn, noteWaits } from './wait-notes.ts';

/** Keys are below this number, so a node and a key are one number. */
const KEYS = 0x80000000;

export class SingleFlight {
  /** Rows of each flight by what it fetches; the first one fetches. */
  private readonly flights = new Map<number, number[]>();
  private readonly calls: CallTable;
  private readonly everywhere: boolean;

  /** `everywhere`: readers at all nodes of the component fly together; else those of one node. */
  constructor(calls: CallTable, everywhere: boolean) {
    this.calls = calls;
    this.everywhere = everywhere;
  }

  /** True when the row is to fetch its key; false: it waits and will be given to whoever lands. */
  join(row: number): boolean {
    const place = this.placeOf(row);
    const flight = this.flights.get(place);
    if (flight === undefined) {
      this.flights.set(place, [row]);
      return true;
    }
    flight.push(row);
    noteWaits(this.calls, row);
    return false;
  }

  /** True for a row that fetches, for itself and others. */
  isLedBy(row: number): boolean {
    return this.flights.get(this.placeOf(row))?.[0] === row;
  }

  /** The fetch of a row is over; returns who has waited for it. */
  land(row: number): readonly number[] {
    const place = this.placeOf(row);
    const flight = this.flights.get(place);
    if (flight === undefined || flight[0] !== row) return NOBODY;
    this.flights.delete(place);
    const followers = flight.slice(1);
    for (const follower of followers) noteGoesOn(this.calls, follower);
    return followers;
  }

  /** A node has died with its rows; returns the rows elsewhere that have to fetch now. */
  crashed(node: number): readonly number[] {
    const successors: number[] = [];
    for (const [place, flight] of this.flights) {
      const left = flight.filter((row) => this.calls.node(row) !== node);
      if (left.length === flight.length) continue;
      const [first] = left;
      if (first === undefined) this.flights.delete(place);
      else {
        this.flights.set(place, left);
        if (first !== flight[0]) successors.push(first);
      }
    }
    for (const row of successors) noteGoesOn(this.calls, row);
    return successors;
  }

  private placeOf(row: number): number {
    const key = this.calls.accessKey(row);
    return this.everywhere ? key : this.calls.node(row) * KEYS + key;
  }
}

const NOBODY: readonly number[] = Object.freeze([]);
