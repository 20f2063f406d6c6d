import { expect, test } from 'vitest';
import { arrange, type LayoutBox } from '../../src/worker/layout.ts';

const box = (name: string, position: LayoutBox['position'] = null): LayoutBox => ({
  name,
  glyph: 'service',
  caption: '2 instances',
  shards: [-1, -1],
  position,
});
const boxes = [box('people'), box('edge'), box('api'), box('redis'), box('db')];
const edges = [
  { from: 0, to: 1 },
  { from: 1, to: 2 },
  { from: 2, to: 3 },
  { from: 2, to: 4 },
  { from: 4, to: 4 },
];

test('traffic runs from left to right on a wide stage and down a tall one', () => {
  const wide = arrange(boxes, edges, 'wide').boxes;
  const tall = arrange(boxes, edges, 'tall').boxes;
  for (const { from, to } of edges.slice(0, 4)) {
    expect(wide[to]!.x).toBeGreaterThan(wide[from]!.x);
    expect(tall[to]!.y).toBeGreaterThan(tall[from]!.y);
  }
});

test('the same scenario always looks the same', () => {
  expect(arrange(boxes, edges, 'wide')).toEqual(arrange(boxes, edges, 'wide'));
});

test('boxes never lie on each other', () => {
  for (const form of ['wide', 'tall'] as const) {
    const places = arrange(boxes, edges, form).boxes;
    places.forEach((one, index) => {
      for (const other of places.slice(index + 1)) {
        const apart =
          Math.abs(one.x - other.x) >= (one.width + other.width) / 2 ||
          Math.abs(one.y - other.y) >= (one.height + other.height) / 2;
        expect(apart).toBe(true);
      }
    });
  }
});

test('on a tall stage no two boxes stand beside each other', () => {
  const levels = arrange(boxes, edges, 'tall').boxes.map(({ y }) => y);
  expect(new Set(levels).size).toBe(boxes.length);
});

test('a position in the file wins, and the edges follow it', () => {
  const pinned = [...boxes.slice(0, 4), box('db', { x: 40, y: 900 })];
  const { boxes: places, edges: lines } = arrange(pinned, edges, 'wide');
  expect(places[4]).toMatchObject({ x: 40, y: 900 });
  expect(lines[3]).toHaveLength(4);
  const [, , x, y] = lines[3]!;
  expect(Math.abs(x! - 40)).toBeLessThanOrEqual(places[4]!.width / 2 + 1);
  expect(Math.abs(y! - 900)).toBeLessThanOrEqual(places[4]!.height / 2 + 1);
});

test('replication inside a box has no line between boxes', () => {
  expect(arrange(boxes, edges, 'wide').edges[4]).toEqual([]);
});
