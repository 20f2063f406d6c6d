/**
 * A journey is the way of a run to another time, in slices, while nobody watches: back to a
 * checkpoint perhaps, then forth. Only its last stretch is seen, so that a picture at its end shows
 * requests on their way. It ends where it leads to, or when something else is asked for.
 */

import type { Engine } from './engine.ts';

/** Simulated time before the end of a journey that is seen, s, at the most. */
const seenSecondsMax = 1;
/** Events in it at the most: they are played whenever somebody goes anywhere. */
const seenEventsMax = 20_000;

/**
 * `seek`: to a time. `restore`: to the present, after what leads there has changed. `follow`: to
 * where another run is. `search`: as far as it takes. `finish`: to the end.
 */
export type JourneyKind = 'seek' | 'restore' | 'follow' | 'search' | 'finish';

export class Journey {
  readonly kind: JourneyKind;
  /** s; Infinity: until something has been found. */
  readonly target: number;
  /** From here on hops are noted, s. */
  readonly seenFrom: number;
  /** How far the run had been played when it began, s. */
  readonly knownUntil: number;
  /** True from `seenFrom` on. */
  isSeen = false;
  /** Resolves when it is over: true when it came to its target. */
  readonly over: Promise<boolean>;
  private resolve: (arrived: boolean) => void = () => undefined;

  /** `isUnseen`: nobody wants to see single requests at its end. */
  constructor(kind: JourneyKind, target: number, engine: Engine, isUnseen: boolean) {
    this.kind = kind;
    this.target = target;
    this.knownUntil = engine.frontier;
    this.seenFrom = isUnseen ? target : Math.max(0, target - seenSeconds(engine));
    this.over = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** True when its end was not chosen as the place to be, so that whatever is asked for cuts in. */
  get isOpen(): boolean {
    return this.kind !== 'seek' && this.kind !== 'restore';
  }

  end(arrived: boolean): void {
    this.resolve(arrived);
  }
}

/** What is asked most often must stay quick, however much goes on in a second. */
function seenSeconds({ events, time }: Engine): number {
  if (time === 0) return seenSecondsMax;
  return Math.min(seenSecondsMax, seenEventsMax / Math.max(1, events / time));
}
