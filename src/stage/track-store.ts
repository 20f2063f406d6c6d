/** The way of every hop: from instance to instance along its edge, worked out once and kept. */

import { HopKind } from '../protocol/frame.ts';
import { reversed, smoothLine, trackOf, type Track } from './line.ts';
import { centre, railX, type Scene } from './scene.ts';

/** Points of one track; a hop's place is found by its share of the way alone. */
export const trackPoints = 72;
/** All tracks are dropped when there are more, so that a large system cannot fill the memory. */
const tracksMax = 6000;

export class TrackStore {
  private readonly scene: Scene;
  private readonly tracks = new Map<number, Track>();

  constructor(scene: Scene) {
    this.scene = scene;
  }

  /** The way of a hop; null when the edge or a node is unknown. */
  track(edge: number, from: number, to: number, kind: number): Track | null {
    const reply = kind === HopKind.replyOk || kind === HopKind.replyFailed;
    const count = this.scene.cells.length;
    const key = ((edge * count + from) * count + to) * 2 + (reply ? 1 : 0);
    const known = this.tracks.get(key);
    if (known !== undefined) return known;
    const line = reply ? reversed(this.line(edge, to, from)) : this.line(edge, from, to);
    if (line.length < 4) return null;
    if (this.tracks.size >= tracksMax) this.tracks.clear();
    const track = trackOf(line, trackPoints);
    this.tracks.set(key, track);
    return track;
  }

  /** The way between the borders of the boxes, in the direction of calls. */
  edgeTrack(edge: number): Track | null {
    const line = this.scene.edges[edge]?.line ?? [];
    return line.length < 4 ? null : trackOf(line, trackPoints);
  }

  /** In the direction of the call. */
  private line(edge: number, caller: number, callee: number): number[] {
    const from = this.scene.cells[caller];
    const to = this.scene.cells[callee];
    const { line } = this.scene.edges[edge] ?? {};
    if (from === undefined || to === undefined || line === undefined) return [];
    const [start, end] = [centre(from), centre(to)];
    if (line.length < 4) {
      const rail = railX(Math.min(from.x, to.x));
      return [start.x, start.y, rail, start.y, rail, end.y, end.x, end.y];
    }
    const { form } = this.scene;
    const way = smoothLine([start.x, start.y, line[0]!, line[1]!], form);
    const last = [line.at(-2)!, line.at(-1)!, end.x, end.y];
    return [...way, ...line.slice(2), ...smoothLine(last, form).slice(2)];
  }
}
