/**
 * Every case there is: what is measured, and what is not, by group. A case is one entry in one
 * table; one that cannot be measured yet waits in `unmeasured.ts`.
 */

import { autoscaling } from './autoscaling.ts';
import { balancing } from './balancing.ts';
import { caches } from './caches.ts';
import { characteristicTimes } from './characteristic-time.ts';
import { coldCaches } from './cold-caches.ts';
import { conflicts } from './conflicts.ts';
import { disciplines } from './disciplines.ts';
import { envoy } from './envoy.ts';
import { evictions } from './evictions.ts';
import { fanOut } from './fan-out.ts';
import { hashRings } from './hash-rings.ts';
import { hashTables } from './hash-tables.ts';
import { laws } from './laws.ts';
import { networks } from './networks.ts';
import { overload } from './overload.ts';
import { queues } from './queues.ts';
import { replication } from './replication.ts';
import type { TheoryCase } from './theory-case.ts';
import { leftOut, notYet } from './unmeasured.ts';
import { writeBack } from './write-back.ts';
import type { UnmeasuredCase } from './unmeasured.ts';

/** Every case that is measured, in the order of the page. */
export const measuredCases: readonly TheoryCase[] = [
  ...queues,
  ...disciplines,
  ...networks,
  ...balancing,
  ...hashRings,
  ...hashTables,
  ...envoy,
  ...autoscaling,
  ...evictions,
  ...caches,
  ...writeBack,
  ...coldCaches,
  ...characteristicTimes,
  ...fanOut,
  ...replication,
  ...overload,
  ...conflicts,
  ...laws,
];

export interface Group {
  readonly title: string;
  readonly measured: readonly TheoryCase[];
  readonly notYet: readonly UnmeasuredCase[];
  readonly leftOut: readonly UnmeasuredCase[];
}

/** The first part of an id says the group. */
const TITLES: Readonly<Record<string, string>> = {
  Q: 'Queues',
  LB: 'Load balancing',
  C: 'Caches',
  R: 'Replication and availability',
  T: 'Tails of fan-outs',
  O: 'Overload and laws',
  I: 'Incidents',
  S: 'Published services',
};

export const groups: readonly Group[] = Object.entries(TITLES).map(([prefix, title]) => {
  const isHere = ({ id }: { readonly id: string }) => id.split('-')[0] === prefix;
  return {
    title,
    measured: measuredCases.filter(isHere),
    notYet: notYet.filter(isHere),
    leftOut: leftOut.filter(isHere),
  };
});
