/** Who answers which question; each in a file of its own. */

import type { Questions } from '../protocol/session.ts';
import { answerFates } from './questions/fates.ts';
import { answerInside } from './questions/inside.ts';
import { answerRequests } from './questions/requests.ts';
import { answerSheet } from './questions/sheet.ts';
import { answerTrace } from './questions/trace.ts';
import { answerWhy } from './questions/why.ts';
import type { Asked } from './questions/asked.ts';

type Answering = {
  readonly [Name in keyof Questions]: (
    asked: Asked,
    question: Questions[Name]['question'],
  ) => Questions[Name]['answer'];
};

export const questions: Answering = {
  fates: answerFates,
  inside: answerInside,
  requests: answerRequests,
  sheet: answerSheet,
  trace: answerTrace,
  why: answerWhy,
};
