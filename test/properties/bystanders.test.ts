// What is added to a design and has nothing to do with the rest changes nothing of the rest: not its
// luck, not its numbers, not the order of what happens.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { RunHash } from '../../src/kernel/run-hash.ts';
import { Edge } from '../../src/model/edge.ts';
import { FaultWorks } from '../../src/model/fault-works.ts';
import { hashText } from '../../src/model/hash-ring.ts';
import type { Node } from '../../src/model/node.ts';
import { Run } from '../../src/model/run.ts';
import type { Design, Fields, Named } from '../swarm/design.ts';
import { randomDesign } from '../swarm/random-design.ts';
import { booksOf, happeningsOf, planOf, runOf } from './books.ts';
import type { Books } from './books.ts';

const patient = { timeout: 120_000 };
const seeds = fc.integer({ min: 1, max: 1_000_000 });

/** Parts that nobody calls; the balancer leads to something that is in use. */
function idlePart(kind: string, design: Design): Fields {
  const service = Object.keys(design.components).find(
    (name) => design.components[name]!['kind'] === 'service',
  );
  switch (kind) {
    case 'service':
      return { kind, instances: 2, operations: { get: [{ work: 'exponential(1ms)' }] } };
    case 'cache':
      return { kind, nodes: 3, capacity: '5 entries', ttl: '1s ±20%' };
    case 'database':
      return { kind, shards: 2, replicas: 1, failover: { probe: '7ms', detect: '9ms' } };
    default:
      if (service === undefined) return idlePart('cache', design);
      return { kind, to: service, policy: 'random', 'health-check': { every: '3ms' } };
  }
}

/** The named things with another one at some place among them. */
function withAnother(named: Named, name: string, thing: Fields, place: number): Named {
  const entries = Object.entries(named);
  entries.splice(place % (entries.length + 1), 0, [name, thing]);
  return Object.fromEntries(entries);
}

function about(books: Books, isLeftOut: (name: string) => boolean): Books {
  return Object.fromEntries(Object.entries(books).filter(([name]) => !isLeftOut(name)));
}

const isIdle = (name: string) => /(^| )idle/.test(name);

/** A scenario without budgets: whoever is added takes its part of them. */
function unlimited(seed: number): Design {
  return { ...randomDesign(seed), limits: {} };
}

/** A run to its end, with a hash over the events of everybody but the idle component. */
function listenedTo(design: Design): { readonly run: Run; readonly hash: string } {
  const run = new Run(planOf(design));
  const { simulation } = run.world;
  const { owners } = simulation as unknown as { readonly owners: readonly unknown[] };
  const hash = new RunHash();
  const dispatch = simulation.dispatch.bind(simulation);
  simulation.dispatch = (owner, kind, first, second) => {
    const who = nameOf(owners[owner]);
    // A start-up has its number among all, which one of the idle component shifts.
    const node = owners[owner] instanceof FaultWorks ? startUpsOf(owners[owner])[first]!.path : '';
    if (!isIdle(who) && !isIdle(node)) {
      hash.event(simulation.now, hashText(who + node) ^ kind, node === '' ? first : 0, second);
    }
    dispatch(owner, kind, first, second);
  };
  run.advance(Infinity);
  return { run, hash: hash.toString() };
}

function startUpsOf(works: FaultWorks): readonly Node[] {
  return (works as unknown as { readonly startUps: readonly Node[] }).startUps;
}

/** The name of an owner of events: of a component, of an edge with both its ends, of a class. */
function nameOf(owner: unknown): string {
  if (owner instanceof Edge) return `${owner.from} > ${owner.to.name}`;
  const { name, constructor } = owner as { readonly name?: string; readonly constructor: Function };
  return name ?? constructor.name;
}

test('an unused component leaves the books and events of all others as they are', patient, () => {
  const kinds = fc.constantFrom('service', 'cache', 'database', 'load-balancer');
  fc.assert(
    fc.property(seeds, kinds, fc.nat(20), (seed, kind, place) => {
      const design = unlimited(seed);
      const plain = listenedTo(design);
      const part = idlePart(kind, design);
      const components = withAnother(design.components, 'idle', part, place);
      const fuller = listenedTo({ ...design, components });
      expect(fuller.hash).toBe(plain.hash);
      expect(about(booksOf(fuller.run), isIdle)).toEqual(booksOf(plain.run));
      expect(happeningsOf(fuller.run, /\bidle\b/)).toEqual(happeningsOf(plain.run));
    }),
    { numRuns: 60 },
  );
});

test('an unused component that is never probed or struck leaves the hash as it is', patient, () => {
  fc.assert(
    fc.property(seeds, fc.constantFrom('service', 'cache'), fc.nat(20), (seed, kind, place) => {
      const design = { ...unlimited(seed), faults: [] };
      const part = idlePart(kind, design);
      const components = withAnother(design.components, 'idle', part, place);
      expect(runOf({ ...design, components }).hash).toBe(runOf(design).hash);
    }),
    { numRuns: 60 },
  );
});

test('clients of a service of their own change nothing for anybody else', patient, () => {
  const mine = {
    kind: 'service',
    workers: 2,
    operations: { idling: [{ work: 'exponential(1ms)' }] },
  };
  const ask = { rate: '500/s', to: 'idle', timeout: '3ms', retries: { attempts: 2 } };
  fc.assert(
    fc.property(seeds, fc.nat(20), fc.nat(20), (seed, first, second) => {
      // Messages of all share the links, and so the draws of their latency.
      const design = { ...unlimited(seed), network: { 'cross-zone': '1ms' } };
      const plain = runOf(design);
      const fuller = runOf({
        ...design,
        components: withAnother(design.components, 'idle', mine, first),
        traffic: withAnother(design.traffic, 'idlers', ask, second),
      });
      const isMine = (name: string) => isIdle(name) || /idlers|operation idling/.test(name);
      expect(about(booksOf(fuller), isMine)).toEqual(booksOf(plain));
    }),
    { numRuns: 60 },
  );
});

test('the order of the components in the file changes nobody’s numbers', patient, () => {
  fc.assert(
    fc.property(seeds, fc.infiniteStream(fc.nat(1_000)), (seed, order) => {
      const design = unlimited(seed);
      const entries = Object.entries(design.components);
      const keys = new Map(entries.map(([name]) => [name, order.next().value as number]));
      const shuffled = entries.sort(([left], [right]) => keys.get(left)! - keys.get(right)!);
      const other = runOf({ ...design, components: Object.fromEntries(shuffled) });
      expect(booksOf(other)).toEqual(booksOf(runOf(design)));
    }),
    { numRuns: 60 },
  );
});
