/** Who answers which question; each in a file of its own. */

import type { Questions } from '../protocol/session.ts';
import { answerAlternatives } from './questions/alternatives.ts';
import { answerFates } from './questions/fates.ts';
import { answerInside } from './questions/inside.ts';
import { answerLaboratory } from './questions/laboratory.ts';
import { answerNumber } from './questions/number.ts';
import { answerRequests } from './questions/requests.ts';
import { answerSheet } from './questions/sheet.ts';
import { answerTrace } from './questions/trace.ts';
import { answerVariant } from './questions/variant.ts';
import { answerWhy } from './questions/why.ts';
import type { Asked } from './questions/asked.ts';

type Answering = {
  readonly [Name in keyof Questions]: (
    asked: Asked,
    question: Questions[Name]['question'],
  ) => Questions[Name]['answer'];
};

export const questions: Answering = {
  alternatives: answerAlternatives,
  fates: answerFates,
  inside: answerInside,
  laboratory: answerLaboratory,
  number: answerNumber,
  requests: answerRequests,
  sheet: answerSheet,
  trace: answerTrace,
  variant: answerVariant,
  why: answerWhy,
};
