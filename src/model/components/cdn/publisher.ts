/**
 * The publisher of a cdn follows the writes of a dataset and tells every point of each, after a lag
 * of its own for each point. Messages may overtake each other; versions tell which is newer.
 */

import { Sampler } from '../../../kernel/distribution.ts';
import type { DistributionSpec } from '../../../kernel/distribution.ts';
import type { World } from '../../world.ts';

/** Kind of the event (kind, number of the message, point) that a message has come to a point. */
export const PUBLISHED = 10;

export class Publisher {
  private readonly world: World;
  private readonly owner: number;
  private readonly points: number;
  private readonly lag: Sampler;
  /** Messages on their way, by number: the key, its version, and the points still to be told. */
  private readonly keys: number[] = [];
  private readonly versions: number[] = [];
  private readonly left: number[] = [];
  private readonly free: number[] = [];

  constructor(
    world: World,
    fields: {
      readonly name: string;
      readonly owner: number;
      readonly points: number;
      readonly lag: DistributionSpec;
    },
  ) {
    this.world = world;
    this.owner = fields.owner;
    this.points = fields.points;
    this.lag = new Sampler(fields.lag, world.stream(fields.name, 'message-lag'));
  }

  /** A record has a new version: tells all points. */
  publish(key: number, version: number): void {
    const message = this.free.pop() ?? this.keys.length;
    this.keys[message] = key;
    this.versions[message] = version;
    this.left[message] = this.points;
    for (let point = 0; point < this.points; point++) {
      this.world.simulation.schedule(this.lag.duration(), this.owner, PUBLISHED, message, point);
    }
  }

  keyOf(message: number): number {
    return this.keys[message]!;
  }

  versionOf(message: number): number {
    return this.versions[message]!;
  }

  /** A point has dealt with the message. */
  delivered(message: number): void {
    if (--this.left[message]! === 0) this.free.push(message);
  }
}
