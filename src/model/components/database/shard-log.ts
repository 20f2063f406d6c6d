/**
 * The log of one shard: every committed write in order, numbered from 1. The number of a write is
 * the version of its key. Each entry knows the write before it to the same key, so the value that a
 * lagging replica shows can be found; entries that every node has applied are trimmed.
 */

import { grownFloat64, grownInt32 } from '../../../base/typed-arrays.ts';
import { KeyMap } from '../../key-map.ts';

/** Key of an entry that a failover has struck out. */
const LOST = -1;

export class ShardLog {
  /** Number of the newest entry; 0 when there is none. */
  last = 0;
  /** Entries up to this one have been trimmed. */
  private trimmed = 0;
  private readonly newest = new KeyMap();
  private keys: Int32Array = new Int32Array(64);
  private before: Int32Array = new Int32Array(64);
  private times: Float64Array = new Float64Array(64);
  /** When each entry leaves the primary for each node, ns; one column a node. */
  private sends: Float64Array;
  private readonly nodes: number;

  constructor(nodes: number) {
    this.nodes = nodes;
    this.sends = new Float64Array(64 * nodes);
  }

  /** Adds a write and returns its number. */
  append(key: number, time: number): number {
    const place = this.last - this.trimmed;
    if (place === this.keys.length) this.grow();
    const number = ++this.last;
    this.keys[place] = key;
    this.before[place] = Math.max(0, this.newest.get(key));
    this.times[place] = time;
    this.newest.set(key, number);
    return number;
  }

  /** Newest version of a key; 0 when it was never written. */
  newestVersion(key: number): number {
    return this.last === 0 ? 0 : Math.max(0, this.newest.get(key));
  }

  /** Newest version of a key among the entries up to `applied`. */
  versionUpTo(key: number, applied: number): number {
    let version = this.newestVersion(key);
    while (version > applied) version = this.before[version - 1 - this.trimmed]!;
    return version;
  }

  /**
   * True when a read that shows this version is not stale: no newer write of the key had been
   * acknowledged, and the version was not struck out.
   */
  isFresh(key: number, version: number, acknowledged: number): boolean {
    let newest = this.newestVersion(key);
    while (newest !== version && newest > acknowledged) {
      newest = this.before[newest - 1 - this.trimmed]!;
    }
    return newest === version;
  }

  isLost(number: number): boolean {
    return this.keys[number - 1 - this.trimmed] === LOST;
  }

  /** When an entry was committed, ns. */
  timeOf(number: number): number {
    return this.times[number - 1 - this.trimmed]!;
  }

  sendTime(number: number, node: number): number {
    return this.sends[(number - 1 - this.trimmed) * this.nodes + node]!;
  }

  setSendTime(number: number, node: number, time: number): void {
    this.sends[(number - 1 - this.trimmed) * this.nodes + node] = time;
  }

  /** Strikes out every entry after `kept`; returns how many of them were `acknowledged`. */
  loseAfter(kept: number, acknowledged: number): number {
    let lost = 0;
    for (let number = this.last; number > kept; number--) {
      const place = number - 1 - this.trimmed;
      const key = this.keys[place]!;
      if (key === LOST) continue;
      const before = this.before[place]!;
      if (before === 0) this.newest.delete(key);
      else this.newest.set(key, before);
      this.keys[place] = LOST;
      if (number <= acknowledged) lost++;
    }
    return lost;
  }

  /** Forgets entries up to `applied`, when that is worth the copying. */
  trim(applied: number): void {
    const count = applied - this.trimmed;
    if (count < 1_024 || count * 2 < this.last - this.trimmed) return;
    this.keys.copyWithin(0, count);
    this.before.copyWithin(0, count);
    this.times.copyWithin(0, count);
    this.sends.copyWithin(0, count * this.nodes);
    this.trimmed = applied;
  }

  private grow(): void {
    const length = this.keys.length * 2;
    this.keys = grownInt32(this.keys, length);
    this.before = grownInt32(this.before, length);
    this.times = grownFloat64(this.times, length);
    this.sends = grownFloat64(this.sends, length * this.nodes);
  }
}
