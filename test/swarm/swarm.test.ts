// Some of the swarm with every run of the tests; `npm run swarm` tries thousands. A failure here is
// made small by `npm run swarm -- --count 1 --from <the number of the scenario>`.
import { expect, test } from 'vitest';
import { Campaign, tryRange } from './campaign.ts';
import { sightings } from './sightings.ts';

const COUNT = 400;

/** Paths so rare that so few scenarios may miss them; `npm run swarm` demands these as well. */
const RARE = new Set([
  'a cache lost acknowledged writes',
  'a cut-off primary took writes beside the history',
  'writes beside the history were lost',
  'the limit of events was met',
  'the limit of requests in flight was met',
]);

const campaign = new Campaign();

test(
  'hundreds of random scenarios keep every law, and rest once they are healed',
  { timeout: 300_000 },
  () => {
    const begin = () => undefined;
    tryRange({ from: 1, to: COUNT + 1, step: 1 }, begin, (report) => campaign.add(report));
    expect([...campaign.failures.values()]).toEqual([]);
    expect(campaign.tried).toBe(COUNT);
  },
);

test('they take nearly every rare path', () => {
  expect(campaign.missing().filter((name) => !RARE.has(name))).toEqual([]);
  expect(sightings.length).toBeGreaterThan(45);
});
