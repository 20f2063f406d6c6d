/** The JSON of `gameday run --json`, as scripts may rely on it. Unknown keys are errors. */

import * as z from 'zod';

const count = z.number().int().nonnegative();
const measured = z.number().nullable();
const share = z.number().min(0).max(1).nullable();
const interval = z.tuple([z.number(), measured]).nullable();

const percentiles = {
  mean: measured,
  p50: measured,
  p90: measured,
  p95: measured,
  p99: measured,
  p999: measured,
  max: measured,
};

const claim = {
  text: z.string(),
  line: count.positive(),
  metric: z.string(),
  subject: z.string().nullable(),
  unit: z.enum(['ms', 'share', 'per-second', 'count', 'number', 'money']),
  comparator: z.enum(['<', '<=', '>', '>=', '=', '!=']),
  bound: z.number(),
  measured,
  measuredText: z.string(),
  interval,
  note: z.string().nullable(),
};

const operation = z.strictObject({
  offered: count,
  attempts: count,
  ok: count,
  late: count,
  failed: z.record(z.string(), count),
  shed: count,
  inFlight: count,
  inFlightAtStart: count,
  offeredPerSecond: measured,
  goodputPerSecond: measured,
  availability: share,
  latencyMs: z.strictObject({
    ...percentiles,
    interval95: z.strictObject({
      mean: interval,
      p50: interval,
      p90: interval,
      p95: interval,
      p99: interval,
      p999: interval,
    }),
  }),
});

const component = z.strictObject({
  kind: z.string(),
  part: z.enum(['component', 'shard', 'node']),
  arrivals: count,
  completions: count,
  rejections: count,
  expired: count.nullable(),
  lost: count.nullable(),
  utilisation: share,
  busy: measured,
  queueLength: measured,
  queueMax: count.nullable(),
  waitMs: z.strictObject(percentiles),
  waitingProbability: share,
  cache: z
    .strictObject({
      hits: count,
      misses: count,
      hitRatio: share,
      evictions: count,
      expirations: count,
      invalidations: count,
      fills: count,
      staleReads: count,
      entries: count,
      missesBy: z.strictObject({
        cold: count,
        capacity: count,
        expired: count,
        invalidated: count,
        lost: count,
        refused: count,
      }),
      staleBy: z.strictObject({ one: count, two: count, threeOrMore: count }),
      staleAgeMs: z.strictObject({ p50: measured, p99: measured, max: measured }),
      olderFills: count,
      absentHits: count,
      sweptExpirations: count,
      refreshes: count,
      bufferedWrites: count,
      coalescedWrites: count,
      flushes: count,
      failedFlushes: count,
      dirtyEvictions: count,
      dirtyMax: count,
      lostWrites: count,
      coalesced: count,
      leases: count,
      refusedFills: count,
      earlyFetches: count,
      movedKeys: count,
      copies: count,
      refusals: count,
      shadows: z
        .array(
          z.strictObject({
            name: z.string(),
            hitRatio: share,
            error95: measured,
            sampledShare: share,
            lookUps: count,
            instantFills: count,
            sparedFetches: count,
          }),
        )
        .optional(),
    })
    .optional(),
  cdn: z
    .strictObject({
      hits: count,
      misses: count,
      hitRatio: share,
      evictions: count,
      expirations: count,
      invalidations: count,
      fills: count,
      staleReads: count,
      entries: count,
      originRequests: count,
      coalesced: count,
      pushes: count,
      staleIfError: count,
      edgeBytes: count,
      originBytes: count,
    })
    .optional(),
  database: z
    .strictObject({
      bufferPool: z
        .strictObject({
          hits: count,
          misses: count,
          hitRatio: share,
          evictions: count,
          entries: count,
        })
        .optional(),
      reads: count,
      writes: count,
      staleReads: count,
      lostWrites: count,
      elections: count,
      promotions: count,
      lagSecondsMax: measured,
      lagWritesMax: count.nullable(),
    })
    .optional(),
  balancer: z
    .strictObject({ noTarget: count, healthyTargets: count.nullable(), ejections: count })
    .optional(),
  scaling: z.strictObject({ instancesMean: measured }).optional(),
});

const column = z.array(measured);

export const resultsSchema = z.strictObject({
  gameday: z.string().regex(/^\d+\.\d+\.\d+/),
  scenario: z.string(),
  file: z.string(),
  seed: z.string(),
  simulatedSeconds: z.number().positive(),
  warmUpSeconds: z.number().nonnegative(),
  measuredSeconds: z.number().nonnegative(),
  windowSeconds: z.number().positive(),
  events: count,
  hash: z.string().regex(/^[0-9a-f]{16}$/),
  ending: z.strictObject({
    kind: z.enum(['duration', 'events', 'requests-in-flight']),
    timeSeconds: z.number(),
    text: z.string(),
  }),
  requirements: z.array(
    z.strictObject({ ...claim, verdict: z.enum(['PASS', 'FAIL', 'NOT ENOUGH EVIDENCE']) }),
  ),
  expect: z.array(z.strictObject({ ...claim, holds: z.boolean() })),
  operations: z.record(z.string(), operation),
  components: z.record(z.string(), component),
  clients: z
    .record(
      z.string(),
      z.strictObject({
        clients: count,
        hits: count,
        misses: count,
        hitRatio: share,
        evictions: count,
        expirations: count,
        invalidations: count,
        fills: count,
        staleReads: count,
        entries: count,
      }),
    )
    .optional(),
  edges: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      calls: count,
      ok: count,
      failed: count,
      retries: count,
      timeouts: count,
      latencyMs: z.strictObject(percentiles),
    }),
  ),
  timeline: z.array(
    z.strictObject({
      timeSeconds: z.number(),
      kind: z.string(),
      target: z.string(),
      text: z.string(),
    }),
  ),
  timelineDropped: count,
  checks: z.array(
    z.strictObject({
      name: z.string(),
      subject: z.string(),
      expected: measured,
      measured,
      relativeError: measured,
      ok: z.boolean(),
    }),
  ),
  cost: z
    .strictObject({
      perMonth: z.number(),
      components: z.record(z.string(), z.number()),
      unpriced: z.array(z.string()),
    })
    .optional(),
  estimates: z.array(z.strictObject({ name: z.string(), text: z.string(), value: z.number() })),
  series: z
    .strictObject({
      timeSeconds: z.array(z.number()),
      operations: z.record(z.string(), z.record(z.string(), column)),
      components: z.record(z.string(), z.record(z.string(), column)),
    })
    .optional(),
  why: z
    .array(
      z.strictObject({
        about: z.string(),
        sentence: z.string(),
        slow: count,
        looked: count,
        oneIn: count,
        thresholdMs: z.number(),
        causes: z.array(
          z.strictObject({
            where: z.string(),
            kind: z.enum(['queue', 'service', 'network', 'backoff', 'wait']),
            share: z.number(),
            meanMs: z.number(),
            usualMs: z.number(),
          }),
        ),
      }),
    )
    .optional(),
});
