/** Reads the engine into frames of fresh typed arrays, whose buffers are then given away. */

import { EDGE_STRIDE, NODE_STRIDE, type Frame } from '../protocol/frame.ts';
import type { Engine } from './engine.ts';

/** Verdicts cost a look at every sample, so they come at most this often, ms. */
const verdictEveryMs = 500;

export interface FrameOptions {
  readonly run: number;
  readonly branch: number;
  readonly forkedAt: number;
  readonly nowMs: number;
  readonly state: Frame['state'];
  readonly seekTarget: number | null;
  /** False: hops stay in the log for a later frame. */
  readonly withHops: boolean;
  readonly requestsPerDot: number;
}

export class FrameBuilder {
  private lastMs = 0;
  private lastTime = 0;
  private lastVerdictMs = -Infinity;
  private speedReached = 0;
  private fresh = true;

  begin(): void {
    this.lastVerdictMs = -Infinity;
    this.lastTime = 0;
    this.fresh = true;
  }

  /** Play starts after a pause, whose length must not count as slowness. */
  resume(): void {
    this.fresh = true;
  }

  build(engine: Engine, options: FrameOptions): Frame {
    const { nowMs, state } = options;
    const nodes = new Float32Array(engine.description.nodes.length * NODE_STRIDE);
    const edges = new Float32Array(engine.description.edges.length * EDGE_STRIDE);
    engine.readNodes(nodes);
    engine.readEdges(edges);
    if (!this.fresh && nowMs > this.lastMs) {
      this.speedReached = ((engine.time - this.lastTime) / (nowMs - this.lastMs)) * 1000;
    }
    this.fresh = false;
    this.lastMs = nowMs;
    this.lastTime = engine.time;
    const isMoving = state === 'playing' || state === 'seeking';
    const withVerdicts = !isMoving || nowMs - this.lastVerdictMs >= verdictEveryMs;
    if (withVerdicts) this.lastVerdictMs = nowMs;
    return {
      run: options.run,
      branch: options.branch,
      forkedAt: options.forkedAt,
      frontier: engine.frontier,
      time: engine.time,
      state,
      seekTarget: options.seekTarget,
      speedReached: this.speedReached,
      events: engine.events,
      hash: engine.hash(),
      requestsPerDot: options.requestsPerDot,
      nodes,
      edges,
      hops: options.withHops ? engine.drainHops() : new Float64Array(),
      windows: engine.drainWindows(),
      heat: engine.drainHeat(),
      happenings: engine.drainHappenings(),
      verdicts: withVerdicts ? engine.verdicts() : null,
      warning: withVerdicts ? engine.warning() : null,
      ending: engine.ended ? engine.ending : null,
    };
  }
}
