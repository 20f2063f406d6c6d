/**
 * Traffic too fast for single dots: chevrons that run along every edge, faster where more calls
 * pass. They stand for the rate of the last window, not for requests, and the legend says so.
 */

import { Particle, ParticleContainer } from 'pixi.js';
import { EDGE_STRIDE, EdgeColumn } from '../protocol/frame.ts';
import type { Camera } from './camera.ts';
import { chevronPiece } from './dot-pieces.ts';
import { headAnchor, type DotTextures } from './dot-textures.ts';
import type { Track } from './line.ts';
import { trackPoints, type TrackStore } from './track-store.ts';
import type { Scene } from './scene.ts';

/** Distance between chevrons, px. */
const spacing = 30;
const chevronsMax = 600;
const outOfSight = -10_000;

export class Flow {
  readonly container: ParticleContainer;
  private readonly particles: Particle[];
  private readonly store: TrackStore;
  private tracks: readonly { readonly edge: number; readonly track: Track }[] = [];
  private readonly phases: Float32Array;

  constructor(scene: Scene, store: TrackStore, textures: DotTextures) {
    this.store = store;
    this.reshape(scene);
    this.phases = new Float32Array(scene.edges.length);
    this.particles = Array.from({ length: chevronsMax }, () => {
      const texture = textures.textures[chevronPiece]!;
      const { scale } = textures;
      return new Particle({
        texture,
        x: outOfSight,
        y: outOfSight,
        anchorX: headAnchor,
        anchorY: 0.5,
        scaleX: scale,
        scaleY: scale,
      });
    });
    this.container = new ParticleContainer({
      particles: this.particles,
      texture: textures.textures[chevronPiece]!,
      dynamicProperties: { position: true, rotation: true, uvs: false, color: true, vertex: false },
    });
    this.container.visible = false;
  }

  /** Boxes have moved, or are there for the first time. */
  reshape(scene: Scene): void {
    this.tracks = scene.edges.flatMap((_, edge) => {
      const track = this.store.edgeTrack(edge);
      return track === null ? [] : [{ edge, track }];
    });
  }

  setTextures(textures: DotTextures): void {
    for (const particle of this.particles) particle.texture = textures.textures[chevronPiece]!;
    this.container.texture = textures.textures[chevronPiece]!;
    this.container.update();
  }

  /** Moves the chevrons on by some wall time (0: stands still) and places them for the camera. */
  advance(wallSeconds: number, rows: Float32Array | null, camera: Camera): void {
    let used = 0;
    for (const { edge, track } of this.tracks) {
      const rate = rows?.[edge * EDGE_STRIDE + EdgeColumn.rate] ?? 0;
      if (!(rate > 0)) continue;
      const pixels = track.length * camera.zoom;
      const pace = 40 + 30 * Math.log10(1 + rate);
      const phase = (this.phases[edge]! + wallSeconds * pace) % spacing;
      this.phases[edge] = phase;
      for (let way = phase; way < pixels && used < chevronsMax; way += spacing) {
        this.put(used, track, way / pixels, camera);
        used += 1;
      }
    }
    for (let index = used; index < chevronsMax; index += 1) this.particles[index]!.x = outOfSight;
  }

  private put(index: number, track: Track, share: number, camera: Camera): void {
    const point = Math.min(trackPoints - 1, Math.floor(share * (trackPoints - 1)));
    const after = Math.min(trackPoints - 1, point + 1);
    const part = share * (trackPoints - 1) - point;
    const particle = this.particles[index]!;
    const x = track.x[point]! + (track.x[after]! - track.x[point]!) * part;
    const y = track.y[point]! + (track.y[after]! - track.y[point]!) * part;
    particle.x = x * camera.zoom + camera.x;
    particle.y = y * camera.zoom + camera.y;
    particle.rotation = track.angle[point]!;
    // They fade in and out at the ends instead of popping.
    particle.alpha = Math.min(1, share * 8, (1 - share) * 8);
  }
}
