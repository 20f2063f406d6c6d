/**
 * Keeps simulated time in step with the wall clock. A run that cannot keep up falls behind
 * honestly: the debt is dropped, so that it never races to catch up afterwards.
 */

/** Debt beyond this is dropped, ms of wall time. */
const debtMsMax = 120;

export class Pacer {
  private speedValue = 1;
  private anchorWallMs = 0;
  private anchorSeconds = 0;

  get speed(): number {
    return this.speedValue;
  }

  /** From now on `simulatedSeconds` stands for the wall time `wallMs`. */
  anchor(wallMs: number, simulatedSeconds: number): void {
    this.anchorWallMs = wallMs;
    this.anchorSeconds = simulatedSeconds;
  }

  /** Simulated seconds per wall second; Infinity: as fast as possible. */
  setSpeed(speed: number, wallMs: number, simulatedSeconds: number): void {
    this.speedValue = speed;
    this.anchor(wallMs, simulatedSeconds);
  }

  /** The simulated time that should be reached by now, s. */
  target(wallMs: number): number {
    if (this.speedValue === Infinity) return Infinity;
    return this.anchorSeconds + ((wallMs - this.anchorWallMs) / 1000) * this.speedValue;
  }

  dropDebt(wallMs: number, simulatedSeconds: number): void {
    if (this.speedValue === Infinity) return;
    const debtMs = ((this.target(wallMs) - simulatedSeconds) / this.speedValue) * 1000;
    if (debtMs > debtMsMax) this.anchor(wallMs, simulatedSeconds);
  }
}
