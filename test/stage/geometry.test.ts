import { describe, expect, test } from 'vitest';
import { fitCamera, toWorld, zoomAt } from '../../src/stage/camera.ts';
import { reversed, smoothLine, trackOf } from '../../src/stage/line.ts';
import { Playout } from '../../src/stage/playout.ts';

describe('the camera', () => {
  const margins = { top: 10, right: 10, bottom: 10, left: 10 };

  test('fits all of the world into the stage, centred', () => {
    const world = { x: 100, y: 50, width: 2000, height: 300 };
    const camera = fitCamera(world, { width: 1020, height: 520 }, margins);
    expect(camera.zoom).toBe(0.5);
    expect(toWorld(camera, 510, 260)).toEqual({ x: 1100, y: 200 });
  });

  test('does not blow a small system up to a poster', () => {
    const world = { x: 0, y: 0, width: 10, height: 10 };
    const { zoom } = fitCamera(world, { width: 1000, height: 1000 }, margins);
    expect(zoom).toBeLessThan(2);
  });

  test('keeps what is under the pointer where it is while zooming', () => {
    const before = { zoom: 1, x: 30, y: 40 };
    const at = { x: 200, y: 100 };
    const after = zoomAt(before, 1.7, at);
    const moved = toWorld(after, at.x, at.y);
    const stood = toWorld(before, at.x, at.y);
    expect(moved.x).toBeCloseTo(stood.x, 9);
    expect(moved.y).toBeCloseTo(stood.y, 9);
  });
});

describe('a line', () => {
  test('keeps its ends and leaves along the flow', () => {
    const line = smoothLine([0, 0, 100, 60], 'wide');
    expect(line.slice(0, 2)).toEqual([0, 0]);
    expect(line.at(-2)).toBeCloseTo(100, 9);
    expect(line.at(-1)).toBeCloseTo(60, 9);
    const [x, y] = line.slice(2, 4);
    expect(y! / x!).toBeLessThan(0.6);
  });

  test('becomes evenly spaced points with directions', () => {
    const track = trackOf([0, 0, 30, 0, 30, 40], 8);
    expect(track.length).toBe(70);
    expect(track.x[0]).toBe(0);
    expect(track.y[7]).toBe(40);
    const steps = [...track.x].slice(1).map((x, index) => {
      return Math.hypot(x - track.x[index]!, track.y[index + 1]! - track.y[index]!);
    });
    expect(Math.max(...steps)).toBeLessThanOrEqual(10.01);
    expect(track.angle[1]).toBeCloseTo(0, 6);
    expect(track.angle[6]).toBeCloseTo(Math.PI / 2, 6);
  });

  test('runs backwards for answers', () => {
    expect(reversed([1, 2, 3, 4, 5, 6])).toEqual([5, 6, 3, 4, 1, 2]);
  });
});

describe('the playout', () => {
  test('spreads departures evenly although frames come unevenly', () => {
    const playout = new Playout();
    let time = 0;
    const drawn: number[] = [];
    for (let frame = 0; frame < 60; frame += 1) {
      const gap = frame % 2 === 0 ? 0.02 : 0.05;
      time += gap;
      playout.advance(gap);
      playout.receive(time, 1);
      if (frame > 30) drawn.push(playout.secondsUntil(time));
    }
    for (const wait of drawn) expect(wait).toBeCloseTo(0.08, 1);
  });

  test('jumps after the page was away for long', () => {
    const playout = new Playout();
    playout.receive(100, 1);
    expect(playout.secondsUntil(100)).toBeLessThan(0.2);
    expect(playout.secondsUntil(99)).toBe(0);
  });

  test('waits longer for the same span of time when the run is slower', () => {
    const playout = new Playout();
    playout.setSpeed(0.1);
    playout.receive(1, 0.1);
    expect(playout.secondsUntil(1.02)).toBeCloseTo(0.28, 2);
  });
});
