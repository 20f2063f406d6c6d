// A campaign tries many scenarios and sums up what they showed.
import { textOf } from './design.ts';
import { randomDesign } from './random-design.ts';
import { shrunk } from './shrink.ts';
import { sightings } from './sightings.ts';
import { tryScenario } from './trial.ts';

/** Numbers of scenarios: from `from` to below `to`, each `step` apart. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

export interface Failure {
  readonly rule: string;
  readonly detail: string;
  readonly seed: number;
  /** Where the small scenario belongs, and the scenario. */
  readonly path: string;
  readonly text: string;
}

/** What one scenario showed. */
export interface Report {
  readonly seen: readonly string[];
  readonly events: number;
  readonly failure: Failure | null;
}

/**
 * Tries each scenario of a range; of those that break the same rule the first is made small. Before
 * each it says which comes now.
 */
export function tryRange(
  { from, to, step }: Range,
  begin: (seed: number) => void,
  tell: (report: Report) => void,
): void {
  const known = new Set<string>();
  for (let seed = from; seed < to; seed += step) {
    begin(seed);
    const design = randomDesign(seed);
    const { complaint, events, seen } = tryScenario(textOf(design));
    let failure: Failure | null = null;
    if (complaint !== null) {
      const { rule, detail } = complaint;
      const isNew = !known.has(rule);
      known.add(rule);
      const fails = (text: string) => tryScenario(text).complaint?.rule === rule;
      const small = isNew ? shrunk(design, (smaller) => fails(textOf(smaller))) : design;
      const head = `# Found by scenario ${seed} of the swarm, and made small.\n# Broken: ${rule}.\n`;
      failure = { rule, detail, seed, path: pathFor(rule, seed), text: head + textOf(small) };
    }
    tell({ seen: [...seen], events, failure });
  }
}

/** The report of a scenario that never ends, and so cannot be made small by trying. */
export function failureWithoutEnd(seed: number): Report {
  const rule = 'it never ends';
  const head = `# Found by scenario ${seed} of the swarm.\n# Broken: ${rule}.\n`;
  const text = head + textOf(randomDesign(seed));
  const failure = { rule, detail: 'given up', seed, path: pathFor(rule, seed), text };
  return { seen: [], events: 0, failure };
}

/** `test/regress/no-row-is-left-17.yaml` */
function pathFor(rule: string, seed: number): string {
  const words = rule.toLowerCase().match(/[a-z0-9]+/g) ?? ['failure'];
  return `test/regress/${words.slice(0, 8).join('-')}-${seed}.yaml`;
}

export class Campaign {
  tried = 0;
  failed = 0;
  events = 0;
  /** The smallest failure of each rule. */
  readonly failures = new Map<string, Failure>();
  private readonly counts = new Map<string, number>(sightings.map((name) => [name, 0]));

  add({ events, failure, seen }: Report): void {
    this.tried++;
    this.events += events;
    for (const name of seen) this.counts.set(name, this.counts.get(name)! + 1);
    if (failure === null) return;
    this.failed++;
    const known = this.failures.get(failure.rule);
    if (known === undefined || failure.text.length < known.text.length) {
      this.failures.set(failure.rule, failure);
    }
  }

  /** Rare paths that no scenario took. */
  missing(): string[] {
    return sightings.filter((name) => this.counts.get(name) === 0);
  }

  /** How many scenarios saw each, the rarest first. */
  table(): string {
    const rows = [...this.counts].sort(([, left], [, right]) => left - right);
    return rows.map(([name, count]) => `${String(count).padStart(8)}  ${name}`).join('\n');
  }
}
