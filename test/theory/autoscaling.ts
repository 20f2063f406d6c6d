/**
 * How many instances an autoscaler asks for, by its rule and in a run.
 *
 * Source: Kubernetes documentation, Horizontal Pod Autoscaling, and its blog of 28 April 2025 on
 * the tolerance (fifty at 90 % with a target of 75 % become sixty).
 */

import { desiredInstances } from '../../src/model/components/service/scaling-rule.ts';
import { readMetrics } from './compare.ts';
import { counted } from './finding.ts';
import type { Finding } from './finding.ts';
import type { MeasuredCase, MeasureOptions } from './theory-case.ts';

/** Share of busy workers, and how many instances it makes of fifty. */
const KNOWN = [
  [0.9, 60],
  [0.8, 50],
  [0.4, 27],
] as const;

export const autoscaling: readonly MeasuredCase[] = [
  {
    id: 'LB-HPA',
    title: 'As many as the target asks for',
    about:
      'Fifty instances at 90, 80 and 40 % with a target of 75 % and a tolerance of 10 %: what the ' +
      'rule asks for, and how many there are in a run after the first decision. Theory: Kubernetes ' +
      'documentation, Horizontal Pod Autoscaling.',
    files: ['lb-hpa'],
    seconds: 1,
    measure: (options) => KNOWN.flatMap((known) => measureScaling(known, options)),
  },
];

function measureScaling(
  [busy, expected]: (typeof KNOWN)[number],
  options: MeasureOptions,
): Finding[] {
  const aim = { target: 0.75, tolerance: 0.1 };
  const set = [{ path: 'clients.rate', value: `${5_000 * busy}/s` }];
  const after = ['instances of server between 25s and 30s'];
  const [inRun] = readMetrics('lb-hpa', after, { ...options, set });
  const percent = `${busy * 100} %`;
  return [
    counted(
      `asked for at ${percent}`,
      expected,
      desiredInstances({ ready: 50, unready: 0, busy }, aim),
    ),
    counted(`in a run at ${percent}`, expected, inRun!.measured),
  ];
}
