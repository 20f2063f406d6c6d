import { describe, expect, test } from 'vitest';
import { BoxDrag } from '../../src/stage/box-drag.ts';
import { buildScene, centre, edgeAt, edgePath, pathAt } from '../../src/stage/scene.ts';
import { TrackStore } from '../../src/stage/track-store.ts';
import { HopKind } from '../../src/protocol/frame.ts';
import { twoBoxes } from './two-boxes.ts';

const scene = buildScene(twoBoxes(), 'wide');

describe('a box that is carried', () => {
  const before = centre(scene.boxes[1]!);

  test('takes its instances and the ends of its edges along, to whole units', () => {
    const drag = BoxDrag.begin(scene, before.x, before.y)!;
    const moved = drag.carry(100.4, -50.3);
    expect([drag.name, drag.x, drag.y]).toEqual([
      'api',
      Math.round(before.x + 100.4),
      Math.round(before.y - 50.3),
    ]);
    const node = moved.cells[1]!;
    expect(node.x - scene.cells[1]!.x).toBeCloseTo(drag.x - before.x, 9);
    expect(moved.cells[0]).toBe(scene.cells[0]);
    const [endX, endY] = moved.edges[0]!.line.slice(-2);
    const box = moved.boxes[1]!;
    const onBorder =
      Math.abs(endX! - box.x) < 1e-6 ||
      Math.abs(endY! - box.y) < 1e-6 ||
      Math.abs(endY! - box.y - box.height) < 1e-6;
    expect(onBorder).toBe(true);
  });

  test('is only there where a box is', () => {
    expect(BoxDrag.begin(scene, -500, -500)).toBeNull();
  });
});

describe('what lies under a point', () => {
  test('is the instance, the box around it, or the edge', () => {
    const cell = centre(scene.cells[2]!);
    expect(pathAt(scene, cell.x, cell.y)).toBe('api/2');
    expect(pathAt(scene, scene.boxes[1]!.x + 2, scene.boxes[1]!.y + 2)).toBe('api');
    const [x, y] = scene.edges[0]!.line;
    expect(edgePath(scene, edgeAt(scene, x! + 20, y! + 4, 8))).toBe('people>api');
    expect(edgeAt(scene, x! + 20, y! + 40, 8)).toBe(-1);
  });
});

test('messages fall where the road is cut, in the middle between the boxes', () => {
  const track = new TrackStore(scene).track(0, 0, 1, HopKind.read)!;
  const { line } = scene.edges[0]!;
  const point = Math.round(track.gap * (track.x.length - 1));
  const middle = (line[0]! + line.at(-2)!) / 2;
  expect(Math.abs(track.x[point]! - middle)).toBeLessThan(8);
});
