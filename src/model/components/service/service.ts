/**
 * A service at work. Each call is a row that walks through the program of its operation; a branch
 * of a parallel step is a row of its own inside the same node.
 *
 * Without `blocking` a worker is held only during `work`, and each `work` stands in line again;
 * with it, a worker is held from the start of the operation to its answer.
 */

import { assert } from '../../../base/assert.ts';
import type { Sampler } from '../../../kernel/distribution.ts';
import type { Stream } from '../../../kernel/random.ts';
import { accessFor } from '../../access-path.ts';
import { Box } from '../../box.ts';
import { EVENT, NODE, PARENT, POSITION, TAG, WORDS } from '../../call-rows.ts';
import { Flag } from '../../call-table.ts';
import { Access, DataAccess } from '../../data-access.ts';
import { Edge } from '../../edge.ts';
import type { Node } from '../../node.ts';
import { Outcome } from '../../outcome.ts';
import { NoteKind, Passing } from '../../span-log.ts';
import { QUEUE_TIMEOUT, SERVED } from '../../station.ts';
import type { Tally } from '../../tally.ts';
import type { World } from '../../world.ts';
import { Autoscaler } from './autoscaler.ts';
import { Fleet } from './fleet.ts';
import type { Parameters } from './parameters.ts';
import { INSTRUCTION, Op, chosenPlace, compile } from './program.ts';
import type { Program } from './program.ts';

/** Kinds of events beside those of the stations: (kind, row, place of the node). */
const PASSED = 10;
/** Tags of calls: this plus the call's number; data accesses use tags below. */
const CALL_TAG = 1 << 28;

/** Parent of what gathers branches that nobody waits for any more. */
const NOBODY = -1;

interface CallTarget {
  readonly edge: Edge;
  readonly operation: number;
}

export class Service extends Box {
  override readonly tally: Tally | null;
  /** Null: the instances are the same all the time. */
  private readonly fleet: Fleet | null;
  private parameters: Parameters;
  private readonly blocking: boolean;
  private readonly program: Program;
  private readonly code: Int32Array;
  private readonly laws: readonly Sampler[];
  private readonly choiceStream: Stream;
  private readonly keyStreams: Stream[] = [];
  private readonly targets: CallTarget[] = [];
  private readonly accesses: DataAccess[] = [];
  private readonly edges = new Map<string, Edge>();

  constructor(world: World, name: string, parameters: Parameters) {
    super(world, {
      kind: 'service',
      name,
      startUpNs: parameters['start-up'],
      hasStations: true,
    });
    this.parameters = parameters;
    this.blocking = parameters.blocking;
    assert(
      !this.blocking || parameters.discipline !== 'processor-sharing',
      'The scenario checker refuses blocking workers that are shared.',
    );
    this.program = compile(parameters.operations);
    this.code = this.program.code;
    Object.freeze(this.program);
    this.laws = this.program.laws.map((law, index) => world.sampler(law, name, `law|${index}`));
    this.choiceStream = world.stream(name, 'choose');
    const timeout = parameters['queue-timeout'];
    const { autoscale } = parameters;
    const asked = world.plan.components.find((plan) => plan.name === name)?.instancesMost;
    const most = autoscale?.max ?? Math.max(parameters.instances, asked ?? 0);
    for (let instance = 0; instance < most; instance++) {
      const label = String(instance + 1);
      const path = `${name}/${label}`;
      const node = this.addNode({ path, label, shard: -1, zoneTurn: instance }, parameters.zones);
      this.addStation(node, {
        workers: parameters.workers,
        capacity: parameters.queue,
        discipline: parameters.discipline,
        queueTimeout: timeout === null ? null : world.sampler(timeout, path, 'queue-timeout'),
      });
    }
    const first = Math.max(parameters.instances, autoscale?.min ?? 0);
    if (autoscale !== null) this.fleet = new Autoscaler(world, this, autoscale, first);
    else this.fleet = asked === undefined ? null : Fleet.onDemand(world, this, first);
    this.tally = this.fleet?.tally ?? null;
  }

  connect(): void {
    const { world } = this;
    for (const call of this.program.calls) {
      const edge = this.edgeTo(call.component);
      const operation = call.operation ?? '';
      this.targets.push({ edge, operation: edge.to.operationNumber(operation) });
    }
    for (const name of this.program.datasets) {
      const dataset = world.keys.dataset(name);
      this.keyStreams.push(world.keys.stream(this.name, dataset));
      this.accesses.push(
        accessFor(world, {
          dataset,
          index: this.accesses.length,
          firstLevel: 0,
          edgeTo: (component) => this.edgeTo(component),
          owner: this,
        }),
      );
    }
  }

  operationNumber(name: string): number {
    const number = this.program.names.indexOf(name);
    assert(number >= 0, 'The scenario checker knows the operations of every service.');
    return number;
  }

  onCall(row: number, node: Node): void {
    const { calls } = this.world;
    node.station!.called();
    calls.setPosition(row, this.program.starts[calls.operation(row)]!);
    if (!this.blocking) this.run(row, node.id);
    else if (!node.station!.offer(row)) this.world.reply(row, Outcome.queueFull);
  }

  override serve(row: number, node: number): number {
    if (this.blocking) {
      this.run(row, node);
      return -1;
    }
    return this.demand(row, node);
  }

  handle(kind: number, row: number, place: number): void {
    const { calls } = this.world;
    const node = this.nodes[place]!;
    const station = node.station!;
    if (kind === QUEUE_TIMEOUT) {
      station.expire(row);
      this.end(row, Outcome.queueTimeout);
      return;
    }
    calls.words[row * WORDS + EVENT] = -1;
    if (kind === SERVED) station.done(row);
    calls.words[row * WORDS + POSITION]!++;
    this.run(row, node.id);
  }

  override onStart(node: Node): void {
    this.fleet?.started(node);
  }

  override onCrash(node: Node): void {
    for (const access of this.accesses) access.crashed(node.id);
  }

  accessOver(row: number): void {
    this.proceed(row, this.world.calls.outcome(row));
  }

  override settle(): void {
    super.settle();
    this.fleet?.settle();
  }

  change(key: string, values: Readonly<Record<string, unknown>>): void {
    this.parameters = values as unknown as Parameters;
    const { calls, instances, retries, timeout, 'start-up': startUpNs } = this.parameters;
    if (key === 'instances') this.fleet!.ask(instances);
    else if (key === 'start-up') this.startUpNs = startUpNs;
    else if (key === 'workers' || key === 'queue') this.setStations(this.parameters);
    for (const [component, edge] of this.edges) {
      if (calls?.[component] !== undefined) continue;
      if (key === 'timeout') edge.changeTimeout(timeout);
      if (key === 'retries') edge.changeRetries(retries);
    }
  }

  onReply(answer: number): void {
    const { calls } = this.world;
    const { words } = calls;
    const row = words[answer * WORDS + PARENT]!;
    const tag = words[answer * WORDS + TAG]!;
    if (tag < CALL_TAG) {
      if (DataAccess.isFill(tag)) return;
      const access = this.accesses[DataAccess.indexOf(tag)]!;
      if (access.onReply(answer, row) === Access.waiting) return;
      this.proceed(row, calls.outcome(row));
    } else {
      calls.setVersion(row, calls.version(answer));
      this.proceed(row, calls.outcome(answer));
    }
  }

  /** A call or an access of the row is over: go on, or fail with it. */
  private proceed(row: number, outcome: number): void {
    if (outcome !== Outcome.ok) {
      this.end(row, outcome);
      return;
    }
    const { words } = this.world.calls;
    words[row * WORDS + POSITION]!++;
    this.run(row, words[row * WORDS + NODE]!);
  }

  /** Executes instructions until one has to wait. */
  private run(row: number, node: number): void {
    const { calls } = this.world;
    for (;;) {
      const place = calls.words[row * WORDS + POSITION]! * INSTRUCTION;
      const first = this.code[place + 1]!;
      switch (this.code[place]) {
        case Op.work:
          if (this.blocking) this.pass(row, node, this.demand(row, node), Passing.held);
          else if (!this.world.nodes[node]!.station!.offer(row)) this.end(row, Outcome.queueFull);
          return;
        case Op.wait:
          this.pass(row, node, this.laws[first]!.duration(), Passing.alone);
          return;
        case Op.call:
          this.call(row, first);
          return;
        case Op.read:
          this.prepareKey(row, first);
          this.accesses[first]!.read(row);
          return;
        case Op.write:
          this.prepareKey(row, first);
          this.accesses[first]!.write(row);
          return;
        case Op.fork:
          this.fork(row, node, first, this.code[place + 2]!);
          return;
        case Op.gather:
          this.gather(row, node, first, this.code[place + 2]!);
          return;
        case Op.choose:
          calls.setPosition(row, chosenPlace(this.program, first, this.choiceStream.uniform()));
          break;
        case Op.jump:
          calls.setPosition(row, first);
          break;
        default:
          this.end(row, Outcome.ok);
          return;
      }
    }
  }

  /** How long `work` holds its worker, ns. */
  private demand(row: number, node: number): number {
    const law = this.laws[this.code[this.world.calls.position(row) * INSTRUCTION + 1]!]!;
    const slowness = this.world.nodes[node]!.slowness;
    const demand = law.duration();
    return slowness === 1 ? demand : Math.floor(demand * slowness + 0.5);
  }

  /** Lets time pass, with a worker held for it (1) or not (0). */
  private pass(row: number, node: number, delay: number, held: number): void {
    const { calls, simulation } = this.world;
    const trace = calls.trace(row);
    if (trace !== 0) calls.spans.note(NoteKind.passes, trace, row, node, delay, held);
    const place = this.world.nodes[node]!.index;
    calls.setEvent(row, simulation.schedule(delay, this.number, PASSED, row, place));
  }

  private call(row: number, target: number): void {
    const { calls } = this.world;
    const { edge, operation } = this.targets[target]!;
    const child = calls.openFor(row);
    calls.setOperation(child, operation);
    calls.setTag(child, CALL_TAG + target);
    edge.send(child);
  }

  private prepareKey(row: number, access: number): void {
    const { calls, keys } = this.world;
    const number = this.accesses[access]!.dataset;
    calls.setAccessKey(
      row,
      calls.dataset(row) === number
        ? calls.key(row)
        : keys.datasets[number]!.draw(this.keyStreams[access]!),
    );
  }

  private fork(row: number, node: number, fork: number, goOn: number): void {
    const { calls } = this.world;
    const places = this.program.forks[fork]!;
    calls.setPosition(row, goOn - 1);
    calls.setPending(row, places.length);
    calls.setOutcome(row, Outcome.ok);
    for (const place of places) {
      const branch = this.openBranch(row, node);
      calls.setPosition(branch, place);
      this.run(branch, node);
    }
  }

  private openBranch(row: number, node: number): number {
    const { calls } = this.world;
    const branch = calls.openFor(row);
    calls.setFlags(branch, Flag.branch | Flag.atCallee);
    calls.setNode(branch, node);
    calls.setCaller(branch, this.index);
    const trace = calls.trace(row);
    if (trace !== 0) calls.spans.note(NoteKind.branch, trace, branch, row);
    return branch;
  }

  /**
   * Starts branches of which some have to end well. A row of its own gathers them and lives until
   * the last has ended, when the step may be long over; `tag` holds how many good ends it lacks.
   */
  private gather(row: number, node: number, gathering: number, goOn: number): void {
    const { calls } = this.world;
    const { places, needed } = this.program.gatherings[gathering]!;
    calls.setPosition(row, goOn - 1);
    calls.setPending(row, 1);
    const join = this.openBranch(row, node);
    calls.raise(join, Flag.gathers);
    calls.setPending(join, places.length);
    calls.setTag(join, needed);
    for (const place of places) {
      // The step may be over before the last branch has begun, and its row with it.
      const branch = this.openBranch(join, node);
      calls.setPosition(branch, place);
      this.run(branch, node);
    }
  }

  /** The operation, or a branch of it, is over. */
  private end(row: number, outcome: number): void {
    const { calls } = this.world;
    if ((calls.flags(row) & Flag.branch) !== 0) {
      const parent = calls.parent(row);
      const trace = calls.trace(row);
      if (trace !== 0) calls.spans.note(NoteKind.branchEnd, trace, row, outcome);
      calls.release(row);
      if ((calls.flags(parent) & Flag.gathers) !== 0) {
        this.gathered(parent, outcome);
        return;
      }
      if (outcome !== Outcome.ok) calls.setOutcome(parent, outcome);
      const left = calls.pending(parent) - 1;
      calls.setPending(parent, left);
      if (left === 0) this.proceed(parent, calls.outcome(parent));
      return;
    }
    if ((calls.flags(row) & Flag.inService) !== 0) {
      this.world.nodes[calls.node(row)]!.station!.done(row);
    }
    this.world.reply(row, outcome);
  }

  /** A branch has ended: the step goes on, fails, waits for others, or was over before. */
  private gathered(join: number, outcome: number): void {
    const { calls } = this.world;
    const left = calls.pending(join) - 1;
    const needed = calls.tag(join) - (outcome === Outcome.ok ? 1 : 0);
    const row = calls.parent(join);
    const isOver = row !== NOBODY && (needed === 0 || left < needed);
    calls.setPending(join, left);
    calls.setTag(join, needed);
    const trace = calls.trace(join);
    if (isOver && trace !== 0) calls.spans.note(NoteKind.joined, trace, join);
    if (isOver) calls.setParent(join, NOBODY);
    if (left === 0) calls.release(join);
    if (isOver) this.proceed(row, outcome);
  }

  private edgeTo(component: string): Edge {
    let edge = this.edges.get(component);
    if (edge === undefined) {
      const { timeout, retries, calls } = this.parameters;
      const own = calls?.[component];
      edge = new Edge(this.world, {
        from: this.name,
        caller: this,
        to: this.world.component(component),
        parameters: own ?? { timeout, retries, policy: 'round-robin' },
      });
      this.edges.set(component, edge);
    }
    return edge;
  }
}
