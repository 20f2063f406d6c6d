// Queues of which a number changes while they run: before and after each is the queue of its
// formula. Values after L. Kleinrock, Queueing Systems 1, 1975, chapter 3.
import { describe, expect, test } from 'vitest';
import { finished, operation } from '../model/rehearsal.ts';

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
/** Two-sided Student quantile of 99.9 % with one degree of freedom less than there are seeds. */
const studentT = 5.408;

/** Seconds of each stretch, and how many at its beginning the queue has to settle. */
const stretch = 600;
const settling = 60;

/** An M/M/1 queue of 50 requests a second, of which a worker does 100. */
function queue(changes: string, seed: number): ReturnType<typeof finished> {
  return finished(
    `
name: A queue
seed: ${seed}
duration: ${3 * stretch}s
traffic: { app: { rate: 50/s, to: server } }
components:
  server:
    kind: service
    workers: 1
    queue: unlimited
    operations: { get: [ { work: exponential(10ms) } ] }
faults: [ ${changes} ]
`,
  );
}

/** Mean wait (ms) and share of busy time in each third of the run, for each seed. */
function stretches(changes: string): { readonly wait: number[]; readonly busy: number[] }[] {
  const thirds = [0, 1, 2].map(() => ({ wait: [] as number[], busy: [] as number[] }));
  for (const seed of seeds) {
    const { tally } = queue(changes, seed).world.component('server').nodes[0]!.station!;
    for (const [third, { busy, wait }] of thirds.entries()) {
      const from = third * stretch + settling;
      const to = (third + 1) * stretch;
      wait.push(tally.sum('waitNs', from, to) / tally.sum('started', from, to) / 1e6);
      busy.push(tally.sum('busyArea', from, to) / ((to - from) * 1e9));
    }
  }
  return thirds;
}

function expectAbout(values: readonly number[], theory: number): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = studentT * Math.sqrt(squares / (values.length - 1) / values.length);
  // An interval that is too wide would agree with anything.
  expect(half / theory).toBeLessThan(0.25);
  expect(Math.abs(mean - theory)).toBeLessThan(half);
}

describe('M/M/1', () => {
  test('with its rate raised for a while: ρ / (μ − λ) before, meanwhile and after', () => {
    const change = `{ at: ${stretch}s, change: app.rate, to: 80/s, for: ${stretch}s }`;
    const [before, meanwhile, after] = stretches(change);
    for (const { busy, wait } of [before!, after!]) {
      expectAbout(wait, 10);
      expectAbout(busy, 0.5);
    }
    expectAbout(meanwhile!.wait, 40);
    expectAbout(meanwhile!.busy, 0.8);
  });

  test('that gets a second worker: M/M/2 from then on', () => {
    const changes = [
      `{ at: 0s, change: app.rate, to: 80/s }`,
      `{ at: ${stretch}s, change: server.workers, to: 2, for: ${stretch}s }`,
    ];
    const [before, meanwhile, after] = stretches(changes.join(', '));
    for (const { wait } of [before!, after!]) expectAbout(wait, 40);
    // Erlang's C of 0.8 on two workers is 8 / 35; over 2 μ − λ.
    expectAbout(meanwhile!.wait, (8 / 35 / 120) * 1e3);
    expectAbout(meanwhile!.busy, 0.8);
  });
});

test('Poisson arrivals have the new rate at once, and are Poisson still', () => {
  const counts: number[] = [];
  for (let seed = 1; seed <= 400; seed++) {
    const run = finished(`
name: A trickle
seed: ${seed}
duration: 1s
traffic: { app: { rate: 1/s, to: server } }
components: { server: { kind: service, operations: { get: [ { work: 1us } ] } } }
faults: [ { at: 500ms, change: app.rate, to: 100/s } ]
`);
    counts.push(operation(run, 'get').tally.sum('offered', 5, 6));
  }
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
  // Four standard deviations each: of a mean of 400 counts, and of their variance.
  expect(Math.abs(mean - 10)).toBeLessThan(4 * Math.sqrt(10 / 400));
  expect(Math.abs(variance / 10 - 1)).toBeLessThan(4 * Math.sqrt((2 + 1 / 10) / 400));
});
