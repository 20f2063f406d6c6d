import type { Questions } from '../../protocol/session.ts';
import type { Asked } from './asked.ts';

export function answerFates(
  _asked: Asked,
  _question: Questions['fates']['question'],
): Questions['fates']['answer'] {
  return {
    requests: new Float64Array(),
    starts: new Float64Array(),
    latenciesMs: new Float64Array(),
    outcomes: new Uint8Array(),
    operations: new Uint8Array(),
    outcomeNames: [],
    operationNames: [],
  };
}
