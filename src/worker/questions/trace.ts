/** One request taken apart. */

import { traceRequest } from '../../experiment/trace-request.ts';
import type { Questions } from '../../protocol/session.ts';
import type { Asked } from './asked.ts';

const ns = (seconds: number) => Math.round(seconds * 1e9);

export function answerTrace(
  { recording, frontier }: Asked,
  { request, near }: Questions['trace']['question'],
): Questions['trace']['answer'] {
  return traceRequest(recording, { request, near: ns(near), frontier: ns(frontier) });
}
