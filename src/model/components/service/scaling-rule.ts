/**
 * How many instances an autoscaler wants: as many more as the workers are busier than its target,
 * held back by what it wanted before.
 *
 * Source: Kubernetes documentation, Horizontal Pod Autoscaling, 2025: algorithm details and
 * stabilization window. How fast a number may change is not limited beyond that.
 */

/** What is known of the instances that are to serve. */
export interface Load {
  /** Instances that serve. */
  readonly ready: number;
  /** Instances that start, or are down. */
  readonly unready: number;
  /** Mean share of the workers of the ready ones that is busy, 0 to 1. */
  readonly busy: number;
}

export interface Aim {
  /** Share of busy workers, above 0. */
  readonly target: number;
  /** Nothing changes while the ratio of share to target is this close to 1. */
  readonly tolerance: number;
}

/** A number that was wanted, and when, ns. */
export interface Wish {
  readonly time: number;
  readonly instances: number;
}

/** The number of instances with which the share of busy workers would be the target. */
export function desiredInstances(
  { ready, unready, busy }: Load,
  { target, tolerance }: Aim,
): number {
  const current = ready + unready;
  if (ready === 0) return current;
  const ratio = busy / target;
  // Instances that start are taken for idle, so that help on its way is not called twice.
  const isHelped = unready > 0 && ratio > 1;
  const counted = isHelped ? current : ready;
  const corrected = (ratio * ready) / counted;
  const isSettled = corrected >= 1 - tolerance && corrected <= 1 + tolerance;
  if (isSettled || (isHelped && corrected < 1)) return current;
  // The product of two fractions may lie above a whole number by less than it is exact to.
  return Math.max(0, Math.ceil(corrected * counted - 1e-9));
}

/**
 * The number to go to from `current`: up to the smallest that was wanted within `upNs`, down to the
 * largest that was wanted within `downNs`. The last wish is the present one.
 */
export function stabilised(
  current: number,
  wishes: readonly Wish[],
  { upNs, downNs }: { readonly upNs: number; readonly downNs: number },
): number {
  const { time: now, instances } = wishes.at(-1)!;
  let least = instances;
  let most = instances;
  for (const wish of wishes) {
    if (now - wish.time < upNs) least = Math.min(least, wish.instances);
    if (now - wish.time < downNs) most = Math.max(most, wish.instances);
  }
  return Math.min(Math.max(current, least), most);
}
