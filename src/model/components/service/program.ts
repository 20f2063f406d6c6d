/**
 * A program is a service's operations compiled to integers: three numbers an instruction, and
 * tables for what does not fit into numbers.
 */

import type { DistributionSpec } from '../../../kernel/distribution.ts';
import type { Step } from '../../parameters.ts';

export const Op = Object.freeze({
  /** The operation is over. */
  end: 0,
  /** (law) Hold a worker. */
  work: 1,
  /** (law) Let time pass. */
  wait: 2,
  /** (call) Call another component. */
  call: 3,
  /** (dataset) */
  read: 4,
  /** (dataset) */
  write: 5,
  /** (fork, continue at) Start branches and wait for all of them. */
  fork: 6,
  /** A branch is over. */
  branchEnd: 7,
  /** (choice) Continue at one of several places. */
  choose: 8,
  /** (place) Continue there. */
  jump: 9,
  /** (gathering, continue at) Start branches and wait for the good ends of some of them. */
  gather: 10,
} as const);

export const INSTRUCTION = 3;

/** Longest program of one service, in instructions; `repeat` is unrolled. */
export const PROGRAM_MAX = 10_000;

export interface Program {
  /** `INSTRUCTION` numbers each. */
  readonly code: Int32Array;
  readonly laws: readonly DistributionSpec[];
  readonly calls: readonly { readonly component: string; readonly operation: string | null }[];
  /** Names of the datasets that are read or written. */
  readonly datasets: readonly string[];
  /** Places where the branches of a fork begin. */
  readonly forks: readonly (readonly number[])[];
  /** The same of those that do not wait for all, and how many good ends they wait for. */
  readonly gatherings: readonly {
    readonly places: readonly number[];
    readonly needed: number;
  }[];
  readonly choices: readonly {
    readonly shares: readonly number[];
    readonly places: readonly number[];
  }[];
  /** Where each operation begins, by number. */
  readonly starts: readonly number[];
  readonly names: readonly string[];
}

/** Where a choice goes on; `draw` is from 0 to below 1. */
export function chosenPlace({ choices }: Program, choice: number, draw: number): number {
  const { shares, places } = choices[choice]!;
  let left = draw;
  for (let option = 0; option < shares.length - 1; option++) {
    left -= shares[option]!;
    if (left < 0) return places[option]!;
  }
  return places[places.length - 1]!;
}

/** Compiles the operations of one service, in the order of their names in the file. */
export function compile(operations: Readonly<Record<string, readonly Step[]>>): Program {
  const compiler = new Compiler();
  const names = Object.keys(operations);
  const starts = names.map((name) => {
    const start = compiler.here;
    compiler.steps(operations[name]!);
    compiler.emit(Op.end, 0, 0);
    return start;
  });
  return Object.freeze({ ...compiler.tables(), starts, names });
}

class Compiler {
  private readonly code: number[] = [];
  private readonly laws: DistributionSpec[] = [];
  private readonly calls: { component: string; operation: string | null }[] = [];
  private readonly datasets: string[] = [];
  private readonly forks: number[][] = [];
  private readonly gatherings: { places: number[]; needed: number }[] = [];
  private readonly choices: { shares: number[]; places: number[] }[] = [];

  get here(): number {
    return this.code.length / INSTRUCTION;
  }

  tables() {
    const { laws, calls, datasets, forks, gatherings, choices } = this;
    return { code: Int32Array.from(this.code), laws, calls, datasets, forks, gatherings, choices };
  }

  emit(op: number, first: number, second: number): number {
    return this.code.push(op, first, second) / INSTRUCTION - 1;
  }

  steps(steps: readonly Step[]): void {
    for (const step of steps) this.step(step);
  }

  private step(step: Step): void {
    switch (step.kind) {
      case 'work':
        this.emit(Op.work, this.laws.push(step.time) - 1, 0);
        return;
      case 'wait':
        this.emit(Op.wait, this.laws.push(step.time) - 1, 0);
        return;
      case 'call':
        this.emit(Op.call, this.calls.push(step) - 1, 0);
        return;
      case 'read':
        this.emit(Op.read, this.dataset(step.dataset), 0);
        return;
      case 'write':
        this.emit(Op.write, this.dataset(step.dataset), 0);
        return;
      case 'parallel':
        this.parallel(step.branches, step.waitFor);
        return;
      case 'choose':
        this.choose(step.options);
        return;
      case 'repeat':
        for (let time = 0; time < step.times; time++) this.steps(step.steps);
    }
  }

  private dataset(name: string): number {
    const known = this.datasets.indexOf(name);
    return known >= 0 ? known : this.datasets.push(name) - 1;
  }

  private parallel(branches: readonly (readonly Step[])[], needed: number | undefined): void {
    const places: number[] = [];
    const fork =
      needed === undefined
        ? this.emit(Op.fork, this.forks.push(places) - 1, 0)
        : this.emit(Op.gather, this.gatherings.push({ places, needed }) - 1, 0);
    // Equal branches are one list of steps and share their instructions.
    const known = new Map<readonly Step[], number>();
    for (const branch of branches) {
      const place = known.get(branch) ?? this.here;
      places.push(place);
      if (known.has(branch)) continue;
      known.set(branch, place);
      this.steps(branch);
      this.emit(Op.branchEnd, 0, 0);
    }
    this.code[fork * INSTRUCTION + 2] = this.here;
  }

  private choose(options: readonly { share: number; steps: readonly Step[] }[]): void {
    const choice = { shares: options.map((option) => option.share), places: [] as number[] };
    this.emit(Op.choose, this.choices.push(choice) - 1, 0);
    const jumps: number[] = [];
    for (const option of options) {
      choice.places.push(this.here);
      this.steps(option.steps);
      jumps.push(this.emit(Op.jump, 0, 0));
    }
    for (const jump of jumps) this.code[jump * INSTRUCTION + 1] = this.here;
  }
}
