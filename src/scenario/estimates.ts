/**
 * The sums of a design document, worked out from the file alone and shown beside what the run
 * measures: rates from users, storage, bandwidth.
 */

import { formatCount, formatSize } from '../base/format-units.ts';
import { divisionOf } from './paths.ts';
import type { ComponentPlan, DatasetPlan, PopulationPlan } from '../model/plan.ts';
import type { Population } from './traffic.ts';

/** One estimated number. */
export interface Estimate {
  /** What is estimated, such as `rate of app`. */
  readonly name: string;
  /** The sum as a person would write it, with its result. */
  readonly text: string;
  /** The result: requests per second, bytes, or bytes per second, as `text` says. */
  readonly value: number;
}

const YEAR_SECONDS = 365 * 86_400;

export function estimatesOf(
  populations: readonly Population[],
  datasets: readonly DatasetPlan[],
  components: ReadonlyMap<string, ComponentPlan>,
): readonly Estimate[] {
  return [
    ...populations.flatMap((population) => rateEstimates(population)),
    ...populations.flatMap(({ plan }) => bandwidthEstimate(plan)),
    ...datasets.flatMap((dataset) => storageEstimates(dataset, components)),
  ];
}

function rateEstimates({ plan, users }: Population): readonly Estimate[] {
  if (users === null) return [];
  const day = `${formatCount(users.users)} users × ${users.requestsEach} requests ÷ 86400 s`;
  const mean = rounded(users.meanRate);
  const peak = `${mean}/s × ${users.peak} = ${rounded(users.rate)}/s`;
  return [
    { name: `mean rate of ${plan.name}`, text: `${day} = ${mean}/s`, value: users.meanRate },
    { name: `peak rate of ${plan.name}`, text: peak, value: users.rate },
  ];
}

function bandwidthEstimate(plan: PopulationPlan): readonly Estimate[] {
  if (plan.rate === null) return [];
  const value = plan.rate * plan.requestSize;
  const size = formatSize(plan.requestSize);
  const text = `${rounded(plan.rate)}/s × ${size} = ${roundedSize(value)}/s`;
  return [{ name: `requests of ${plan.name} on the wire`, text, value }];
}

function storageEstimates(
  dataset: DatasetPlan,
  components: ReadonlyMap<string, ComponentPlan>,
): readonly Estimate[] {
  const store = dataset.storedIn === null ? undefined : components.get(dataset.storedIn);
  const copies = store === undefined ? 1 : divisionOf(store).replicas + 1;
  const copiesText = copies === 1 ? '' : ` × ${copies} copies`;
  const each = formatSize(dataset.size);
  const now = dataset.keys * dataset.size * copies;
  const estimates = [
    {
      name: `storage of ${dataset.name}`,
      text: `${formatCount(dataset.keys)} × ${each}${copiesText} = ${roundedSize(now)}`,
      value: now,
    },
  ];
  if (dataset.growthPerSecond === null) return estimates;
  const records = dataset.growthPerSecond * YEAR_SECONDS;
  const year = records * dataset.size * copies;
  estimates.push({
    name: `growth of ${dataset.name} a year`,
    text: `${rounded(records)} × ${each}${copiesText} = ${roundedSize(year)}`,
    value: year,
  });
  return estimates;
}

/** Three significant digits, with the suffixes of counts. */
function rounded(value: number): string {
  return formatCount(Number(value.toPrecision(3)));
}

/** Three significant digits in decimal units. */
function roundedSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];
  let value = Number(bytes.toPrecision(3));
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toPrecision(3))}${units[unit]!}`;
}
