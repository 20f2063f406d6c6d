/** What a task of the laboratory cannot work with: an input, or policies in bytes. */

import { unfitPolicy } from '../../laboratory/curve-plan.ts';

/** Thrown out of a task of the laboratory whose input cannot be worked with. */
export class Unfit extends Error {
  /** What can be done about it. */
  readonly cure: string;

  constructor(why: string, cure: string) {
    super(why);
    this.cure = cure;
  }
}

/** Policies that cannot work in a unit, and why. */
interface UnfitPolicy {
  readonly policy: string;
  readonly why: string;
}

/** Thrown when none is left. */
export function unfitAmong(
  policies: readonly string[],
  unit: 'entries' | 'bytes',
  of: string,
): UnfitPolicy[] {
  const unfit = policies.flatMap((policy) => {
    const why = unfitPolicy(policy, unit);
    return why === null ? [] : [{ policy, why }];
  });
  if (unfit.length < policies.length) return unfit;
  throw new Unfit(
    `${of} is bounded in ${unit}, and no chosen policy can work in ${unit}.`,
    'Choose others, such as lru.',
  );
}
