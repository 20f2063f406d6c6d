/**
 * The number of a request, found by playing the moment of its start again: rows of calls do not
 * carry it, because nobody but a curious reader wants it.
 */

import { playOn, watch } from '../../experiment/replay.ts';
import { NoteKind } from '../../model/span-log.ts';
import type { Questions } from '../../protocol/session.ts';
import type { Asked } from './asked.ts';

export function answerNumber(
  { recording }: Asked,
  { client, start }: Questions['number']['question'],
): Questions['number']['answer'] {
  const startNs = Math.round(start * 1e9);
  return recording.aside(Math.max(0, startNs - 1), (experiment) => {
    const { world } = experiment.run;
    if (!world.hasComponent(client)) return null;
    const population = world.component(client).index;
    let found: number | null = null;
    watch(experiment, (spans) => spans.watchOneIn(1, false));
    playOn(experiment, startNs + 1, (note) => {
      const [time, kind, request, , from] = note as unknown as number[];
      const isBegin = kind === NoteKind.begin && time === startNs && from === population;
      if (isBegin) found ??= request!;
    });
    return found;
  });
}
