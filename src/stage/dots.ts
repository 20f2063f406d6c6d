/**
 * Requests on their way: a fixed set of particles, each following a track at its own pace. Free
 * particles wait out of sight, so that nothing is created while the system runs.
 */

import { Particle, ParticleContainer } from 'pixi.js';
import { HopKind } from '../protocol/frame.ts';
import type { Camera } from './camera.ts';
import { headAnchor, type DotTextures } from './dot-textures.ts';
import type { Track } from './line.ts';
import { trackPoints } from './track-store.ts';

/** Travel is drawn no faster than this, s of wall time, so that it can be followed by eye. */
const travelSecondsMin = 0.45;
/** Where a message that a partition swallows leaves its track, share of the way. */
const gapShare = 0.5;
/** Calls keep to one side of the way and answers to the other, px. */
const laneOffset = 4.5;
const outOfSight = -10_000;

export interface Departure {
  readonly track: Track;
  readonly kind: number;
  /** Simulated seconds between departure and arrival; Infinity when it never arrives. */
  readonly travelSeconds: number;
  /** Wall seconds until it sets out. */
  readonly waitSeconds: number;
  /** Spreads dots across the lane: any integer, the same for every hop of one request. */
  readonly request: number;
}

export class Dots {
  readonly container: ParticleContainer;
  /** Hops that found no free particle since the last call of `takeSkipped`. */
  private skipped = 0;
  private readonly particles: Particle[];
  private readonly free: number[] = [];
  private readonly alive: number[] = [];
  private readonly tracks: (Track | null)[];
  private readonly share: Float32Array;
  private readonly pace: Float32Array;
  private readonly travel: Float64Array;
  private readonly sideways: Float32Array;
  private readonly lost: Uint8Array;
  private textures: DotTextures;
  private speed = 1;
  private size = 1;

  constructor(textures: DotTextures, capacity: number) {
    this.textures = textures;
    this.tracks = Array.from({ length: capacity }, () => null);
    this.share = new Float32Array(capacity);
    this.pace = new Float32Array(capacity);
    this.travel = new Float64Array(capacity);
    this.sideways = new Float32Array(capacity);
    this.lost = new Uint8Array(capacity);
    this.particles = Array.from({ length: capacity }, (_, index) => {
      this.free.push(capacity - 1 - index);
      return new Particle({
        texture: textures.textures[0]!,
        x: outOfSight,
        y: outOfSight,
        anchorX: headAnchor,
        anchorY: 0.5,
        scaleX: textures.scale,
        scaleY: textures.scale,
      });
    });
    this.container = new ParticleContainer({
      particles: this.particles,
      texture: textures.textures[0]!,
      dynamicProperties: { position: true, rotation: true, uvs: true, color: true, vertex: false },
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
    for (const index of this.alive) this.pace[index] = this.paceOf(this.travel[index]!);
  }

  depart({ track, kind, travelSeconds, waitSeconds, request }: Departure): void {
    const index = this.free.pop();
    if (index === undefined) {
      this.skipped += 1;
      return;
    }
    const lost = travelSeconds === Infinity;
    this.tracks[index] = track;
    this.travel[index] = lost ? 0 : travelSeconds;
    const pace = this.paceOf(lost ? 0 : travelSeconds);
    this.pace[index] = pace;
    this.share[index] = -waitSeconds * pace;
    this.lost[index] = lost ? 1 : 0;
    this.sideways[index] = laneOffset + (((request * 7919) % 7) - 3) * 0.9;
    const particle = this.particles[index]!;
    particle.texture = this.textures.textures[kind] ?? this.textures.textures[HopKind.read]!;
    particle.alpha = 1;
    this.alive.push(index);
  }

  /** Moves everything on by some wall time and places it for the camera. */
  advance(wallSeconds: number, camera: Camera): void {
    for (let at = this.alive.length - 1; at >= 0; at -= 1) {
      const index = this.alive[at]!;
      const share = this.share[index]! + wallSeconds * this.pace[index]!;
      this.share[index] = share;
      if (share < 1) this.put(index, share, camera);
      else this.release(at, index);
    }
  }

  clear(): void {
    for (let at = this.alive.length - 1; at >= 0; at -= 1) this.release(at, this.alive[at]!);
  }

  /** Screen position of some dot that is on its way, for tests; null when there is none. */
  first(): { x: number; y: number } | null {
    const index = this.alive.find((one) => this.share[one]! >= 0);
    return index === undefined
      ? null
      : { x: this.particles[index]!.x, y: this.particles[index]!.y };
  }

  setTextures(textures: DotTextures): void {
    const pieces = this.particles.map(({ texture }) => this.textures.textures.indexOf(texture));
    this.particles.forEach((particle, index) => {
      particle.texture = textures.textures[Math.max(0, pieces[index]!)]!;
    });
    this.textures = textures;
    this.container.texture = textures.textures[0]!;
    this.rescale();
  }

  /** Dots shrink with the picture, but never so far that their shapes are lost. */
  setZoom(zoom: number): void {
    const size = Math.min(1.25, Math.max(0.66, zoom));
    if (Math.abs(size - this.size) < 0.01) return;
    this.size = size;
    this.rescale();
  }

  private rescale(): void {
    const scale = this.textures.scale * this.size;
    for (const particle of this.particles) {
      particle.scaleX = scale;
      particle.scaleY = scale;
    }
    this.container.update();
  }

  private paceOf(travelSeconds: number): number {
    return 1 / Math.max(travelSecondsMin, travelSeconds / this.speed);
  }

  private put(index: number, share: number, camera: Camera): void {
    const particle = this.particles[index]!;
    const track = this.tracks[index]!;
    if (share < 0) {
      particle.x = outOfSight;
      return;
    }
    const falling = this.lost[index] === 1 ? Math.max(0, share - gapShare) : 0;
    const point = (falling > 0 ? gapShare : share) * (trackPoints - 1);
    const before = Math.floor(point);
    const part = point - before;
    const after = Math.min(trackPoints - 1, before + 1);
    const angle = track.angle[before]!;
    const side = this.sideways[index]! * this.size;
    const x = track.x[before]! + (track.x[after]! - track.x[before]!) * part;
    const y = track.y[before]! + (track.y[after]! - track.y[before]!) * part;
    particle.x = x * camera.zoom + camera.x - Math.sin(angle) * side;
    particle.y = y * camera.zoom + camera.y + Math.cos(angle) * side + falling * falling * 220;
    particle.rotation = falling > 0 ? Math.PI / 2 : angle;
    if (falling > 0) particle.alpha = 1 - falling / (1 - gapShare);
  }

  private release(at: number, index: number): void {
    this.particles[index]!.x = outOfSight;
    this.tracks[index] = null;
    this.free.push(index);
    const last = this.alive.pop()!;
    if (at < this.alive.length) this.alive[at] = last;
  }
}
