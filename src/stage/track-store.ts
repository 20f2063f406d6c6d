/** The way of every hop: from instance to instance along its edge, worked out once and kept. */

import { isReply } from '../protocol/frame.ts';
import { middleOf, reversed, smoothLine, trackOf, type Track } from './line.ts';
import { centre, railX, type Scene } from './scene.ts';

/** Points of one track; a hop's place is found by its share of the way alone. */
export const trackPoints = 72;
/** All tracks are dropped when there are more, so that a large system cannot fill the memory. */
const tracksMax = 6000;

export class TrackStore {
  private scene: Scene;
  private readonly tracks = new Map<number, Track>();

  constructor(scene: Scene) {
    this.scene = scene;
  }

  /** Boxes have moved. */
  reshape(scene: Scene): void {
    this.scene = scene;
    this.tracks.clear();
  }

  /** The way of a hop; null when the edge or a node is unknown. */
  track(edge: number, from: number, to: number, kind: number): Track | null {
    const reply = isReply(kind);
    const count = this.scene.cells.length;
    const key = ((edge * count + from) * count + to) * 2 + (reply ? 1 : 0);
    const known = this.tracks.get(key);
    if (known !== undefined) return known;
    const line = reply ? reversed(this.line(edge, to, from)) : this.line(edge, from, to);
    if (line.length < 4) return null;
    if (this.tracks.size >= tracksMax) this.tracks.clear();
    const track = gapped(trackOf(line, trackPoints), this.scene.edges[edge]!.line);
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

/** A partition cuts the road between the boxes in its middle, wherever that is on this way. */
function gapped(track: Track, road: readonly number[]): Track {
  if (road.length < 4) return track;
  const middle = middleOf(road);
  let nearest = 0;
  let distance = Infinity;
  track.x.forEach((x, point) => {
    const away = Math.hypot(x - middle.x, track.y[point]! - middle.y);
    if (away < distance) [nearest, distance] = [point, away];
  });
  return { ...track, gap: nearest / (trackPoints - 1) };
}
