/**
 * Carries out one task of the cache laboratory in a worker of its own. What goes wrong is told in
 * words: a fault of the input by whoever found it, anything else as what it is.
 */

import type { LaboratoryNews, LaboratoryTask } from '../protocol/laboratory.ts';
import { chain } from './laboratory/chain.ts';
import { runCurve } from './laboratory/run-curve.ts';
import { traceCurve } from './laboratory/trace-curve.ts';
import { Unfit } from './laboratory/unfit.ts';

export type Tell = (news: LaboratoryNews) => void;

export async function carryOut(task: LaboratoryTask, tell: Tell): Promise<void> {
  try {
    switch (task.kind) {
      case 'run-curve':
        tell({ kind: 'curve', result: await runCurve(task, tell) });
        return;
      case 'trace-curve':
        tell({ kind: 'curve', result: await traceCurve(task, tell) });
        return;
      default:
        tell({ kind: 'chain', result: chain(task, tell) });
    }
  } catch (error) {
    if (error instanceof Unfit) tell({ kind: 'failed', why: error.message, cure: error.cure });
    else {
      const message = error instanceof Error ? error.message : 'unknown';
      const why = `The laboratory has failed: ${message}.`;
      tell({ kind: 'failed', why, cure: 'This is a fault of the program, not of what was given.' });
    }
  }
}
