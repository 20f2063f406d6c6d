// What `npm run same` makes of its runs: a table with one column for each engine, and the list of
// everything that is not the same, or that would make sameness worth nothing.

/** @typedef {{scenario: string, seed: string, isOwnSeed: boolean}} Job */
/** @typedef {{hash: string, events: number | null}} Outcome null events: the engine tells none */
/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {(job: Job) => Promise<Outcome | null>} run null: this engine leaves the job out
 * @property {() => Promise<string | null>} fingerprint of log, exp and pow
 * @property {() => Promise<void>} close
 */
/** @typedef {{engine: string, outcomes: (Outcome | null)[], fingerprint: string | null}} Column */

/**
 * The table's lines. The first column is the one that the others are held against.
 * @param {readonly Job[]} jobs
 * @param {readonly Column[]} columns
 * @param {string} golden what every fingerprint must be
 * @returns {string[]}
 */
export function tableOf(jobs, columns, golden) {
  const [first] = columns;
  const rows = jobs.map(({ scenario, seed }, row) => {
    const wanted = first?.outcomes[row] ?? null;
    const marks = columns.map(({ outcomes }) => {
      const outcome = outcomes[row] ?? null;
      if (outcome === null) return '–';
      return isSame(outcome, wanted) ? 'same' : `DIFFERS: ${outcome.hash} ${outcome.events ?? ''}`;
    });
    return [scenario, seed, String(wanted?.events ?? '–'), wanted?.hash ?? '–', ...marks];
  });
  const prints = columns.map(({ fingerprint }) => {
    if (fingerprint === null) return '–';
    return fingerprint === golden ? 'same' : `DIFFERS: ${fingerprint}`;
  });
  const head = ['scenario', 'seed', 'events', 'hash', ...columns.map(({ engine }) => engine)];
  const last = ['log, exp, pow', '', '', 'golden', ...prints];
  return aligned([head, ...rows, last]);
}

/**
 * @param {readonly Job[]} jobs
 * @param {readonly Column[]} columns
 * @param {string} golden
 * @returns {string[]} a sentence for each thing that is wrong; empty when all is the same
 */
export function troubleIn(jobs, columns, golden) {
  const [first, ...others] = columns;
  if (first === undefined || others.length === 0) return ['There is nothing to compare.'];
  /** @type {string[]} */
  const trouble = [];
  /** @type {Map<string, string>} */
  const seen = new Map();
  jobs.forEach(({ scenario, seed }, row) => {
    const run = `${scenario} with seed ${seed}`;
    const wanted = first.outcomes[row] ?? null;
    if (wanted === null || !/^[0-9a-f]{16}$/.test(wanted.hash) || !wanted.events) {
      trouble.push(`${run} has no hash in ${first.engine}.`);
      return;
    }
    const twin = seen.get(wanted.hash);
    if (twin !== undefined) trouble.push(`${run} has the hash of ${twin}.`);
    seen.set(wanted.hash, run);
    for (const { engine, outcomes } of others) {
      const outcome = outcomes[row] ?? null;
      if (outcome !== null && !isSame(outcome, wanted)) {
        trouble.push(`${run} is ${outcome.hash} in ${engine}, ${wanted.hash} in ${first.engine}.`);
      }
    }
  });
  for (const { engine, outcomes, fingerprint } of columns) {
    if (outcomes.every((outcome) => outcome === null)) trouble.push(`${engine} ran nothing.`);
    if (fingerprint !== null && fingerprint !== golden) {
      trouble.push(`log, exp and pow give ${fingerprint} in ${engine}; golden is ${golden}.`);
    }
  }
  return trouble;
}

/**
 * @param {Outcome} outcome
 * @param {Outcome | null} wanted
 */
function isSame({ hash, events }, wanted) {
  return hash === wanted?.hash && (events === null || events === wanted.events);
}

/**
 * Columns as wide as their widest cell.
 * @param {readonly string[][]} rows
 * @returns {string[]}
 */
function aligned(rows) {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
