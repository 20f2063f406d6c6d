// The faults that are planted on purpose, one at a time, to see whether the tests find them. Each
// replaces a snippet of one source file, which must stand there exactly once, and names the tests
// that ought to notice. The program itself knows nothing of this.

/**
 * @typedef {object} Plant
 * @property {string} name
 * @property {string} fault what goes wrong, in a few words
 * @property {string} file
 * @property {string} snippet
 * @property {string} instead
 * @property {string[]} tests files, the quickest first
 */

/** Random scenarios under all laws; not a test of the ordinary suite, which tries more of them. */
export const SMALL_SWARM = 'test/planted/small-swarm.ts';
const STORY = 'test/scenarios-story.test.ts';

/** @type {readonly Plant[]} */
export const plants = [
  {
    name: 'tie-to-the-first',
    fault: 'among equally loaded instances always the first is picked',
    file: 'src/model/policies/balancing/least-requests.ts',
    snippet: 'let left = ties === 1 ? 0 : this.stream.below(ties);',
    instead: 'let left = 0;',
    tests: ['test/model/balancing.test.ts', 'test/theory/balancing.test.ts'],
  },
  {
    name: 'hit-counted-twice',
    fault: 'a hit of a cache is counted twice',
    file: 'src/model/components/cache/look-up.ts',
    snippet: '    counts[Column.hits]!++;\n    workings.nodeTallies',
    instead: '    counts[Column.hits]! += 2;\n    workings.nodeTallies',
    tests: ['test/model/components/cache.test.ts', 'test/theory/caches.test.ts', STORY],
  },
  {
    name: 'lost-retry',
    fault: 'every third retry is counted and never sent',
    file: 'src/model/edge.ts',
    snippet: 'this.counts[RETRIES]!++;\n        this.attempt(row);',
    instead: 'if (++this.counts[RETRIES]! % 3 !== 0) this.attempt(row);',
    tests: ['test/model/behaviour.test.ts', 'test/model/odd-combinations.test.ts', SMALL_SWARM],
  },
  {
    name: 'one-entry-too-many',
    fault: 'a cache holds one entry more than it may',
    file: 'src/model/cache-store.ts',
    snippet: 'while (this.size >= limits.entries ||',
    instead: 'while (this.size > limits.entries ||',
    tests: [
      'test/model/cache-store.test.ts',
      'test/model/components/cache.test.ts',
      'test/theory/caches.test.ts',
    ],
  },
  {
    name: 'one-place-too-many',
    fault: 'a queue holds one request more than it may',
    file: 'src/model/station.ts',
    snippet: 'if (this.line.length >= this.capacity) {',
    instead: 'if (this.line.length > this.capacity) {',
    tests: ['test/model/station.test.ts', 'test/theory/queues.test.ts'],
  },
  {
    name: 'late-is-ok',
    fault: 'an answer after the deadline counts as ok',
    file: 'src/model/operation-metrics.ts',
    snippet: 'this.counts[late ? LATE : OK]!++;',
    instead: 'this.counts[OK]!++;',
    tests: ['test/model/behaviour.test.ts', SMALL_SWARM, STORY],
  },
  {
    name: 'logarithm-of-the-engine',
    fault: "the kernel uses the engine's own logarithm",
    file: 'src/kernel/math.ts',
    snippet: 'let high = words[1]!;',
    instead: 'let high = words[1]!;\n  if (x > 0) return Math.log(x);',
    tests: ['test/planted/plants.test.ts', 'test/kernel/math.test.ts'],
  },
  {
    name: 'shared-stream',
    fault: 'components draw from one random stream a purpose',
    file: 'src/model/world.ts',
    snippet: 'return streamFor(this.plan.seed, component, purpose);',
    instead:
      '{ this.lent ??= {}; return (this.lent[purpose] ??= ' +
      'streamFor(this.plan.seed, component, purpose)); }',
    tests: ['test/model/streams.test.ts', STORY],
  },
  {
    name: 'promoted-without-loss',
    fault: 'a replica that is promoted has all that it never received',
    file: 'src/model/components/database/database.ts',
    snippet: 'const kept = shard.applied[place]!;',
    instead: 'const kept = shard.log.last;',
    tests: ['test/model/components/database.test.ts', STORY],
  },
  {
    name: 'timeout-not-cancelled',
    fault: 'the alarm of a timeout goes off although the answer has come',
    file: 'src/model/edge.ts',
    snippet: 'if (words[at + TIMER] !== NONE) this.timers.stop(row);',
    instead: '',
    tests: ['test/model/behaviour.test.ts', 'test/model/odd-combinations.test.ts', SMALL_SWARM],
  },
  {
    name: 'histogram-edge',
    fault: 'a number on the edge of two buckets counts in the lower one',
    file: 'src/kernel/histogram.ts',
    snippet: 'number[0] = value;',
    instead: 'number[0] = value * (1 - 2.220446049250313e-16);',
    tests: ['test/kernel/histogram.test.ts', 'test/model/segmented-histogram.test.ts'],
  },
  {
    name: 'too-small-a-share',
    fault: 'processor sharing divides by one request more than there are',
    file: 'src/model/shared-station.ts',
    snippet: 'return Math.min(1, this.workers / this.heap.length);',
    instead: 'return Math.min(1, this.workers / (this.heap.length + 1));',
    tests: ['test/model/shared-station.test.ts', 'test/theory/disciplines.test.ts'],
  },
  {
    name: 'area-after-the-change',
    fault: 'the area under the queue is brought up to date after a request has left',
    file: 'src/model/station.ts',
    snippet: 'this.settleQueue();\n    this.line.remove(row);',
    instead: 'this.line.remove(row);\n    this.settleQueue();',
    tests: ['test/model/station.test.ts', 'test/theory/laws.test.ts', SMALL_SWARM],
  },
  {
    name: 'ring-without-wrap',
    fault: 'keys beyond the last point of a hash ring stay with it',
    file: 'src/model/hash-ring.ts',
    snippet: 'return low === this.points ? 0 : low;',
    instead: 'return low === this.points ? low - 1 : low;',
    tests: ['test/model/hash-ring.test.ts', 'test/theory/hash-rings.test.ts'],
  },
  {
    name: 'one-attempt-too-many',
    fault: 'a failed attempt is retried once more often than allowed',
    file: 'src/model/edge.ts',
    snippet: 'this.calls.attempt(row) >= this.retries.attempts',
    instead: 'this.calls.attempt(row) > this.retries.attempts',
    tests: ['test/model/behaviour.test.ts', 'test/model/odd-combinations.test.ts'],
  },
];

/**
 * The text of a file with a fault in it. A snippet that is not there exactly once is an error: the
 * program has changed, and the list must follow.
 * @param {Plant} plant
 * @param {string} text
 * @returns {string}
 */
export function planted({ name, file, snippet, instead }, text) {
  const times = text.split(snippet).length - 1;
  if (times !== 1) {
    throw new Error(`The plant ${name} wants its snippet once in ${file}, found ${times} times`);
  }
  return text.replace(snippet, () => instead);
}

/** The fault that the environment asks for, or null. */
export function wantedPlant() {
  const name = process.env['GAMEDAY_PLANT'];
  if (name === undefined || name === '') return null;
  const plant = plants.find((one) => one.name === name);
  if (plant === undefined) throw new Error(`GAMEDAY_PLANT names no fault: ${name}`);
  return plant;
}
