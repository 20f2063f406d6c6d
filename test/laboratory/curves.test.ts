import { describe, expect, test } from 'vitest';
import { streamFor } from '../../src/kernel/random.ts';
import { missRatioCurves } from '../../src/laboratory/curves.ts';
import type { CurveRequest } from '../../src/laboratory/curve-plan.ts';
import { CurveWork, dealt, piecesOf } from '../../src/laboratory/curve-work.ts';
import type { CurveWorkPlan } from '../../src/laboratory/curve-work.ts';
import { GeneratedLookUps } from '../../src/laboratory/generated-look-ups.ts';
import { Op } from '../../src/laboratory/look-ups.ts';
import { CacheStore } from '../../src/model/cache-store.ts';
import { evictionPolicies } from '../../src/model/eviction.ts';
import { TraceCache } from '../../src/model/trace-cache.ts';
import { mixedRecords, sourceOf } from './played-look-ups.ts';
import type { Record } from './played-look-ups.ts';

const sizes = [1, 3, 10, 40, 150];
const policies = [...evictionPolicies.keys()];

function request(some: Partial<CurveRequest> = {}): CurveRequest {
  return {
    policies,
    sizes: sizes.map((entries) => ({ kind: 'entries', entries })),
    unit: 'entries',
    bounds: false,
    sample: 1,
    ...some,
  };
}

/** The cache of a run, which a read that misses fills at once. */
function storeMisses(records: readonly Record[], store: CacheStore): number {
  let misses = 0;
  for (const { key, size = 1, op = Op.read } of records) {
    const slot = store.find(key);
    if (op === Op.delete) {
      if (slot >= 0) store.remove(slot);
    } else if (op === Op.write) store.put(key, 0, size, Infinity);
    else if (slot >= 0) store.touch(slot);
    else {
      misses++;
      store.put(key, 0, size, Infinity);
    }
  }
  return misses;
}

describe.each(policies)('%s', (name) => {
  const policy = evictionPolicies.get(name)!;
  const draw = (size: number) => streamFor('curves', `${name} of ${size}`, 'eviction');

  test('misses at every size what a cache of a trace misses', async () => {
    const records = mixedRecords({ seed: name, keys: 200, records: 6_000 });
    const keys = Int32Array.from(records, ({ key }) => key);
    const report = await missRatioCurves(sourceOf(records), request({ policies: [name] }));
    const own = sizes.map((entries) =>
      new TraceCache({ keys: 200, entries }, policy, draw(entries)).misses(keys),
    );
    expect(report.curves[0]!.points.map(({ misses }) => misses)).toEqual(own);
  });

  test('misses what the cache of a run misses, with writes and deletes', async () => {
    const mix = { seed: name, keys: 200, records: 6_000, writes: 0.1, deletes: 0.1 };
    const records = mixedRecords(mix);
    const report = await missRatioCurves(sourceOf(records), request({ policies: [name] }));
    const own = sizes.map((entries) =>
      storeMisses(records, new CacheStore({ entries, bytes: Infinity }, policy, draw(entries))),
    );
    expect(report.curves[0]!.points.map(({ misses }) => misses)).toEqual(own);
  });

  test.runIf(policy.worksInBytes)('misses what the cache of a run misses, in bytes', async () => {
    const mix = { seed: name, keys: 200, records: 6_000, writes: 0.05, deletes: 0.05, sizes: true };
    const records = mixedRecords(mix);
    const inBytes = [40, 100, 700, 3_000];
    const report = await missRatioCurves(
      sourceOf(records),
      request({
        policies: [name],
        unit: 'bytes',
        sizes: inBytes.map((bytes) => ({ kind: 'bytes', bytes })),
      }),
    );
    const own = inBytes.map((bytes) =>
      storeMisses(records, new CacheStore({ entries: Infinity, bytes }, policy, draw(bytes))),
    );
    expect(report.curves[0]!.points.map(({ misses }) => misses)).toEqual(own);
  });
});

test('the report counts requests, keys, bytes and the misses that no cache could save', async () => {
  const records: Record[] = [
    { key: 0, size: 10, op: Op.read },
    { key: 1, size: 20, op: Op.write },
    { key: 1, size: 20, op: Op.read },
    { key: 0, size: 12, op: Op.delete },
    { key: 0, size: 30, op: Op.read },
    { key: 2, size: 5, op: Op.delete },
    { key: 2, size: 5, op: Op.read },
  ];
  const report = await missRatioCurves(
    sourceOf(records),
    request({ policies: ['lru'], unit: 'bytes', sizes: [{ kind: 'share', share: 1 }] }),
  );
  expect(report).toMatchObject({ requests: 4, keys: 3, bytes: 55, cold: 3, present: null });
  expect(report.curves[0]!.points).toEqual([{ size: 55, misses: 3, missRatio: 0.75, error: 0 }]);
});

describe('the bounds', () => {
  const records = mixedRecords({ seed: 'bounds', keys: 200, records: 6_000, deletes: 0.1 });

  test('no policy misses less; with room for all they miss what no cache could save', async () => {
    const all: CurveRequest['sizes'] = [{ kind: 'entries', entries: 200 }];
    const asked = request({ bounds: true });
    const report = await missRatioCurves(sourceOf(records), {
      ...asked,
      sizes: [...asked.sizes, ...all],
    });
    const of = (name: string) => report.curves.find((curve) => curve.name === name)!.points;
    for (const [place, { misses }] of of('belady').entries()) {
      for (const policy of policies) {
        expect(of(policy)[place]!.misses).toBeGreaterThanOrEqual(misses);
      }
      expect(of('belady-bypass')[place]!.misses).toBeLessThanOrEqual(misses);
    }
    expect(of('belady').at(-1)!.misses).toBe(report.cold);
  });

  test('are left out where keys are written, and in bytes', async () => {
    const written = mixedRecords({ seed: 'w', keys: 50, records: 500, writes: 0.1, sizes: true });
    const asked = request({ bounds: true, policies: ['lru'] });
    const inBytes = { ...asked, unit: 'bytes' as const, sizes: [{ kind: 'bytes', bytes: 99 }] };
    const withSizes = mixedRecords({ seed: 's', keys: 50, records: 500, sizes: true });
    const reports = [
      await missRatioCurves(sourceOf(written), asked),
      await missRatioCurves(sourceOf(withSizes), inBytes as CurveRequest),
    ];
    for (const { curves } of reports)
      expect(curves.some(({ kind }) => kind === 'bound')).toBe(false);
  });
});

test('a trace without a read has no ratio', async () => {
  const report = await missRatioCurves(sourceOf([]), request({ policies: ['lru'] }));
  expect(report.curves[0]!.points[0]).toEqual({ size: 1, misses: 0, missRatio: NaN, error: 0 });
});

test('the answers do not depend on who has done which piece', async () => {
  const plan: CurveWorkPlan = {
    unit: 'entries',
    policies,
    bounds: [],
    sizes,
    rate: 0.5,
    boundRate: 0.5,
    seed: 'curves',
    salt: 3,
  };
  const records = mixedRecords({ seed: 'shared', keys: 400, records: 5_000 });
  const play = async (hands: number) => {
    const works = dealt(piecesOf(plan), hands).map((pieces) => new CurveWork(plan, pieces));
    const source = sourceOf(records)();
    for (let batch = await source.next(); batch !== null; batch = await source.next()) {
      for (const work of works) work.play(batch, source.keys);
    }
    const answers = works.flatMap((work) => work.answers());
    return new Map(answers.map(({ piece, misses }) => [JSON.stringify(piece), misses]));
  };
  const alone = await play(1);
  expect(alone.size).toBe(piecesOf(plan).length);
  expect(await play(3)).toEqual(alone);
});

describe('a sample of the keys', () => {
  const open = () =>
    new GeneratedLookUps({
      popularity: { kind: 'zipf', exponent: 0.8 },
      keys: 20_000,
      requests: 200_000,
      seed: 'sampled',
    });
  const some: Partial<CurveRequest> = {
    policies: ['lru', 'fifo'],
    sizes: [400, 2_000, 6_000].map((entries) => ({ kind: 'entries', entries })),
  };

  test('states an error that covers the full curve in nine of ten samples', async () => {
    const full = await missRatioCurves(open, request(some));
    let covered = 0;
    let looked = 0;
    let widest = 0;
    for (let salt = 1; salt <= 40; salt++) {
      const sampled = await missRatioCurves(open, request({ ...some, sample: 0.1, salt }));
      expect(sampled.sampled).toBe(0.1);
      for (const [curve, { name, points }] of sampled.curves.entries()) {
        if (name === 'che-lru') continue;
        for (const [place, { missRatio, error }] of points.entries()) {
          const truth = full.curves[curve]!.points[place]!.missRatio;
          if (Math.abs(missRatio - truth) <= error) covered++;
          widest = Math.max(widest, error);
          looked++;
        }
      }
    }
    expect(looked).toBe(240);
    expect(covered / looked).toBeGreaterThanOrEqual(0.9);
    expect(widest).toBeLessThan(0.25);
  }, 60_000);
});
