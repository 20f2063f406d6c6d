// The operations of the services of a random scenario, and what a call of each costs in events, so
// that the load can be made to fit.
import type { Fields, Step, Value } from './design.ts';
import type { Frame } from './frame.ts';
import type { Parts, ServicePart } from './parts.ts';

/** Events of a message there and one back, roughly. */
const CALL_COST = 3;
/** Operations that would cost more are made of work only. */
const COST_MAX = 120;

export interface Programs {
  /** By service, then by operation. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, Step[]>>>>;
  /** By service and operation with a dot between. */
  readonly costs: ReadonlyMap<string, number>;
}

export function programsOf(frame: Frame, parts: Parts): Programs {
  const costs = new Map<string, number>();
  const steps: Record<string, Record<string, Step[]>> = {};
  const later: ServicePart[] = [];
  for (const service of [...parts.services].reverse()) {
    const author = new StepAuthor(frame, parts, later, costs);
    const program: Record<string, Step[]> = {};
    for (const operation of service.operations) {
      let list = author.list(0);
      if (author.costOf(list) > COST_MAX) list = [{ work: frame.work() }];
      program[operation] = list;
      costs.set(`${service.name}.${operation}`, author.costOf(list));
    }
    steps[service.name] = program;
    later.push(service);
  }
  return { steps, costs };
}

class StepAuthor {
  private readonly frame: Frame;
  private readonly costs: ReadonlyMap<string, number>;
  private readonly callees: readonly { readonly name: string; readonly behind: string }[];
  private readonly operations: ReadonlyMap<string, readonly string[]>;
  private readonly stored: readonly string[];
  private readonly levels: ReadonlyMap<string, number>;

  constructor(
    frame: Frame,
    parts: Parts,
    later: readonly ServicePart[],
    costs: ReadonlyMap<string, number>,
  ) {
    this.frame = frame;
    this.costs = costs;
    this.operations = new Map(later.map(({ name, operations }) => [name, operations]));
    const direct = later.map(({ name }) => ({ name, behind: name }));
    const balanced = parts.balancers.filter(({ behind }) => this.operations.has(behind));
    this.callees = [...direct, ...balanced];
    const stored = parts.datasets.filter(({ storedIn }) => storedIn !== null);
    this.stored = stored.map(({ name }) => name);
    this.levels = new Map(stored.map(({ name, cachedIn }) => [name, cachedIn.length]));
  }

  list(depth: number): Step[] {
    return this.frame.dice.times(this.frame.dice.pick([1, 1, 2, 2, 3]), () => this.step(depth));
  }

  costOf(list: readonly Step[]): number {
    let cost = 0;
    for (const step of list) cost += this.costOfStep(step);
    return cost;
  }

  private step(depth: number): Step {
    const { dice, theme } = this.frame;
    const verbs = ['work', 'work', 'wait'];
    if (theme === 'urgency') verbs.push('work', 'work', 'work');
    if (this.stored.length > 0) verbs.push('read', 'read', 'write');
    if (this.callees.length > 0) verbs.push('call', 'call');
    if (depth < 3) verbs.push('parallel', 'choose', 'repeat');
    const verb = dice.pick(verbs);
    return { [verb]: this.detail(verb, depth) };
  }

  private detail(verb: string, depth: number): Value {
    const { dice } = this.frame;
    const inner = () => (dice.chance(0.1) ? [] : this.list(depth + 1));
    switch (verb) {
      case 'read':
      case 'write':
        return dice.pick(this.stored);
      case 'call': {
        const { name, behind } = dice.pick(this.callees);
        return `${name}.${dice.pick(this.operations.get(behind)!)}`;
      }
      case 'parallel':
        return this.parallel(depth, inner);
      case 'choose':
        return dice.shares(dice.between(1, 3)).map((share) => ({ share, do: inner() }));
      case 'repeat':
        return { times: dice.between(1, 3), do: inner() };
      default:
        return this.frame.work();
    }
  }

  /** All of several branches, some of them, or some of equal ones. */
  private parallel(depth: number, inner: () => Step[]): Value {
    const { dice } = this.frame;
    const times = dice.between(1, 3);
    const waitFor = { 'wait-for': dice.between(1, times) };
    if (dice.chance(0.2)) return { times, ...(dice.chance(0.8) ? waitFor : {}), steps: inner() };
    const branches = dice.times(times, () => (dice.chance(0.3) ? this.step(depth + 1) : inner()));
    return dice.chance(0.3) ? { ...waitFor, branches } : branches;
  }

  private costOfStep(step: Step): number {
    const [verb, detail] = Object.entries(step)[0]!;
    switch (verb) {
      case 'read':
      case 'write':
        return CALL_COST * 1.5 * (1 + this.levels.get(detail as string)!);
      case 'call': {
        const [name, operation] = (detail as string).split('.');
        const { behind } = this.callees.find((callee) => callee.name === name)!;
        return 2 * CALL_COST + this.costs.get(`${behind}.${operation!}`)!;
      }
      case 'parallel': {
        const { branches = detail, times = 1, steps = branches } = detail as Fields;
        return Number(times) * this.costOf((steps as (Step | Step[])[]).flat());
      }
      case 'choose':
        return Math.max(...(detail as { do: Step[] }[]).map((option) => this.costOf(option.do)));
      case 'repeat': {
        const { times, do: inner } = detail as unknown as { times: number; do: Step[] };
        return times * this.costOf(inner);
      }
      default:
        return 1;
    }
  }
}
