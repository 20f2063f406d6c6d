/**
 * The moment of the simulation that the stage is drawing. It runs evenly a little behind the
 * newest frame, so that requests depart in their true rhythm however unevenly frames arrive.
 */

import type { Frame } from '../protocol/frame.ts';

/** How far the picture lags behind the newest frame, s of wall time. */
const lagSeconds = 0.08;
/** Beyond this the picture jumps instead of drifting back, s of wall time. */
const driftSecondsMax = 0.35;
/** Share of the drift that each frame corrects. */
const correction = 0.08;
/** A step this far ahead while paused is a journey, s. */
const jumpSeconds = 0.5;

export class Playout {
  private now = 0;
  private speed = 1;

  /** Simulated seconds per wall second. */
  setSpeed(speed: number): void {
    this.speed = Number.isFinite(speed) ? speed : 1;
  }

  /** Wall time has passed while playing. */
  advance(wallSeconds: number): void {
    this.now += wallSeconds * this.speed;
  }

  /** A frame up to `time` has come, at the speed that was really reached. */
  receive(time: number, speedReached: number): void {
    const wanted = time - lagSeconds * this.speed;
    const drift = wanted - this.now;
    const hasSlowed = speedReached > 0 && speedReached < this.speed * 0.8;
    if (Math.abs(drift) > driftSecondsMax * this.speed) this.now = wanted;
    else this.now += drift * (hasSlowed ? 1 : correction);
  }

  /** When departures are drawn; where the run was moved to a time, some lie in the past. */
  pace({ time }: Frame, moved: boolean): (departure: number) => number {
    if (!moved) return (departure) => this.secondsUntil(departure);
    return (departure) => (departure - time) / this.speed;
  }

  /** Wall seconds until that simulated time is drawn; 0 when it has passed. */
  secondsUntil(time: number): number {
    return Math.min(1, Math.max(0, (time - this.now) / this.speed));
  }
}

/** Between the two frames the run was moved, not played. */
export function isElsewhere(frame: Frame, before: Frame): boolean {
  const ahead = frame.time - before.time;
  const isJump = frame.state === 'paused' && before.state === 'paused' && ahead > jumpSeconds;
  const seeks = frame.state === 'seeking' || before.state === 'seeking';
  return ahead < 0 || isJump || seeks || frame.branch !== before.branch;
}
