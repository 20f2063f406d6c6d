/**
 * Requests on their way: a fixed set of particles, each following a track at its own pace. Free
 * particles wait out of sight, so that nothing is created while the system runs.
 */

import { Particle, ParticleContainer } from 'pixi.js';
import { HopKind } from '../protocol/frame.ts';
import type { Camera } from './camera.ts';
import { evictionPiece, pieceOf } from './dot-pieces.ts';
import { headAnchor, type DotTextures } from './dot-textures.ts';
import type { Track } from './line.ts';
import { trackPoints } from './track-store.ts';

/** Travel is drawn no faster than this, s of wall time, so that it can be followed by eye. */
export const travelSecondsMin = 0.45;
/** Calls keep to one side of the way and answers to the other, px. */
const laneOffset = 4.5;
const outOfSight = -10_000;
/** A hit begins as a wide ring at the cache and has its own size after this share of the way. */
const ringShare = 0.22;
/** How near a pointer has to be to a dot to mean it, px. */
const pickRadius = 11;
const dimmedAlpha = 0.12;
/** How long an evicted entry takes to fall, s of wall time. */
const evictionSeconds = 0.9;

export interface Departure {
  readonly track: Track;
  readonly edge: number;
  /** A number of `HopKind`. */
  readonly kind: number;
  /** Simulated time, s. */
  readonly departure: number;
  /** Simulated seconds between departure and arrival; Infinity when it never arrives. */
  readonly travelSeconds: number;
  /** Wall seconds until it sets out. */
  readonly waitSeconds: number;
  /** The same number for every hop of one request; 0: of no client. */
  readonly request: number;
  /** Share of the client's time that is left at both ends; NaN without a deadline. */
  readonly fuelAtDeparture: number;
  readonly fuelAtArrival: number;
}

/** A request that is drawn at the moment. */
export interface Picked {
  readonly request: number;
  /** A simulated time at which it is under way, s. */
  readonly time: number;
}

/** What one particle stands for. */
interface Journey {
  track: Track | null;
  edge: number;
  kind: number;
  /** Piece of the atlas that it shows. */
  piece: number;
  /** Share of the way behind it; below 0 while it waits. */
  share: number;
  /** Shares of the way in a wall second. */
  pace: number;
  travelSeconds: number;
  departure: number;
  /** A partition swallows it on the way. */
  lost: boolean;
  sideways: number;
  request: number;
  fuelStart: number;
  fuelEnd: number;
  alpha: number;
}

export class Dots {
  readonly container: ParticleContainer;
  /** Hops that found no free particle since the last call of `takeSkipped`. */
  private skipped = 0;
  private readonly particles: Particle[];
  private readonly journeys: readonly Journey[];
  private readonly free: number[] = [];
  private readonly alive: number[] = [];
  private textures: DotTextures;
  private speed = 1;
  private size = 1;
  private followed: number | null = null;

  constructor(textures: DotTextures, capacity: number) {
    this.textures = textures;
    this.journeys = Array.from({ length: capacity }, () => idleJourney());
    this.particles = Array.from({ length: capacity }, (_, index) => {
      this.free.push(capacity - 1 - index);
      const texture = textures.textures[0]!;
      const [x, y] = [outOfSight, outOfSight];
      return new Particle({ texture, x, y, anchorX: headAnchor, anchorY: 0.5 });
    });
    this.container = new ParticleContainer({
      particles: this.particles,
      texture: textures.textures[0]!,
      dynamicProperties: { position: true, rotation: true, uvs: true, color: true, vertex: true },
    });
  }

  get count(): number {
    return this.alive.length;
  }

  takeSkipped(): number {
    const { skipped } = this;
    this.skipped = 0;
    return skipped;
  }

  /** Simulated seconds per wall second; dots on their way go on at the new pace. */
  setSpeed(speed: number): void {
    this.speed = speed;
    for (const index of this.alive) {
      const journey = this.journeys[index]!;
      if (journey.piece !== evictionPiece) journey.pace = this.paceOf(journey.travelSeconds);
    }
  }

  depart(departure: Departure): void {
    const lost = departure.travelSeconds === Infinity;
    const pace = this.paceOf(lost ? 0 : departure.travelSeconds);
    // It has arrived before it could be drawn.
    if (-departure.waitSeconds * pace >= 1) return;
    const index = this.take();
    if (index === null) return;
    const journey = this.journeys[index]!;
    const { request } = departure;
    journey.track = departure.track;
    journey.edge = departure.edge;
    journey.kind = departure.kind;
    journey.travelSeconds = lost ? 0 : departure.travelSeconds;
    journey.pace = pace;
    journey.share = -departure.waitSeconds * journey.pace;
    journey.departure = departure.departure;
    journey.lost = lost;
    journey.sideways = laneOffset + (((request * 7919) % 7) - 3) * 0.9;
    journey.request = request;
    journey.fuelStart = departure.fuelAtDeparture;
    journey.fuelEnd = departure.fuelAtArrival;
    this.show(index, pieceOf(departure.kind, departure.fuelAtDeparture));
  }

  /** Lets the square of an evicted entry fall along a track. */
  evict(track: Track, waitSeconds: number): void {
    const index = this.take();
    if (index === null) return;
    const journey = this.journeys[index]!;
    Object.assign(journey, idleJourney());
    journey.track = track;
    journey.pace = 1 / evictionSeconds;
    journey.share = -waitSeconds * journey.pace;
    this.show(index, evictionPiece);
  }

  /** Dims all dots but those of one request; null: none. */
  follow(request: number | null): void {
    this.followed = request;
  }

  /** Edges on which a request is at the moment. */
  edgesOf(request: number): readonly number[] {
    return this.alive
      .map((index) => this.journeys[index]!)
      .filter((journey) => journey.request === request)
      .map(({ edge }) => edge);
  }

  /** The nearest client's request around a point of the screen, or null. */
  at(x: number, y: number): Picked | null {
    let best: Picked | null = null;
    let bestDistance = pickRadius;
    for (const index of this.alive) {
      const { request, departure, kind } = this.journeys[index]!;
      // Replication and probes carry the request of no client.
      if (request <= 0 || kind === HopKind.replication) continue;
      const particle = this.particles[index]!;
      const distance = Math.hypot(particle.x - x, particle.y - y);
      if (distance >= bestDistance) continue;
      bestDistance = distance;
      best = { request, time: departure };
    }
    return best;
  }

  /** Moves everything on by some wall time and places it for the camera. */
  advance(wallSeconds: number, camera: Camera): void {
    for (let at = this.alive.length - 1; at >= 0; at -= 1) {
      const index = this.alive[at]!;
      const journey = this.journeys[index]!;
      journey.share += wallSeconds * journey.pace;
      if (journey.share < 1) this.put(index, journey, camera);
      else this.release(at, index);
    }
  }

  clear(): void {
    for (let at = this.alive.length - 1; at >= 0; at -= 1) this.release(at, this.alive[at]!);
  }

  /** Screen position of some dot that is on its way, for tests; null when there is none. */
  first(): { x: number; y: number } | null {
    const index = this.alive.find((one) => this.journeys[one]!.share >= 0);
    return index === undefined
      ? null
      : { x: this.particles[index]!.x, y: this.particles[index]!.y };
  }

  setTextures(textures: DotTextures): void {
    this.textures = textures;
    this.particles.forEach((particle, index) => {
      particle.texture = textures.textures[this.journeys[index]!.piece]!;
    });
    this.container.texture = textures.textures[0]!;
    this.container.update();
  }

  /** Dots shrink with the picture, but never so far that their shapes are lost. */
  setZoom(zoom: number): void {
    this.size = Math.min(1.5, Math.max(0.66, zoom));
  }

  private paceOf(travelSeconds: number): number {
    return 1 / Math.max(travelSecondsMin, travelSeconds / this.speed);
  }

  private take(): number | null {
    const index = this.free.pop();
    if (index === undefined) {
      this.skipped += 1;
      return null;
    }
    this.alive.push(index);
    return index;
  }

  private show(index: number, piece: number): void {
    this.journeys[index]!.piece = piece;
    this.particles[index]!.texture = this.textures.textures[piece]!;
  }

  private put(index: number, journey: Journey, camera: Camera): void {
    const particle = this.particles[index]!;
    const { share } = journey;
    const track = journey.track!;
    if (share < 0) {
      particle.x = outOfSight;
      return;
    }
    const evicted = journey.piece === evictionPiece;
    const falling = journey.lost ? Math.max(0, share - track.gap) : 0;
    const point = (falling > 0 ? track.gap : share) * (trackPoints - 1);
    const before = Math.floor(point);
    const part = point - before;
    const after = Math.min(trackPoints - 1, before + 1);
    const angle = track.angle[before]!;
    const side = evicted ? 0 : journey.sideways * this.size;
    const x = track.x[before]! + (track.x[after]! - track.x[before]!) * part;
    const y = track.y[before]! + (track.y[after]! - track.y[before]!) * part;
    particle.x = x * camera.zoom + camera.x - Math.sin(angle) * side;
    particle.y = y * camera.zoom + camera.y + Math.cos(angle) * side + falling * falling * 220;
    particle.rotation = falling > 0 ? Math.PI / 2 : angle;
    let alpha = falling > 0 ? 1 - falling / (1 - track.gap) : 1;
    if (evicted) alpha = 1 - share * share;
    if (this.followed !== null && journey.request !== this.followed) alpha *= dimmedAlpha;
    if (alpha !== journey.alpha) {
      journey.alpha = alpha;
      particle.alpha = alpha;
    }
    this.dress(index, journey, share);
  }

  /** Size of the ring of a hit, and the fill that drains. */
  private dress(index: number, journey: Journey, share: number): void {
    const { kind, fuelStart, fuelEnd } = journey;
    const particle = this.particles[index]!;
    const rings = kind === HopKind.replyHit && share < ringShare;
    const scale = this.textures.scale * this.size * (rings ? 1 + 1.5 * (1 - share / ringShare) : 1);
    particle.scaleX = scale;
    particle.scaleY = scale;
    if (Number.isNaN(fuelStart)) return;
    const piece = pieceOf(kind, fuelStart + (fuelEnd - fuelStart) * share);
    if (piece !== journey.piece) this.show(index, piece);
  }

  private release(at: number, index: number): void {
    this.particles[index]!.x = outOfSight;
    this.journeys[index]!.track = null;
    this.journeys[index]!.request = 0;
    this.free.push(index);
    const last = this.alive.pop()!;
    if (at < this.alive.length) this.alive[at] = last;
  }
}

function idleJourney(): Journey {
  return {
    track: null,
    edge: -1,
    kind: -1,
    piece: 0,
    share: 0,
    pace: 1,
    travelSeconds: 0,
    departure: 0,
    lost: false,
    sideways: 0,
    request: 0,
    fuelStart: NaN,
    fuelEnd: NaN,
    alpha: 1,
  };
}
