// Changes of the program that no test can notice, because they change nothing that can be seen.

/** @typedef {{file: string, line: string, replacement: string, reason: string}} Equivalent */

const HISTOGRAM = 'src/kernel/histogram.ts';
const GAUGE = 'src/kernel/gauge.ts';

const UNITS = 'src/base/units.ts';
const BALANCING = 'src/model/policies/balancing';
const EVICTION = 'src/model/policies/eviction';

const sign = 'the sign of zero is gone as soon as something is added or asked for';
const noFurther = 'an equal number replaces itself';
const countAbove = 'if (this.count === 0 || threshold >= this.greatest) return 0;';
const nothingAbove = 'the sum that follows is 0 as well when nothing is above';
const clearing = 'if (this.count > 0) this.counts.fill(';
const clearsNothing = 'of an empty histogram no bucket, or one that is empty, is cleared';

/** @type {readonly Equivalent[]} */
export const equivalents = [
  ...all(HISTOGRAM, 'private total = -0;', ['+0'], sign),
  ...all(HISTOGRAM, 'this.total = -0;', ['+0'], sign),
  ...all(
    HISTOGRAM,
    'if (value < this.least) this.least = value;',
    ['value <= this.least'],
    noFurther,
  ),
  ...all(
    HISTOGRAM,
    'if (value > this.greatest) this.greatest = value;',
    ['value >= this.greatest'],
    noFurther,
  ),
  ...all(
    HISTOGRAM,
    'return this.count === 0 ? NaN : this.total / this.count;',
    ['false'],
    '0 / 0 is no number either',
  ),
  ...all(
    HISTOGRAM,
    'if (below >= rank) {',
    ['below > rank'],
    'the slack keeps the rank off whole numbers',
  ),
  ...all(
    HISTOGRAM,
    countAbove,
    ['false', 'this.count === 0 && threshold >= this.greatest', 'threshold > this.greatest'],
    nothingAbove,
  ),
  ...all(HISTOGRAM, clearing, ['true', 'this.count >= 0'], clearsNothing),
  ...all(
    HISTOGRAM,
    'if (other.count === 0) return;',
    ['false'],
    'an empty histogram adds nothing and has no range',
  ),
  ...all(
    HISTOGRAM,
    'return index < 0 ? 0 : index < BUCKETS ? index : BUCKETS - 1;',
    ['index <= 0'],
    '0 is 0',
  ),
  ...all(GAUGE, 'private area = -0;', ['+0'], sign),
  ...all(GAUGE, 'private since = -0;', ['+0'], sign),
  ...all(GAUGE, 'this.area = -0;', ['+0'], sign),
  ...all(GAUGE, 'if (level > this.max) this.max = level;', ['level >= this.max'], noFurther),
  ...all(
    UNITS,
    "const mantissa = BigInt(`${whole!}${fraction}` || '0') * unit;",
    ['""'],
    'a number has digits, and the empty text would be 0 as well',
  ),
  ...all(
    UNITS,
    'if (power > 30 && mantissa > 0n) return Infinity;',
    ['false', 'power >= 30'],
    'so large a number is refused as well when it is computed in full',
  ),
  ...all(
    UNITS,
    'if (power >= 0) return Number(mantissa * powerOfTen(power));',
    ['power > 0'],
    'dividing by 1 rounds nothing',
  ),
  ...all(
    UNITS,
    "const repaired = text.replaceAll(/[\\s,_]/g, '').replace(/(?:rps|qps|req\\/s)$/i, '/s');",
    ['/(?:rps|qps|req\\/s)/i'],
    'with anything behind it the repaired text is no rate',
  ),
  ...all(
    UNITS,
    "const cured = repaired !== text && repaired !== '' && read(repaired).ok;",
    ['true', '"Stryker was here!"'],
    'the empty text cannot be read',
  ),
  ...all(
    `${BALANCING}/least-requests.ts`,
    'for (let index = 0; index < count; index++) {',
    ['index <= count'],
    'beyond the last instance there is no load to compare',
  ),
  ...all(
    `${BALANCING}/consistent-hash.ts`,
    'point = point + 1 === this.ring.points ? 0 : point + 1;',
    ['point - 1'],
    'where the end is met two points later, nobody owns those two',
  ),
  ...all(
    `${BALANCING}/two-choices.ts`,
    'if (healthyCount === 0) return -1;',
    ['false'],
    'nothing is drawn and none is best',
  ),
  ...all(
    `${BALANCING}/weighted.ts`,
    'if (best >= 0) this.credit[best]! -= total;',
    ['true'],
    'a typed array has no place -1',
  ),
  ...all(`${EVICTION}/fifo.ts`, 'accessed(): void {', ['{}'], 'it does nothing'),
  ...all(`${EVICTION}/random.ts`, 'accessed(): void {', ['{}'], 'it does nothing'),
  ...all(
    `${EVICTION}/lfu.ts`,
    'const group = first !== NONE && this.frequency[first] === 1',
    ['true'],
    'a typed array has no place -1',
  ),
  ...all(
    `${EVICTION}/lfu.ts`,
    'const frequency = this.frequency[group]! + 1;',
    ['this.frequency[group]! - 1'],
    'the numbers of the classes fall instead of rising, and are only compared for equality',
  ),
  ...all(
    `${EVICTION}/lfu.ts`,
    'above !== NONE && this.frequency[above] === frequency',
    ['true'],
    'a typed array has no place -1',
  ),
  ...all(
    `${EVICTION}/lfu.ts`,
    'if (above !== NONE) this.below[above] = group;',
    ['true'],
    'a typed array has no place -1',
  ),
  ...all(
    `${EVICTION}/lfu.ts`,
    'if (above !== NONE) this.below[above] = below;',
    ['true'],
    'a typed array has no place -1',
  ),
  ...all(
    'src/model/policies/sharding/jump.ts',
    'shardOf: (rank, _keys, shards) => jumpHash(Math.floor(rank / 4294967296), rank, shards),',
    ['rank * 4294967296'],
    'ranks are below 2^31, and the low 32 bits of the product are zero',
  ),
];

/**
 * @param {string} file
 * @param {string} line how the line begins in which the change is made, after its indentation
 * @param {string[]} replacements
 * @param {string} reason
 * @returns {Equivalent[]}
 */
function all(file, line, replacements, reason) {
  return replacements.map((replacement) => ({ file, line, replacement, reason }));
}
