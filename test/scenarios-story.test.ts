// The comments of the scenarios say what each alternative does to the story. Claims in the language
// of the files hold them to it. Only photo-feed is left out: its alternatives change one number each
// and promise nothing.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Experiment } from '../src/experiment/experiment.ts';
import { judgeExpectation } from '../src/experiment/verdict.ts';
import { formatDiagnostics } from '../src/scenario/diagnostics.ts';
import { loadScenario } from '../src/scenario/load.ts';
import type { Setting } from '../src/scenario/settings.ts';

const folder = join(import.meta.dirname, '../scenarios');
const unpromising = ['photo-feed'];

/** By scenario and alternative: what is true of the run then. */
const promises: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  stampede: {
    'larger-database': ['max queue of pages-db < 20', 'p99 of view < 400ms'],
    jitter: ['max queue of pages-db > 100'],
    'single-flight': ['max queue of pages-db < 20', 'p99 of view < 400ms'],
  },
  'stampede-protections': {
    'single-flight': [
      'max queue of pages-db = 0',
      'p99 of view < 300ms',
      'coalesced of redis > 500',
    ],
    'global-single-flight': [
      'max queue of pages-db = 0',
      'p99 of view < 300ms',
      'coalesced of redis > 500',
    ],
    lease: ['max queue of pages-db = 0', 'p99 of view < 300ms', 'coalesced of redis > 5000'],
    'early-expiry': [
      'max queue of pages-db = 0',
      'p99 of view < 10ms',
      'early fetches of redis > 5',
    ],
    'stale-while-revalidate': [
      'max queue of pages-db = 0',
      'p99 of view < 10ms',
      'hit ratio of redis > 99.9%',
    ],
  },
  'browser-caches': {
    'nobody-keeps-anything': [
      'availability < 90%',
      'utilisation of web > 99%',
      'client stale reads of readers = 0',
    ],
    'short-lived': [
      'client stale reads of readers < 1500',
      'client stale reads of readers after 48s = 0',
      'utilisation of web > 80%',
    ],
    'little-room': ['client hit ratio of readers < 15%', 'availability < 95%'],
    'purged-edge': [
      'stale reads of edge < 1000',
      'stale reads of edge after 46s = 0',
      'utilisation of web < 3%',
      'p50 of view >= 40ms',
    ],
    'browsers-behind-an-edge': [
      'client stale reads of readers > 10k',
      'client stale reads of readers after 75s > 100',
      'utilisation of web < 3%',
    ],
  },
  'cold-restart': {
    'one-by-one-from-replicas': ['availability > 99.9%', 'utilisation of store after 20s < 40%'],
    'traffic-comes-back-slowly': ['availability > 99.9%', 'p99 of read < 100ms'],
  },
  'resize-modulo': {
    'consistent-hash': ['moved keys of redis < 5k', 'availability > 99.9%', 'p99 of read < 100ms'],
    'consistent-hash-slowly': ['moved keys of redis < 5k', 'availability > 99.9%'],
    'modulo-slowly': ['moved keys of redis > 15k', 'availability > 99.9%'],
  },
  'add-workers': {
    'short-lines': [
      'availability between 62s and 130s > 66%',
      'p99 of order < 1s',
      'availability between 132s and 180s > 99.9%',
    ],
    'at-once': ['availability between 62s and 80s < 76%', 'availability after 81s > 99.9%'],
    'more-workers': [
      'instances of api = 4',
      'goodput of order between 90s and 110s < 5/s',
      'availability between 125s and 180s > 99.9%',
    ],
  },
  'autoscaled-spike': {
    faster: [
      'availability between 62s and 80s > 50%',
      'availability between 95s and 210s > 99.9%',
      'failed after 210s = 0',
    ],
    headroom: [
      'utilisation of api before 60s < 45%',
      'instances of api between 40s and 60s = 6',
      'availability between 62s and 95s > 75%',
      'availability between 97s and 210s > 99.9%',
    ],
    fixed: ['instances of api = 3', 'availability between 62s and 210s < 45%'],
  },
  'blind-window': {
    'retry-elsewhere': [
      'availability between 12s and 16s > 99.5%',
      'p99 of open-page between 40s and 46s > 900ms',
    ],
    'impatient-retry': ['availability > 99.8%', 'p99 of open-page < 200ms'],
    'faster-probes': [
      'availability between 14s and 30s > 99.9%',
      'availability between 43s and 55s > 99.9%',
      'availability between 72s and 85s < 83%',
    ],
    'least-requests': [
      'availability between 12s and 16s < 60%',
      'availability between 72s and 85s > 99.9%',
    ],
  },
  'cdn-launch': {
    pushed: ['availability > 99.9%', 'origin requests of edge = 0'],
    shielded: ['availability between 1s and 3s > 75%', 'bytes from origin of shield < 3G'],
    uncoalesced: ['coalesced of edge = 0', 'origin requests of edge > 4000'],
  },
  'cold-memory': {
    flash: ['availability after 12s > 99.9%'],
    'more-workers': ['availability after 12s > 99.9%', 'p99 of look-up after 12s < 20ms'],
    'all-in-memory': [
      'memory hit ratio of orders-db before 10s > 99%',
      'availability between 11s and 13s < 90%',
    ],
  },
  'two-level-staleness': {
    told: ['stale reads of memory < 1000', 'p50 of view < 1.3ms'],
    'short-lived': ['stale reads of memory < 5000', 'hit ratio of memory < 70%'],
    'shared-only': ['stale reads of memory < 100', 'p50 of view > 2ms'],
  },
  'cold-cache': {
    'kept-contents': ['availability after 18s > 99.9%', 'availability between 15s and 17s < 60%'],
    'one-by-one': ['availability > 96%', 'availability between 16s and 40s > 99%'],
    'larger-database': ['availability > 99.9%'],
  },
  'double-write-race': {
    'delete-instead': ['older fills of redis < 30', 'stale reads of redis > 500'],
    'write-through': ['older fills of redis < 60', 'stale reads of redis < 1000'],
    messages: ['max stale age of redis < 101ms', 'stale reads of redis > 10000'],
  },
  'even-by-hash': {
    'more-points': ['imbalance of ring-pool before 30s < 1.12', 'wait of ring-pool < 60ms'],
    bounded: ['p99 of by-ring < 100ms', 'wait of ring-pool before 30s < 10ms'],
  },
  'hot-shard': {
    'by-hash': ['availability > 99.9%', 'imbalance of posts-db < 1.3'],
    'more-shards': ['availability between 22s and 45s < 95%', 'utilisation of posts-db < 15%'],
    cached: ['availability > 99.9%', 'utilisation of posts-db/shard-1 < 60%'],
  },
  'outlier-ejection': {
    'probes-only': ['ejections of edge = 0', 'availability between 21s and 94s < 88%'],
    'no-limit': [
      'ejections of edge > 8',
      'availability between 163s and 179s < 1%',
      'availability between 192s and 200s > 99.9%',
    ],
    'no-limit-but-panic': ['ejections of edge > 8', 'availability between 163s and 200s > 99.9%'],
  },
  'panic-threshold': {
    'retry-elsewhere': ['goodput of in-panic between 26s and 44s < 50/s'],
    'short-line': ['goodput of by-checks between 26s and 44s > 700/s'],
  },
  partition: {
    'primary-in-the-east': [
      'lost writes = 0',
      'availability of east > 99.9%',
      'availability of west between 17s and 45s < 1%',
    ],
    'no-failover': [
      'lost writes = 0',
      'availability of west > 99.9%',
      'availability of east between 17s and 45s < 1%',
    ],
    'quick-failover': ['lost writes < 1500', 'availability of east after 20s > 99.9%'],
  },
  'primary-dies': {
    'fail-fast': ['shed = 0', 'p99 of open-chat < 40ms', 'utilisation of api < 10%'],
    'more-threads': ['shed = 0', 'p99 of open-chat between 14s and 21s < 60ms'],
    synchronous: ['lost writes = 0', 'p50 of send-message before 12s > 40ms'],
    'hasty-monitor': ['availability after 19s > 99.9%'],
  },
  'priority-failover': {
    'one-group': ['arrivals of api/11 before 30s > 700', 'p90 of search before 30s > 85ms'],
    'no-surplus': [
      'arrivals of api/11 between 35s and 60s > 200',
      'arrivals of api/11 between 65s and 90s > 570',
      'p90 of search between 35s and 60s > 85ms',
    ],
  },
  'replayed-trace': {
    counting: ['hit ratio of redis = 57%', 'arrivals of products-db = 43'],
    larger: ['hit ratio of redis = 57%'],
    faster: ['hit ratio of redis = 35%', 'arrivals of products-db before 1500ms = 65'],
  },
  'retry-storm': {
    budget: ['goodput between 18s and 22s < 10/s', 'goodput after 30s > 950/s'],
    backoff: ['goodput after 20s < 10/s', 'attempts after 60s > 100k'],
    'short-queue': ['goodput between 14s and 18s > 400/s', 'goodput after 19s > 950/s'],
    'newest-first': ['goodput after 20s > 950/s', 'max queue of shop > 900'],
    'more-machines': ['goodput after 20s < 10/s'],
  },
  'round-robin-vs-two-choices': {
    'least-requests': ['p99 of by-choice < 160ms', 'wait of right-pool before 15s > 3ms'],
    blind: ['p99 of by-choice > 400ms', 'wait of right-pool before 15s > 30ms'],
  },
  'scan-resistance': {
    's3-fifo': [
      'availability > 99.9%',
      'p99 of view < 100ms',
      'arrivals of products-db between 40s and 50s < 1400',
    ],
    arc: [
      'availability > 99.9%',
      'p99 of view < 100ms',
      'arrivals of products-db between 40s and 50s < 1400',
    ],
    'two-queues': [
      'availability > 99.9%',
      'p99 of view < 100ms',
      'arrivals of products-db between 40s and 50s < 1600',
    ],
  },
  'single-queue': {
    busier: ['mean of serve > 17ms', 'mean of serve < 23ms'],
    'steady-work': ['wait of desk > 3.7ms', 'wait of desk < 4.3ms'],
    'two-desks': ['wait of desk < 0.5ms'],
  },
  'stale-replicas': {
    'parallel-apply': ['replication lag < 200ms', 'stale reads < 1200'],
    'read-the-primary': ['stale reads = 0', 'utilisation of prices-db/shard-1/node-1 > 35%'],
    synchronous: ['availability of merchants between 20s and 30s < 10%'],
  },
  'working-set-drift': {
    'lfu-ageing': [
      'hit ratio of redis between 40s and 60s > 75%',
      'utilisation of stories-db after 30s < 50%',
      'availability > 99.9%',
    ],
    'w-tiny-lfu': [
      'hit ratio of redis between 40s and 60s > 72%',
      'utilisation of stories-db after 30s < 55%',
      'availability > 99.9%',
    ],
    lru: ['hit ratio of redis between 40s and 60s > 83%', 'availability > 99.9%'],
  },
  'write-back-loss': {
    'write-through': ['lost writes = 0', 'p50 of like > 8ms'],
    'flush-often': [
      'lost writes of counters > 450',
      'lost writes of counters < 700',
      'p99 of like < 2ms',
    ],
    'cache-aside': ['lost writes = 0', 'utilisation of likes-db > 40%', 'p50 of like > 8ms'],
  },
  'write-strategies': {
    'leave-the-copy': [
      'hit ratio of redis > 80%',
      'stale reads of redis > 15000',
      'p99 stale age of redis > 30s',
      'max stale age of redis < 61s',
    ],
    'update-the-copy': [
      'hit ratio of redis > 80%',
      'stale reads of redis < 200',
      'p99 stale age of redis < 5ms',
    ],
    messages: [
      'hit ratio of redis < 53%',
      'stale reads of redis > 1500',
      'max stale age of redis < 101ms',
    ],
    'write-through': [
      'hit ratio of redis > 80%',
      'stale reads of redis < 100',
      'utilisation of prices-db < 42%',
    ],
    'write-back': [
      'p99 of set-price < 2ms',
      'utilisation of prices-db < 25%',
      'coalesced writes of redis > 10000',
      'stale reads of redis = 0',
    ],
  },
};

function textOf(name: string): string {
  return readFileSync(join(folder, `${name}.yaml`), 'utf8');
}

/** Claims about an alternative, in words, that do not hold; empty when all is as promised. */
function brokenPromises(name: string, alternative: string): readonly string[] {
  const text = textOf(name);
  const file = `scenarios/${name}.yaml`;
  const settings = loadScenario(text, { file }).scenario!.alternatives[alternative]!;
  const expectations: Setting = {
    path: 'expect',
    value: JSON.stringify(promises[name]![alternative]),
  };
  const { scenario, diagnostics } = loadScenario(text, { file, set: [...settings, expectations] });
  expect(formatDiagnostics(diagnostics, text)).toBe('');
  const experiment = new Experiment(scenario!);
  experiment.run.advance(Infinity);
  return scenario!.expect
    .map((claim) => judgeExpectation(experiment, claim))
    .filter(({ holds }) => !holds)
    .map(({ text: claim, measuredText }) => `${claim}: ${measuredText}`);
}

test('every alternative of a story has a promise', () => {
  const names = readdirSync(folder).map((file) => file.replace(/\.yaml$/, ''));
  for (const name of names.filter((each) => !unpromising.includes(each))) {
    const { scenario } = loadScenario(textOf(name), { file: name });
    const promised = new Set(Object.keys(promises[name] ?? {}));
    expect([name, promised]).toEqual([name, new Set(Object.keys(scenario!.alternatives))]);
  }
});

describe.each(Object.keys(promises))('in the story %s', (name) => {
  test.each(Object.keys(promises[name]!))(
    'the alternative %s does what its comment says',
    (alternative) => {
      expect(brokenPromises(name, alternative)).toEqual([]);
    },
    60_000,
  );
});
