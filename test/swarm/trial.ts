// A trial takes one scenario through everything that must hold of it: the file is accepted without a
// word; its run keeps every invariant; the same run in slices, from tiny tables and after going
// back in time has the same hash; and once it is healed, nothing is left.
import { Experiment } from '../../src/experiment/experiment.ts';
import { resultsOf } from '../../src/experiment/results.ts';
import { plain } from '../../src/report/paint.ts';
import { textReport } from '../../src/report/text-report.ts';
import { Checkpoint } from '../../src/kernel/checkpoint.ts';
import type { WorldPlan } from '../../src/model/plan.ts';
import { Run } from '../../src/model/run.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Scenario } from '../../src/scenario/load.ts';
import { listenToCaches } from './cache-invariants.ts';
import { complaintOf } from './complaint.ts';
import type { Complaint } from './complaint.ts';
import { Dice } from './dice.ts';
import { drain, drainedComplaints, heal } from './drained.ts';
import { complaintsAbout } from './invariants.ts';
import { Ledger } from './ledger.ts';
import { Lookout } from './sightings.ts';

/** Events that one run may take; a scenario that needs more is too large for a swarm. */
const EVENTS_MAX = 400_000;
const LOOKS = 10;

export interface Verdict {
  /** The first rule that was broken; null when all held. */
  readonly complaint: Complaint | null;
  readonly seen: ReadonlySet<string>;
  /** Events of all runs of the trial. */
  readonly events: number;
}

export function tryScenario(text: string): Verdict {
  const lookout = new Lookout();
  const trial = new Trial(lookout);
  let complaint: Complaint | null;
  try {
    complaint = trial.judge(text);
  } catch (error) {
    complaint = complaintOf(error);
  }
  return { complaint, seen: lookout.seen, events: trial.events };
}

class Trial {
  events = 0;
  private readonly lookout: Lookout;

  constructor(lookout: Lookout) {
    this.lookout = lookout;
  }

  /** Null when everything holds. */
  judge(text: string): Complaint | null {
    const { scenario, diagnostics } = loadScenario(text, { file: 'swarm.yaml' });
    const [problem] = diagnostics;
    if (problem !== undefined) {
      return { rule: `the file is refused: ${problem.code}`, detail: problem.message };
    }
    const straight = runAsWritten(scenario!);
    this.events += straight.world.simulation.events;
    this.lookout.read(straight);
    if (straight.world.simulation.events >= EVENTS_MAX) {
      return { rule: 'it takes too many events', detail: `at ${straight.time} ns` };
    }
    const [broken] = complaintsAbout(straight);
    if (broken !== undefined) return broken;
    return this.judgeHealed(scenario!.plan, straight);
  }

  private judgeHealed(plan: WorldPlan, straight: Run): Complaint | null {
    const run = new Run(healedPlan(plan), 1);
    const ledger = new Ledger(run);
    listenToCaches(run);
    this.lookout.listenTo(run, ledger);
    const broken = this.advanceWithLooks(run, plan, straight);
    if (broken !== null) return broken;
    run.advance(Infinity);
    heal(run);
    drain(run);
    this.lookout.look(run);
    this.lookout.read(run);
    this.events += run.world.simulation.events;
    const complaints = [...drainedComplaints(run), ...complaintsAbout(run), ...ledger.compare(run)];
    return complaints[0] ?? null;
  }

  /** To the end of the straight run, which has to be met exactly. */
  private advanceWithLooks(run: Run, plan: WorldPlan, straight: Run): Complaint | null {
    const dice = new Dice(plan.seed);
    const ending = straight.ending!;
    const looks = dice.times(LOOKS, () => Math.floor(dice.share() * ending.time));
    looks.sort((left, right) => left - right);
    // Going back in time costs as much as all the rest, so only some runs do.
    const backAt = dice.chance(0.3) ? dice.below(LOOKS - 1) : -1;
    let checkpoint: Checkpoint | null = null;
    for (let look = 0; look < LOOKS; look++) {
      run.advance(looks[look]!, straight.world.simulation.events - run.world.simulation.events);
      this.lookout.look(run);
      const [broken] = complaintsAbout(run);
      if (broken !== undefined) return broken;
      if (look === backAt) checkpoint = new Checkpoint(run);
      if (look !== backAt + 1 || checkpoint === null) continue;
      checkpoint.restore();
      checkpoint = null;
      this.lookout.seen.add('a run came back to a checkpoint');
    }
    const { simulation } = run.world;
    if (ending.kind === 'duration') run.advance(ending.time);
    else run.advance(Infinity, straight.world.simulation.events - simulation.events);
    if (ending.kind === 'events') this.lookout.seen.add('the limit of events was met');
    if (ending.kind === 'requests-in-flight') {
      this.lookout.seen.add('the limit of requests in flight was met');
    }
    if (run.hash === straight.hash && simulation.events === straight.world.simulation.events) {
      return null;
    }
    const detail = `${straight.hash} and ${run.hash}, ${simulation.events} events`;
    return { rule: 'the same run has the same hash', detail };
  }
}

/** The run of the file, to its own end, with its results. */
function runAsWritten(scenario: Scenario): Run {
  const { limits } = scenario.plan;
  const events = Math.min(limits.events, EVENTS_MAX);
  const plan = { ...scenario.plan, limits: { ...limits, events } };
  const experiment = new Experiment({ ...scenario, plan });
  experiment.run.advance(Infinity);
  textReport(resultsOf(experiment, { series: true }), plain);
  return experiment.run;
}

/** The same plan with traffic that stops at its end, and no small budgets. */
function healedPlan(plan: WorldPlan): WorldPlan {
  const stop = plan.durationNs;
  return {
    ...plan,
    populations: plan.populations.map((each) => ({ ...each, stopNs: Math.min(each.stopNs, stop) })),
    limits: { events: 1e12, requestsInFlight: 1e9 },
  };
}
