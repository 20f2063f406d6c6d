/** The engine on its own reference model, against the same model as one program by hand. */

import { readFileSync } from 'node:fs';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { Experiment } from '../src/experiment/experiment.ts';
import { Checkpoint } from '../src/kernel/checkpoint.ts';
import { createEngine } from '../src/worker/create-engine.ts';
import { FrameBuilder } from '../src/worker/frame-builder.ts';
import { HOP_STRIDE } from '../src/protocol/frame.ts';
import type { Frame } from '../src/protocol/frame.ts';
import { loadScenario } from '../src/scenario/load.ts';
import type { Scenario } from '../src/scenario/load.ts';
import type { Bench, Figure, Sheet } from './bench.ts';
import { buildNative } from './native.ts';
import { referenceByHand } from './reference-by-hand.ts';
import type { ReferenceResult } from './reference-result.ts';
import { referenceByScenario } from './reference-by-scenario.ts';
import { cpuNsOf, measure, median, speedOver } from './rounds.ts';
import type { Contender } from './rounds.ts';

const FILE = 'bench/reference.yaml';
const ENGINE = 'gameday, the scenario file';
const BY_HAND = 'JavaScript by hand, one switch';
const PLAIN = 'C++ by hand, std::priority_queue';
const BEST = 'C++ by hand, heap of four, lists of timeouts';
const ROWS = [ENGINE, BY_HAND, PLAIN, BEST];

const COST = 'Reference model, processor time';
const SAME = 'Reference model, what each computes';
const STATE = 'Reference model, its state and its pictures';

const AGAINST_PLAIN = 'reference model: time a request against plain C++';
const AGAINST_BEST = 'reference model: time a request against the best C++ here';
const AGAINST_SWITCH = 'reference model: time a request against one switch in JavaScript';
const EVENTS = 'reference model: events a second, in millions';
const CHECKPOINT = 'reference model: a checkpoint';
const RESTORE = 'reference model: restoring a checkpoint';
const FRAME = 'a frame of 10,000 hops, built, sent and received';

async function run(sheet: Sheet): Promise<void> {
  const seconds = sheet.size(60, 8);
  const scenario = load(`${seconds}s`);
  await compare(sheet, scenario, seconds);
  measureState(sheet, scenario);
  measureFrame(sheet);
}

function load(duration: string): Scenario {
  const text = readFileSync(FILE, 'utf8');
  const { scenario, diagnostics } = loadScenario(text, { file: FILE, duration });
  if (scenario === null) throw new Error(JSON.stringify(diagnostics, null, 2));
  return scenario;
}

async function compare(sheet: Sheet, scenario: Scenario, seconds: number): Promise<void> {
  const native = buildNative('reference', sheet);
  const results = new Map<string, ReferenceResult>();
  const noting = (name: string, model: () => ReferenceResult): Contender => ({
    name,
    run: () => {
      const result = model();
      results.set(name, result);
      return result.requests;
    },
  });
  const contenders = [
    noting(ENGINE, () => referenceByScenario(scenario)),
    noting(BY_HAND, () => referenceByHand(seconds)),
  ];
  if (native !== null) {
    for (const [kind, name] of [PLAIN, BEST].entries()) {
      const compute = () => {
        const result = native(seconds, kind);
        results.set(name, result as unknown as ReferenceResult);
        return result;
      };
      contenders.push({ name, run: compute });
    }
  }
  const measured = await measure(contenders, sheet.size(7, 1));
  const engine = measured[0]!;
  for (const contender of measured) {
    const result = results.get(contender.name)!;
    checkAgainst(results.get(ENGINE)!, contender.name, result, sheet.isQuick);
    const eventsEach = result.events / result.requests;
    sheet.row(COST, contender.name, {
      'ns a request': contender.nsEach,
      'events a request': eventsEach,
      'M events/s': (eventsEach * 1e3) / contender.nsEach,
      'gameday takes': speedOver(contender, engine),
    });
    sheet.row(SAME, contender.name, columnsOf(result));
  }
  sheet.bar(AGAINST_SWITCH, speedOver(measured[1]!, engine));
  const engineResult = results.get(ENGINE)!;
  sheet.bar(EVENTS, (engineResult.events / engineResult.requests / engine.nsEach) * 1e3);
  if (native === null) return;
  sheet.bar(AGAINST_PLAIN, speedOver(measured[2]!, engine));
  sheet.bar(AGAINST_BEST, speedOver(measured[3]!, engine));
}

/** Deviations that chance explains; the first seconds of a short run are not yet at rest. */
const slacks: readonly (readonly [keyof ReferenceResult, number])[] = [
  ['hitRatio', 0.01],
  ['staleReads', 0.12],
  ['viewMean', 0.015],
  ['viewP50', 0.015],
  ['viewP99', 0.03],
  ['postMean', 0.015],
  ['postP99', 0.04],
  ['serviceBusy', 0.01],
  ['serviceWaitP99', 0.06],
  ['storeWaitMean', 0.25],
  ['storeWaitP99', 0.25],
  ['storeTimeouts', 0.25],
];

function checkAgainst(
  engine: ReferenceResult,
  name: string,
  result: ReferenceResult,
  isQuick: boolean,
): void {
  for (const [key, slack] of slacks) {
    const deviation = Math.abs(result[key] / engine[key] - 1);
    if (deviation <= slack * (isQuick ? 10 : 1)) continue;
    throw new Error(`${name}: ${key} is ${result[key]}, the engine has ${engine[key]}.`);
  }
}

const resultColumns: readonly (readonly [string, keyof ReferenceResult, number])[] = [
  ['hit ratio', 'hitRatio', 4],
  ['stale reads', 'staleReads', 0],
  ['view mean ms', 'viewMean', 3],
  ['view p99 ms', 'viewP99', 2],
  ['post mean ms', 'postMean', 3],
  ['post p99 ms', 'postP99', 2],
  ['services busy', 'serviceBusy', 4],
  ['p99 wait there ms', 'serviceWaitP99', 2],
  ['p99 wait at shards ms', 'storeWaitP99', 2],
  ['timeouts', 'storeTimeouts', 0],
];

function columnsOf(result: ReferenceResult): Record<string, Figure> {
  return Object.fromEntries(resultColumns.map(([title, key]) => [title, result[key]]));
}

/** Checkpoint and restore in the middle of a run, and the proof that nothing is missing from it. */
function measureState(sheet: Sheet, scenario: Scenario): void {
  const { run: running } = new Experiment(scenario);
  running.advance(6e9);
  const taken: number[] = [];
  const restored: number[] = [];
  let bytes = 0;
  let hash = '';
  for (let round = 0; round <= sheet.size(15, 3); round++) {
    let checkpoint!: Checkpoint;
    taken.push(cpuNsOf(() => (checkpoint = new Checkpoint(running))) / 1e6);
    bytes = checkpoint.bytes;
    running.advance(6.5e9);
    if (hash !== '' && hash !== running.hash)
      throw new Error('A restored run is not the same run.');
    hash = running.hash;
    restored.push(cpuNsOf(() => checkpoint.restore()) / 1e6);
  }
  // The first of each warmed the compiler up.
  const takenMs = median(taken.slice(1));
  const restoredMs = median(restored.slice(1));
  sheet.row(STATE, 'checkpoint taken', { ms: takenMs, MB: bytes / 1e6 });
  sheet.row(STATE, 'checkpoint restored', { ms: restoredMs, MB: bytes / 1e6 });
  sheet.bar(CHECKPOINT, takenMs);
  sheet.bar(RESTORE, restoredMs);
}

const frameOptions = {
  run: 1,
  branch: 0,
  forkedAt: 0,
  state: 'playing',
  seekTarget: null,
  withHops: true,
  requestsPerDot: 1,
} as const;

/** What the worker does for one picture, and what it takes to hand it over. */
function measureFrame(sheet: Sheet): void {
  const reply = createEngine(readFileSync(FILE, 'utf8'), FILE, null);
  if (!reply.ok) throw new Error('The reference model does not load.');
  const { engine } = reply;
  const frames = new FrameBuilder();
  const { port1, port2 } = new MessageChannel();
  engine.setSampling(1);
  frames.begin();
  const times: number[] = [];
  let bytes = 0;
  for (let round = 0; round <= sheet.size(30, 3); round++) {
    // Some 7.4 hops a request, 12,800 requests a second.
    engine.advance(engine.time + 10_000 / (7.4 * 12_800), Infinity);
    let message!: Frame;
    const pass = () => {
      const nowMs = performance.now();
      const frame = frames.build(engine, { ...frameOptions, nowMs });
      const { nodes, edges, hops, windows, heat } = frame;
      const parts = [nodes, edges, hops, windows, heat].map(({ buffer }) => buffer as ArrayBuffer);
      port1.postMessage(frame, parts);
      message = (receiveMessageOnPort(port2) as { message: Frame }).message;
    };
    times.push(cpuNsOf(pass) / 1e6);
    bytes = message.hops.byteLength + message.nodes.byteLength + message.edges.byteLength;
    const count = message.hops.length / HOP_STRIDE;
    if (round > 0 && (count < 9_000 || count > 11_500)) throw new Error(`${count} hops a frame.`);
  }
  port1.close();
  const ms = median(times.slice(1));
  sheet.row(STATE, 'frame of 10,000 hops', { ms, MB: bytes / 1e6 });
  sheet.bar(FRAME, ms);
}

const factor = { sense: 'at most', unit: ' ×', digits: 2 } as const;
const ms = { sense: 'at most', unit: ' ms', digits: 2 } as const;

const bench: Bench = {
  name: 'reference',
  title: 'The reference model',
  about:
    'Clients with timeouts and retries, a balancer with two choices, eight services, a cache ' +
    'beside four shards with a replica each, messages that take time: `bench/reference.yaml`, ' +
    '12,800 requests a simulated second. Every contender keeps what the report of the ' +
    'scenario shows of it: latencies by operation and second, of every hop, waits, ' +
    'utilisation, hits, stale reads, timeouts, the lag of the replicas. Plain C++ has its ' +
    'timeouts in the queue and ignores those that come too late.',
  tables: [
    {
      title: COST,
      rowTitle: 'contender',
      columns: [
        { title: 'ns a request', digits: 0 },
        { title: 'events a request', digits: 2 },
        { title: 'M events/s', digits: 2 },
        { title: 'gameday takes', digits: 2 },
      ],
      rows: ROWS,
      note: '_gameday takes_: its time as a multiple of that row’s.',
    },
    {
      title: SAME,
      rowTitle: 'contender',
      columns: resultColumns.map(([title, , digits]) => ({ title, digits })),
      rows: ROWS,
    },
    {
      title: STATE,
      rowTitle: 'what',
      columns: [
        { title: 'ms', digits: 2 },
        { title: 'MB', digits: 2 },
      ],
      rows: ['checkpoint taken', 'checkpoint restored', 'frame of 10,000 hops'],
      note: 'The restored run is run again and has the same hash.',
    },
  ],
  bars: [
    { ...factor, text: AGAINST_PLAIN, bound: 1.5 },
    { ...factor, text: AGAINST_BEST, bound: 2.5 },
    { ...factor, text: AGAINST_SWITCH, bound: 1.35 },
    { text: EVENTS, sense: 'at least', bound: 5, unit: '', digits: 2 },
    { ...ms, text: CHECKPOINT, bound: 5 },
    { ...ms, text: RESTORE, bound: 2 },
    { ...ms, text: FRAME, bound: 0.5 },
  ],
  run,
};

export default bench;
