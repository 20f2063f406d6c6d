/**
 * Clients that write one record at the same time and get in each other's way: each reads the
 * version, writes with it, and after a conflict pauses and reads again. Pauses are those of the
 * retries of this program, the clock is its kernel's; the record and its versions are made here,
 * because no component of it compares versions.
 *
 * Source: M. Brooker, Exponential Backoff and Jitter, AWS Architecture Blog, 2015, and its
 * simulator (aws-arch-backoff-simulator), whose means over 100 runs are the numbers below.
 */

import { Sampler } from '../../src/kernel/distribution.ts';
import { streamFor } from '../../src/kernel/random.ts';
import type { Stream } from '../../src/kernel/random.ts';
import { Simulation } from '../../src/kernel/simulation.ts';
import type { Owner } from '../../src/kernel/simulation.ts';
import { pauseAfter } from '../../src/model/backoff.ts';
import type { Backoff } from '../../src/model/parameters.ts';
import { meanOf, within } from './finding.ts';
import type { Finding } from './finding.ts';
import type { MeasuredCase, MeasureOptions } from './theory-case.ts';

const MS = 1e6;

/** No contest lasts that long, ns: a day. */
const LONGEST_NS = 86_400e9;

/** Runs of each kind; as many more than the source's that our own chance hardly adds to its. */
const RUNS = 400;

/** A mean and its relative tolerance, four standard errors of the source's mean. */
type Known = readonly [mean: number, tolerance: number];

interface KnownContest {
  readonly clients: number;
  /** Time until the last one is done, ms. */
  readonly done: Known;
  /** Writes tried by all of them. */
  readonly writes: Known;
}

interface Kind {
  readonly name: string;
  readonly backoff: Backoff;
  readonly jitter: string;
  readonly known: readonly KnownContest[];
}

const doubling: Backoff = { kind: 'exponential', baseNs: 10 * MS, maxNs: 2_000 * MS };

const kinds: readonly Kind[] = [
  {
    name: 'no pause',
    backoff: { kind: 'none', baseNs: 0, maxNs: 0 },
    jitter: 'none',
    known: [
      { clients: 10, done: [379.3, 0.0356], writes: [50.6, 0.0312] },
      { clients: 50, done: [1_141.2, 0.0144], writes: [689.51, 0.0096] },
      { clients: 100, done: [2_028.5, 0.0089], writes: [2_421.21, 0.0055] },
      { clients: 190, done: [3_541.2, 0.005], writes: [8_012.4, 0.0035] },
    ],
  },
  {
    name: 'no jitter',
    backoff: doubling,
    jitter: 'none',
    known: [
      { clients: 10, done: [3_444.2, 0.1543], writes: [50.77, 0.0336] },
      { clients: 50, done: [36_208.2, 0.0347], writes: [621.39, 0.0179] },
      { clients: 100, done: [63_350.8, 0.0239], writes: [1_858.32, 0.0133] },
      { clients: 190, done: [101_391.7, 0.0186], writes: [5_171.32, 0.0088] },
    ],
  },
  {
    name: 'full jitter',
    backoff: doubling,
    jitter: 'full',
    known: [
      { clients: 10, done: [456.5, 0.08], writes: [39.05, 0.0228] },
      { clients: 50, done: [2_833.9, 0.0742], writes: [332.3, 0.0061] },
      { clients: 100, done: [4_847.2, 0.0444], writes: [796.36, 0.0036] },
      { clients: 190, done: [7_312.2, 0.0258], writes: [1_771.15, 0.0032] },
    ],
  },
  {
    name: 'equal jitter',
    backoff: doubling,
    jitter: 'equal',
    known: [
      { clients: 10, done: [726.7, 0.0946], writes: [42.62, 0.0216] },
      { clients: 50, done: [4_300.3, 0.0566], writes: [347.88, 0.007] },
      { clients: 100, done: [6_715.1, 0.0392], writes: [813.25, 0.004] },
      { clients: 190, done: [9_412.9, 0.0255], writes: [1_759.33, 0.0027] },
    ],
  },
  {
    name: 'decorrelated jitter',
    backoff: { ...doubling, baseNs: 5 * MS },
    jitter: 'decorrelated',
    known: [
      { clients: 10, done: [440.0, 0.0747], writes: [37.75, 0.0247] },
      { clients: 50, done: [2_194.6, 0.0891], writes: [374.63, 0.0133] },
      { clients: 100, done: [4_622.9, 0.062], writes: [1_004.61, 0.011] },
      { clients: 190, done: [7_920.5, 0.0529], writes: [2_432.48, 0.0097] },
    ],
  },
];

export const conflicts: readonly MeasuredCase[] = [
  {
    id: 'O-AWS-BACKOFF',
    title: 'Clients that write the same record',
    about:
      'From 10 to 190 clients read a version, write with it, and pause after a conflict as retries ' +
      'of this program do, from 5 ms to 2 s, with every kind of jitter; each message takes 10 ms, ' +
      'give or take 2 ms. Theory: the simulator of M. Brooker, Exponential Backoff and Jitter, 2015.',
    seconds: 15,
    ordinaryShare: 0.05,
    measure: (options) => kinds.flatMap((kind) => measureKind(kind, options)),
  },
];

function measureKind({ name, backoff, jitter, known }: Kind, options: MeasureOptions): Finding[] {
  return known.flatMap(({ clients, done, writes }) => {
    const runs = Array.from({ length: Math.round(RUNS * options.share) }, (_, run) => {
      const record = new Contest(`${options.seed}-${clients}-${run}`, clients, backoff, jitter);
      return record.play();
    });
    const widened = 1 / Math.sqrt(options.share);
    const compare = (what: string, unit: string, [expected, tolerance]: Known, all: number[]) => {
      const { mean, interval } = meanOf(all);
      const estimate = { what: `${what}, ${name}, ${clients} clients`, unit, expected, interval };
      const finding = within(tolerance * widened, { ...estimate, measured: mean });
      return { ...finding, isEstimate: true };
    };
    return [
      compare(
        'all done after',
        'ms',
        done,
        runs.map((run) => run.doneMs),
      ),
      compare(
        'writes',
        '',
        writes,
        runs.map((run) => run.writes),
      ),
    ];
  });
}

/** Kinds of messages: (kind, client, version). */
const READ = 0;
const VERSION = 1;
const WRITE = 2;
const CONFLICT = 3;
const DONE = 4;

/** One record, and clients that each write it once. */
class Contest implements Owner {
  private readonly simulation = new Simulation();
  private readonly number = this.simulation.addOwner(this, 'record');
  private readonly network: Sampler;
  private readonly pauses: Stream;
  private readonly backoff: Backoff;
  private readonly jitter: string;
  private readonly failures: Int32Array;
  private readonly pauseNs: Float64Array;
  private version = 0;
  private writes = 0;
  private doneNs = 0;

  constructor(seed: string, clients: number, backoff: Backoff, jitter: string) {
    const spec = { kind: 'normal', mean: 10 * MS, deviation: 2 * MS } as const;
    this.network = new Sampler(spec, streamFor(seed, 'record', `network|${jitter}`));
    this.pauses = streamFor(seed, 'record', `pauses|${jitter}`);
    this.backoff = backoff;
    this.jitter = jitter;
    this.failures = new Int32Array(clients);
    this.pauseNs = new Float64Array(clients);
    for (let client = 0; client < clients; client++) this.send(READ, client, 0, 0);
  }

  play(): { readonly doneMs: number; readonly writes: number } {
    this.simulation.runBefore(LONGEST_NS, Infinity);
    return { doneMs: this.doneNs / MS, writes: this.writes };
  }

  handle(kind: number, client: number, version: number): void {
    switch (kind) {
      case READ:
        this.send(VERSION, client, this.version, 0);
        break;
      case VERSION:
        this.send(WRITE, client, version, 0);
        break;
      case WRITE: {
        this.writes++;
        const isFresh = version === this.version;
        if (isFresh) this.version++;
        this.send(isFresh ? DONE : CONFLICT, client, 0, 0);
        break;
      }
      case CONFLICT: {
        const past = { failed: ++this.failures[client]!, pauseNs: this.pauseNs[client]! };
        const pause = pauseAfter(this.backoff, this.jitter, past, this.pauses);
        this.pauseNs[client] = pause;
        this.send(READ, client, 0, pause);
        break;
      }
      default:
        this.doneNs = this.simulation.now;
    }
  }

  private send(kind: number, client: number, version: number, pause: number): void {
    const delay = this.network.duration() + pause;
    this.simulation.schedule(delay, this.number, kind, client, version);
  }
}
