// Scenarios made by chance: any mixture of components, parameters, populations and faults that the
// language allows, small enough that ten thousand of them can be run.
import type { Design, Fields, Named, Value } from './design.ts';
import { Frame } from './frame.ts';
import type { FrameOptions } from './frame.ts';
import { partsOf } from './parts.ts';
import type { Parts } from './parts.ts';
import { addCaching } from './random-caches.ts';
import { addClientCaches } from './random-clients.ts';
import { randomClaims } from './random-claims.ts';
import { balancer, cache, database, given, service } from './random-components.ts';
import { randomFaults } from './random-faults.ts';
import { programsOf } from './random-steps.ts';
import type { Programs } from './random-steps.ts';
import { traffic } from './random-traffic.ts';
import { repaired } from './repair.ts';

/** The scenario with this number. */
export function randomDesign(seed: number, options: FrameOptions = {}): Design {
  const frame = new Frame(seed, options);
  const { dice } = frame;
  const parts = partsOf(frame);
  const programs = programsOf(frame, parts);
  const components = componentsOf(frame, parts, programs);
  const whole: Design = {
    name: `Scenario ${seed}`,
    seed,
    duration: frame.time(frame.span),
    'warm-up': frame.time(dice.pick([0, 0, Math.round(frame.span / 4)])),
    zones: [...frame.zones],
    requirements: [],
    traffic: traffic(frame, parts, programs),
    data: dataOf(frame, parts),
    components,
    network: network(frame),
    faults: [],
    expect: [],
    limits: limits(frame),
  };
  const design = repaired(whole);
  const more = [...addCaching(frame, design), ...addClientCaches(frame, design)];
  design.faults = [...randomFaults(frame, design.components), ...more];
  design.requirements = randomClaims(frame, design);
  design.expect = randomClaims(frame, design);
  return design;
}

function componentsOf(frame: Frame, parts: Parts, programs: Programs): Named {
  const { dice } = frame;
  const named: [string, Fields][] = [];
  for (const [index, { name }] of parts.services.entries()) {
    const later = parts.services.slice(index + 1).map((each) => each.name);
    const callees = [...later, ...parts.caches, ...parts.databases];
    named.push([name, service(frame, programs.steps[name]!, callees)]);
  }
  for (const name of parts.caches) named.push([name, cache(frame, parts, name)]);
  for (const name of parts.databases) named.push([name, database(frame)]);
  for (const { name, to } of parts.balancers) {
    const [, target] = named.find(([other]) => other === to)!;
    named.push([name, balancer(frame, to, target)]);
  }
  return Object.fromEntries(dice.shuffled(named));
}

function dataOf(frame: Frame, parts: Parts): Named {
  const { dice } = frame;
  const popularities = ['uniform', 'zipf(0.99)', 'zipf(0)', 'zipf(3)', 'hotspot(10%, 90%)'];
  const entries = parts.datasets.map(({ name, storedIn, cachedIn }) => {
    const fields = given(frame, {
      keys: dice.pick([1, 10, 100, 1_000, 5_000]),
      size: dice.chance(0.5) ? dice.pick(['0B', '1B', '100B', '4KB', '20KB']) : null,
      popularity: dice.chance(0.8) ? dice.pick(popularities) : null,
      growth: dice.chance(0.1) ? '2/s' : null,
      'stored-in': storedIn,
      'cached-in': cachedIn.length === 0 ? null : [...cachedIn],
    });
    return [name, fields] as const;
  });
  return Object.fromEntries(entries);
}

function network(frame: Frame): Fields {
  const { dice } = frame;
  const maybeLoss = () =>
    !frame.isConstant && dice.chance(0.15) ? dice.pick(['1%', '10%']) : null;
  const bytesPerUnit = dice.pick([500, 5_000, 100_000]);
  const megabits = Math.ceil((bytesPerUnit * 8 * 1_000) / frame.unitNs);
  const maybeBandwidth = () => (!frame.isConstant && dice.chance(0.15) ? `${megabits}Mbps` : null);
  const links: Value[] = [];
  if (frame.zones.length > 1 && dice.chance(0.3)) {
    links.push(
      given(frame, {
        between: [frame.zones[0]!, frame.zones.at(-1)!],
        latency: dice.chance(0.7) ? frame.latency() : null,
        bandwidth: maybeBandwidth(),
        loss: maybeLoss(),
      }),
    );
  }
  return given(frame, {
    'same-zone': frame.latency(),
    'cross-zone': frame.latency(),
    clients: dice.chance(0.5) ? frame.latency() : null,
    loss: maybeLoss(),
    bandwidth: maybeBandwidth(),
    links: links.length === 0 ? null : links,
  });
}

/** Budgets so small that some runs meet them. */
function limits(frame: Frame): Fields {
  const { dice } = frame;
  if (frame.isConstant || !dice.chance(0.06)) return {};
  return dice.chance(0.5)
    ? { events: dice.between(1_000, 5_000) }
    : { 'requests-in-flight': dice.between(1, 30) };
}
