/**
 * The catalogue: everything a scenario file can say, as Markdown, written from the descriptions
 * that the checker uses. It cannot fall behind the program.
 */

import { balancingPolicies } from '../model/balancing.ts';
import { components } from '../model/components.ts';
import { disciplines } from '../model/discipline.ts';
import { evictionPolicies } from '../model/eviction.ts';
import { faults } from '../model/faults.ts';
import { shardingPolicies } from '../model/sharding.ts';
import { claimMetrics } from './claim-metrics.ts';
import { introduction } from './catalogue-introduction.ts';
import {
  dataFields,
  faultFields,
  limitFields,
  linkFields,
  networkFields,
  topFields,
  trafficFields,
} from './fields.ts';
import { lawForms } from './laws.ts';
import { limits } from './limits.ts';
import { cell, parameterTable, table } from './markdown.ts';
import { shapeForms } from './shape-forms.ts';
import { stepDescriptions, stepExamples } from './step-words.ts';
import { topLevel } from './top-level.ts';
import type { ComponentDefinition } from '../model/component.ts';
import type { FaultDefinition } from '../model/fault.ts';

/** One decision of a component and the ways to take it. */
interface PolicySlot {
  readonly title: string;
  /** Where the word stands in a file. */
  readonly key: string;
  readonly policies: Iterable<{
    readonly name: string;
    readonly summary: string;
    readonly source: string;
  }>;
}

const policySlots: readonly PolicySlot[] = [
  { title: 'Balancing', key: '`policy:`', policies: balancingPolicies.values() },
  { title: 'Queueing discipline', key: '`discipline:`', policies: disciplines.values() },
  { title: 'Eviction', key: '`eviction:`', policies: evictionPolicies.values() },
  { title: 'Sharding', key: '`shards: 4 by …`', policies: shardingPolicies.values() },
].map((slot) => ({ ...slot, policies: [...slot.policies] }));

/** The whole catalogue as Markdown. */
export function catalogue(): string {
  const parts = [
    introduction,
    '## The file',
    table(
      ['key', 'what it holds'],
      Object.entries(topLevel).map(([key, text]) => [code(key), text]),
    ),
    parameterTable(topFields),
    ...trafficPart(),
    '## Data',
    'Each entry under `data:` is a dataset.',
    parameterTable(dataFields),
    '## Components',
    'Each entry under `components:` has a `kind` and the parameters of that kind.',
    ...[...components.values()].flatMap(componentPart),
    ...stepsPart(),
    '## Policies',
    ...policySlots.flatMap(policyPart),
    ...lawsPart(),
    ...networkPart(),
    ...faultsPart(),
    ...claimsPart(),
    ...limitsPart(),
  ];
  return `${parts.join('\n\n')}\n`;
}

function trafficPart(): readonly string[] {
  const forms = Object.values(shapeForms).map(({ example, description }) => [
    code(example),
    description,
  ]);
  return [
    '## Traffic',
    'Each entry under `traffic:` is a population of clients. It has one of `rate`, `users` and ' +
      '`clients`, and asks for one `operation` or for a `mix` of them: ' +
      '`mix: { view-photo: 95%, post-photo: 5% }`. The keys of a request are drawn from the ' +
      'dataset that its operation reaches first; `{ share: 95%, keys: photos }` names another. A ' +
      'population that goes straight to a cache or a database has the operations `read` and ' +
      '`write` and must name its `keys`.',
    parameterTable(trafficFields),
    '### Shapes',
    'The list under `shape:` changes the rate over time.',
    table(['form', 'what it does'], forms),
  ];
}

function componentPart(definition: ComponentDefinition): readonly string[] {
  const { name, summary, parameters, metrics } = definition;
  const rows = metrics.map((metric) => [code(metric.name), metric.unit, metric.description]);
  const own =
    metrics.length === 0 ? [] : ['Metrics of its own:', table(['metric', 'unit', 'meaning'], rows)];
  return [`### ${name}`, summary, parameterTable(parameters), ...own];
}

function stepsPart(): readonly string[] {
  const rows = Object.entries(stepDescriptions).map(([verb, description]) => [
    code(verb),
    description,
    code(stepExamples[verb] ?? ''),
  ]);
  return [
    '## Steps',
    'An operation of a service is a list of steps, each a map with a single verb. A call names a ' +
      'service or a load balancer, and the operation after a dot where that is not the only one ' +
      'or the one of the same name.',
    table(['verb', 'what it does', 'example'], rows),
  ];
}

function policyPart(slot: PolicySlot): readonly string[] {
  const rows = [...slot.policies].map(({ name, summary, source }) => [code(name), summary, source]);
  return [
    `### ${slot.title}`,
    `The word after ${slot.key}.`,
    table(['word', 'what it does', 'source'], rows),
  ];
}

function lawsPart(): readonly string[] {
  return [
    '## Laws',
    'A duration that varies is written as a law. `arrivals:` takes the same laws for the time ' +
      'between two requests, with plain numbers, because the rate sets their mean: `erlang(2)`, ' +
      '`gamma(shape 0.5)`.',
    table(
      ['law', 'meaning'],
      lawForms.map((form) => [code(form.syntax), form.description]),
    ),
  ];
}

function networkPart(): readonly string[] {
  return [
    '## Network',
    parameterTable(networkFields),
    'Each item of `links:` names a pair of zones, `between: [a, b]`, and what differs there.',
    parameterTable(linkFields),
  ];
}

const targetWords: Readonly<Record<FaultDefinition['targets'], string>> = {
  node: 'a path',
  'node-or-zones': 'a path, or two zones `[a, b]`',
  parameter: 'a parameter',
};

function faultsPart(): readonly string[] {
  const rows = [...faults.values()].map(({ name, summary, targets, hasEnd, factor }) => {
    const by = factor === null ? [] : [`\`by\` (${factor.min}x to ${factor.max}x)`];
    const to = targets === 'parameter' ? ['`to`'] : [];
    const keys = ['`at`', ...to, ...by, ...(hasEnd ? ['`for`'] : [])];
    return [code(name), summary, targetWords[targets], keys.join(', ')];
  });
  return [
    '## Faults',
    'Each item of `faults:` has one verb and what it happens to: `{ at: 2m, crash: api/3 }`. A ' +
      'path is a component (`redis`), an instance (`api/3`), a node (`redis/node-2`), a shard ' +
      '(`db/shard-2`), a part of a shard (`db/shard-2/primary`, `…/replica-1`, `…/node-1`), or ' +
      'everything in a zone (`zone/a`). Numbers count from 1.',
    table(['verb', 'what happens', 'to what', 'keys'], rows),
    parameterTable(faultFields),
    'A parameter is named by its path, as for `--set`: ' +
      '`{ at: 30s, change: api.workers, to: 64 }`. The value is ' +
      'written as in its place in the file. Those that can change while a run goes on are marked ' +
      '**live** in the tables above; of a group that is, all can.',
  ];
}

/** What a claim that is not about components may name. */
const owners = { requests: 'operation, population', clients: 'population' } as const;

function claimsPart(): readonly string[] {
  const units = {
    ns: 'duration',
    share: 'share',
    'per-second': 'rate',
    count: 'whole number',
    number: 'number',
    money: 'price',
  } as const;
  const rows = claimMetrics.map(({ name, subject, kinds, needsSubject, unit, description }) => {
    const owner = subject === 'component' ? (kinds ?? ['component']).join(', ') : owners[subject];
    return [code(name), needsSubject ? owner : `(${owner})`, units[unit], description];
  });
  return [
    '## Claims',
    'A line of `requirements:` or `expect:` is `metric [of subject] [time] comparison value`. ' +
      'The comparisons are `<`, `<=`, `>`, `>=`, `=` and `!=`. The time is `at T` (the second ' +
      'that T lies in), `between T and T`, `after T` or `before T`; without one it is the run ' +
      'after the warm-up. A subject in parentheses may be left out; everything together is ' +
      'meant then. A component may also be a part of one, such as `db/shard-2`.',
    table(['metric', 'subject', 'value', 'meaning'], rows),
  ];
}

function limitsPart(): readonly string[] {
  const rows = [
    ['bytes of a file', String(limits.fileBytes)],
    ['lines', String(limits.lines)],
    ['depth of lists and maps', String(limits.depth)],
    ['keys and list items', String(limits.keys)],
    ['characters of a value', String(limits.stringLength)],
    ['characters of a name', String(limits.labelLength)],
    ['characters of a claim', String(limits.claimLength)],
    ['components', String(limits.components)],
    ['instances and nodes in all', String(limits.instances)],
    ['connections between components', String(limits.edges)],
    ['steps in all', String(limits.steps)],
    ['alternatives', String(limits.alternatives)],
    ['changes', String(limits.changes)],
    ['keys of a dataset', String(limits.datasetKeys)],
  ];
  return [
    '## Limits',
    'A run stops at these budgets, with what it has until then; `limits:` changes them.',
    parameterTable(limitFields),
    'A file may have at most:',
    table(['what', 'most'], rows),
  ];
}

function code(text: string): string {
  return text === '' ? '' : `\`${cell(text)}\``;
}
