// `npm run swarm [-- --count N --from SEED --workers W]`: tries scenarios with the numbers from SEED
// on. A failure is made small and written to test/regress, where a test holds it from then on. The
// table at the end says how many scenarios saw each rare path.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Campaign, failureWithoutEnd, tryRange } from './campaign.ts';
import type { Range, Report } from './campaign.ts';

/** From this many scenarios on, every rare path must have been seen. */
const COMPLETE = 5_000;
/** A scenario that takes longer, making it small included, never ends. */
const PATIENCE_MS = 600_000;

/** What a thread is given: its range, and a word in which it says at which scenario it is. */
interface Errand {
  readonly range: Range;
  readonly at: Int32Array;
}

if (isMainThread) await command();
else {
  const { at, range } = workerData as Errand;
  tryRange(
    range,
    (seed) => Atomics.store(at, 0, seed),
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
    (report) => parentPort!.postMessage(report),
  );
}

async function command(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '1000' },
      from: { type: 'string', default: '1' },
      workers: { type: 'string', default: '2' },
    },
  });
  const [count, from, workers] = [values.count, values.from, values.workers].map(Number);
  if (![count, from, workers].every((number) => Number.isInteger(number) && number! > 0)) {
    console.error('--count, --from and --workers are whole numbers above 0.');
    process.exitCode = 2;
    return;
  }
  const campaign = new Campaign();
  const began = performance.now();
  let told = began;
  const each = (report: Report): void => {
    campaign.add(report);
    if (performance.now() < told + 2_000) return;
    told = performance.now();
    process.stderr.write(`\r${campaign.tried} of ${count!}, ${campaign.failed} failed `);
  };
  const ranges = Array.from({ length: workers! }, (_, index) => ({
    from: from! + index,
    to: from! + count!,
    step: workers!,
  }));
  await Promise.all(ranges.map((range) => inThread(range, each)));
  process.stderr.write('\r');
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  console.log(campaign.table());
  console.log(
    `\n${campaign.tried} scenarios, from ${from!} to ${from! + count! - 1}: ` +
      `${campaign.events} events in ${seconds} s, ${campaign.failed} failed`,
  );
  const missing = campaign.tried >= COMPLETE ? campaign.missing() : [];
  for (const name of missing) console.log(`Never seen: ${name}`);
  for (const { rule, detail, seed, path, text } of campaign.failures.values()) {
    mkdirSync('test/regress', { recursive: true });
    writeFileSync(path, text);
    console.log(`\nScenario ${seed} fails: ${rule}\n${detail}\nWritten: ${path}`);
  }
  if (campaign.failed > 0 || missing.length > 0) process.exitCode = 1;
}

/** Tries a range of scenarios in a thread of its own, and goes on behind one that never ends. */
async function inThread(range: Range, each: (report: Report) => void): Promise<void> {
  const at = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(process.argv[1]!, { workerData: { range, at } satisfies Errand });
  let [seen, since] = [-1, performance.now()];
  let stuckAt = -1;
  const watch = setInterval(() => {
    const seed = Atomics.load(at, 0);
    if (seed !== seen) [seen, since] = [seed, performance.now()];
    if (performance.now() < since + PATIENCE_MS) return;
    stuckAt = seed;
    void worker.terminate();
  }, 1_000);
  await new Promise<void>((resolve, reject) => {
    worker.on('message', each);
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });
  clearInterval(watch);
  if (stuckAt < 0) return;
  each(failureWithoutEnd(stuckAt));
  await inThread({ ...range, from: stuckAt + range.step }, each);
}
