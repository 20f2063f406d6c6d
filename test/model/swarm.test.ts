// Runs made by chance, each with its own mixture of parts and faults. The number in the title is
// the seed: `npx vitest run test/model/swarm.test.ts -t 'scenario 17 '` runs that one again.
import { describe, expect, it } from 'vitest';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import { streamFor } from '../../src/kernel/random.ts';
import { Database } from '../../src/model/components/database/database.ts';
import { Run } from '../../src/model/run.ts';
import { randomScenario } from './random-scenario.ts';
import { SECOND, expectDrained, expectSound, planOf } from './rehearsal.ts';

const seeds = Array.from({ length: 60 }, (_, index) => index + 1);

/** The longest a scenario may need; a run that never comes to rest meets it. */
const EVENTS_MAX = 3_000_000;

describe('any scenario', { timeout: 60_000 }, () => {
  it.each(seeds)('scenario %i is sound at all times and leaves nothing behind', (seed) => {
    const run = new Run(planOf(randomScenario(seed)));
    for (let half = 1; half <= 16; half++) {
      run.advance((half / 2) * SECOND);
      expectSound(run);
    }
    run.advance(Infinity, EVENTS_MAX);
    expect(run.ending?.kind).toBe('duration');
    expectDrained(run);
    expect(run.world.nodes.filter(({ slowness }) => slowness !== 1)).toEqual([]);
    for (const component of run.world.components) {
      if (component instanceof Database) expectHealed(component);
    }
  });

  it.each(seeds)('scenario %i is the same in slices, from tiny tables, after a seek', (seed) => {
    const plan = planOf(randomScenario(seed));
    const straight = new Run(plan);
    straight.advance(10 * SECOND);
    const stream = streamFor(String(seed), 'swarm', 'slices');
    const run = new Run(plan, 1);
    const seekAt = (1 + stream.below(5)) * SECOND;
    let checkpoint: Checkpoint | null = null;
    let hasSought = false;
    while (run.time < 10 * SECOND) {
      const to = Math.min(10 * SECOND, run.time + 1 + stream.uniform() * SECOND);
      run.advance(Math.floor(to), 1 + stream.below(5_000));
      if (checkpoint === null && run.time > seekAt) checkpoint = new Checkpoint(run);
      if (hasSought || run.time < seekAt + 2 * SECOND) continue;
      hasSought = true;
      checkpoint!.restore();
    }
    expect(hasSought).toBe(true);
    expect(run.hash).toBe(straight.hash);
    expect(run.world.calls.inUse).toBe(straight.world.calls.inUse);
  });
});

/** After every fault has ended: one history, one primary, everybody in step. */
function expectHealed(database: Database): void {
  const { counts, columns } = database.tally;
  const [writes, lost] = ['writes', 'lostWrites'].map((column) => counts[columns.indexOf(column)]!);
  const committed = database.shards.reduce((sum, { log }) => sum + log.last, 0);
  expect(lost).toBeLessThanOrEqual(writes!);
  // What is not in the history was taken beside it, and is lost.
  expect(writes! - committed).toBeLessThanOrEqual(lost!);
  expect(committed).toBeLessThanOrEqual(writes!);
  for (const { applied, believesPrimary, divergent, log, path, primary } of database.shards) {
    expect([...applied], path).toEqual([...applied].map(() => log.last));
    expect([...divergent], path).toEqual([...divergent].map(() => 0));
    expect([...believesPrimary], path).toEqual(
      [...applied].map((_, place) => +(place === primary)),
    );
  }
}
