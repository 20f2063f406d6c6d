import { describe, expect, it } from 'vitest';
import { Gauge } from '../../src/kernel/gauge.ts';
import { streamFor } from '../../src/kernel/random.ts';

describe('a gauge', () => {
  it('sums level × time over the steps of the level', () => {
    const gauge = new Gauge(100);
    gauge.add(110, 2);
    gauge.add(115, 1);
    gauge.set(125, 0);
    expect(gauge.areaUntil(200)).toBe(2 * 5 + 3 * 10);
    expect(gauge.level).toBe(0);
    expect(gauge.max).toBe(3);
  });

  it('answers for a later instant without changing', () => {
    const gauge = new Gauge(0, 4);
    expect(gauge.areaUntil(10)).toBe(40);
    expect(gauge.areaUntil(10)).toBe(40);
    gauge.set(10, 0);
    expect(gauge.areaUntil(30)).toBe(40);
  });

  it('keeps a maximum that lasted no time', () => {
    const gauge = new Gauge();
    gauge.add(5, 9);
    gauge.add(5, -9);
    expect(gauge.max).toBe(9);
    expect(gauge.areaUntil(6)).toBe(0);
  });

  it('starts area and maximum anew at a reset and keeps the level', () => {
    const gauge = new Gauge(0, 2);
    gauge.add(10, 5);
    gauge.add(20, -4);
    gauge.reset(20);
    expect([gauge.level, gauge.max, gauge.areaUntil(20)]).toEqual([3, 3, 0]);
    expect(gauge.areaUntil(30)).toBe(30);
  });

  it('is exact over a long random walk of nanoseconds', () => {
    const stream = streamFor('1', 'test', 'gauge');
    const gauge = new Gauge();
    let area = 0n;
    let now = 0;
    for (let i = 0; i < 10_000; i += 1) {
      const step = stream.below(1_000_000);
      area += BigInt(gauge.level) * BigInt(step);
      now += step;
      gauge.add(now, gauge.level > 0 && stream.below(2) === 0 ? -1 : 1);
    }
    expect(gauge.areaUntil(now)).toBe(Number(area));
  });

  it('gives Little’s law: area = the sum of the times spent inside', () => {
    const stream = streamFor('2', 'test', 'gauge');
    const events: [number, number][] = [];
    let inside = 0;
    for (let i = 0; i < 1000; i += 1) {
      const from = stream.below(1_000_000);
      const to = from + stream.below(10_000);
      inside += to - from;
      events.push([from, 1], [to, -1]);
    }
    const gauge = new Gauge();
    for (const [at, delta] of events.sort((a, b) => a[0] - b[0])) gauge.add(at, delta);
    expect(gauge.areaUntil(2_000_000)).toBe(inside);
  });

  it('refuses a time that goes back', () => {
    const gauge = new Gauge(10);
    expect(() => gauge.set(9, 1)).toThrow('go back');
    expect(() => gauge.areaUntil(9)).toThrow('go back');
    expect(() => gauge.reset(9)).toThrow('go back');
    expect(() => gauge.add(NaN, 1)).toThrow('go back');
  });
});
