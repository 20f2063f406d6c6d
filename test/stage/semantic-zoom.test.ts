import { describe, expect, test } from 'vitest';
import { levelAt, type ZoomLevel } from '../../src/stage/camera.ts';
import { Viewpoint } from '../../src/stage/viewpoint.ts';
import { buildScene } from '../../src/stage/scene.ts';
import { twoBoxes } from './two-boxes.ts';

describe('the level of a zoom', () => {
  test('is tiles from afar, instances in between and the inside from near by', () => {
    expect([0.2, 1, 3].map((zoom) => levelAt(zoom, 2))).toEqual([1, 2, 3]);
  });

  test('does not flicker when the zoom trembles at a threshold', () => {
    for (const edge of [0.44, 0.48, 1.95, 2.2]) {
      let level: ZoomLevel = levelAt(edge, 2);
      let changes = 0;
      for (let turn = 0; turn < 20; turn += 1) {
        const next = levelAt(edge + (turn % 2 === 0 ? 0.01 : -0.01), level);
        changes += next === level ? 0 : 1;
        level = next;
      }
      expect(changes).toBeLessThanOrEqual(1);
    }
  });
});

describe('the viewpoint', () => {
  const scene = buildScene(twoBoxes(), 'wide');
  const margins = () => ({ top: 10, right: 10, bottom: 10, left: 10 });
  function viewpoint(): Viewpoint {
    const made = new Viewpoint(margins);
    made.size = { width: 1000, height: 600 };
    made.fit(scene);
    return made;
  }

  test('goes in from all to instances to the inside, and out the same way', () => {
    const view = viewpoint();
    expect(view.goIn(scene, 'api/1')).toBe(true);
    expect(view.level).toBe(2);
    expect(view.goIn(scene, 'api/1')).toBe(true);
    expect(view.level).toBe(3);
    expect(view.nodeInFocus(scene, null)).toBe(1);
    expect(view.goIn(scene, 'api/1')).toBe(false);
    let steps = 0;
    while (view.goOut(scene)) steps += 1;
    expect(steps).toBe(2);
    expect(view.isFitted).toBe(true);
  });

  test('is the same place again after it was written down, on a screen of another size', () => {
    const view = viewpoint();
    expect(view.place).toBeNull();
    view.goIn(scene, 'api/2');
    const place = view.place!;
    expect(place).toMatch(/^nodes,/);
    const other = viewpoint();
    other.size = { width: 700, height: 900 };
    expect(other.goTo(place)).toBe(true);
    expect(other.place).toBe(place);
    expect(other.goTo('nonsense')).toBe(false);
    expect(other.place).toBe(place);
  });
});
