/** Runs of the whole system around the present size of a cache, one after the other. */

import {
  ChainLink,
  chainSizes,
  chainSubject,
  type ChainRow,
  type ChainSubject,
} from '../../experiment/cache-chain.ts';
import type {
  ChainPoint,
  ChainResult,
  LaboratoryNews,
  LaboratoryTask,
} from '../../protocol/laboratory.ts';
import { loaded } from './run-curve.ts';
import { SteadyNews } from './steady-news.ts';

type ChainTask = Extract<LaboratoryTask, { readonly kind: 'chain' }>;

/** Sizes that are played, as multiples of the present one. */
const multiples = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8];
/** Events between two looks at the clock. */
const slice = 20_000;

export function chain(
  { text, file, cache }: ChainTask,
  tell: (news: LaboratoryNews) => void,
): ChainResult {
  const news = new SteadyNews(tell);
  const scenario = loaded(text, file);
  const subject = chainSubject(scenario, cache);
  const sizes = sizesAround(subject);
  const rows = sizes.map((size, turn) => {
    const link = new ChainLink(scenario, subject, size);
    const words = () => {
      const percent = Math.round(link.progress * 100);
      return `Playing size ${turn + 1} of ${sizes.length}: ${percent} % of the run`;
    };
    while (!link.advance(slice)) news.progress((turn + link.progress) / sizes.length, words);
    return link.row();
  });
  const operation = slowest(rows.find(({ isPresent }) => isPresent) ?? rows[0]!);
  return {
    cache,
    unit: subject.unit,
    points: rows.map((row) => pointOf(row, operation)),
    present: subject.present,
    store: subject.store,
    operation,
  };
}

/** None larger than all there is to hold, unless the present one is. */
function sizesAround(subject: ChainSubject): number[] {
  const { present, all, unit } = subject;
  const wanted = multiples
    .map((multiple) => Math.max(1, Math.round(Math.min(present * multiple, all))))
    .map((size) =>
      unit === 'bytes'
        ? { kind: 'bytes' as const, bytes: size }
        : { kind: 'entries' as const, entries: size },
    );
  return chainSizes(subject, wanted);
}

/** The operation of which the p99 is followed: the one that takes the longest. */
function slowest({ operations }: ChainRow): string {
  const names = Object.keys(operations);
  const p99 = (name: string) => operations[name]!.p99Ms ?? -1;
  return names.reduce((best, name) => (p99(name) > p99(best) ? name : best), names[0] ?? '');
}

function pointOf(row: ChainRow, operation: string): ChainPoint {
  return {
    capacity: row.capacity,
    size: row.size,
    hitRatio: row.hitRatio ?? NaN,
    storeLoad: row.storeRequestsPerSecond ?? NaN,
    p99Ms: row.operations[operation]?.p99Ms ?? NaN,
    cost: row.costPerMonth ?? NaN,
  };
}
