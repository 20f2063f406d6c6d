/** Holds log, exp and pow to thirty exact digits over every family of inputs there is. */

import { exp, log, pow } from '../../src/kernel/math.ts';
import { ulpsOff, type Judged } from './decimal-judge.ts';
import { families, inputs } from './math-inputs.ts';

export interface Accuracy {
  readonly family: string;
  readonly judged: number;
  /** The largest error found, in units in the last place of the exact value, and where. */
  readonly ulps: number;
  readonly x: number;
  readonly y: number;
}

const functions = { log, exp, pow };

/** One row for each family; together they are about `count` inputs, the same for the same seed. */
export function accuracyOf(name: Judged, count: number, seed: number): Accuracy[] {
  const entries = Object.entries(families[name]);
  const each = Math.ceil(count / entries.length);
  return entries.map(([family, input], place) => {
    const draw = inputs(seed + place);
    let worst = { ulps: -1, x: NaN, y: NaN };
    for (let index = 0; index < each; index += 1) {
      const [x, y] = input(draw, index);
      const ulps = ulpsOff(name, x, y, functions[name](x, y));
      if (ulps > worst.ulps) worst = { ulps, x, y };
    }
    return { family, judged: each, ...worst };
  });
}
