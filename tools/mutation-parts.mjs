// The parts of the program that `npm run mutation` changes on purpose, and the tests that have to
// notice. Every part lists only tests that are quick and close to it.

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string[]} mutate globs of source files
 * @property {string[]} tests test files
 * @property {string[]} [leftOut] kinds of mutants that say nothing here
 */

/** Sentences of assertions and words of the catalogue are not behaviour. */
const words = ['StringLiteral'];

/** @type {readonly Part[]} */
export const parts = [
  {
    name: 'policies',
    mutate: ['src/model/policies/**/*.ts'],
    tests: [
      'test/model/balancing.test.ts',
      'test/model/eviction.test.ts',
      'test/model/policies/*.test.ts',
      'test/model/sharding.test.ts',
      'test/model/station.test.ts',
    ],
    leftOut: words,
  },
  {
    name: 'histogram and gauge',
    mutate: ['src/kernel/histogram.ts', 'src/kernel/gauge.ts', 'src/kernel/run-hash.ts'],
    tests: [
      'test/kernel/gauge.test.ts',
      'test/kernel/histogram-edges.test.ts',
      'test/kernel/histogram.test.ts',
      'test/kernel/run-hash.test.ts',
    ],
    leftOut: words,
  },
  {
    name: 'agenda',
    mutate: [
      'src/kernel/agenda.ts',
      'src/kernel/delay-line.ts',
      'src/kernel/event-heap.ts',
      'src/kernel/event-table.ts',
      'src/kernel/rung.ts',
      'src/kernel/simulation.ts',
    ],
    tests: [
      'test/kernel/agenda.test.ts',
      'test/kernel/delay-line.test.ts',
      'test/kernel/event-tables.test.ts',
      'test/kernel/simulation.test.ts',
    ],
    leftOut: words,
  },
  {
    name: 'checkpoint',
    mutate: ['src/kernel/checkpoint.ts'],
    tests: ['test/kernel/checkpoint.test.ts'],
    leftOut: words,
  },
  {
    name: 'mathematics',
    mutate: ['src/kernel/math.ts', 'src/kernel/special-functions.ts', 'src/kernel/random.ts'],
    tests: [
      'test/kernel/math.test.ts',
      'test/kernel/random.test.ts',
      'test/kernel/special-functions.test.ts',
    ],
    leftOut: words,
  },
  {
    name: 'laws of chance',
    mutate: [
      'src/kernel/alias-table.ts',
      'src/kernel/distribution*.ts',
      'src/kernel/zipf*.ts',
      'src/kernel/popularity*.ts',
      'src/kernel/popularity/*.ts',
    ],
    tests: [
      'test/kernel/alias-table.test.ts',
      'test/kernel/distribution.test.ts',
      'test/kernel/popularity.test.ts',
    ],
    leftOut: words,
  },
  {
    name: 'units',
    mutate: ['src/base/units.ts'],
    tests: ['test/base/units-answers.test.ts', 'test/base/units.test.ts'],
  },
  {
    name: 'reading text',
    mutate: [
      'src/scenario/call-syntax.ts',
      'src/scenario/claims.ts',
      'src/scenario/paths.ts',
      'src/scenario/prescan.ts',
      'src/scenario/source-text.ts',
      'src/scenario/syntax-errors.ts',
    ],
    tests: [
      'test/scenario/claims.test.ts',
      'test/scenario/input.test.ts',
      'test/scenario/invalid.test.ts',
      'test/scenario/load.test.ts',
    ],
  },
];

/** The part that the environment names; the configurations of the tools are made for it. */
export function chosenPart() {
  const name = process.env['GAMEDAY_MUTATION_PART'];
  const part = parts.find((one) => one.name === name);
  if (part === undefined) throw new Error(`GAMEDAY_MUTATION_PART names no part: ${name}`);
  return part;
}
