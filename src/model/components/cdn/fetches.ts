/**
 * What each point of a cdn is fetching from the origin, and who waits for it. The first miss of an
 * answer fetches it; those that come before it is there share its outcome, good or bad.
 */

export class Fetches {
  /** Rows that wait, by the answer being fetched; one map for each point. */
  private readonly waiting: Map<number, number[]>[] = [];

  constructor(points: number) {
    for (let point = 0; point < points; point++) this.waiting.push(new Map());
  }

  /** True when the row now waits for a fetch that another has begun; false: it has to fetch. */
  join(point: number, answer: number, row: number): boolean {
    const rows = this.waiting[point]!.get(answer);
    if (rows === undefined) {
      this.waiting[point]!.set(answer, []);
      return false;
    }
    rows.push(row);
    return true;
  }

  /** The fetch is over. Returns who has waited for it, in order of arrival. */
  end(point: number, answer: number): readonly number[] {
    const rows = this.waiting[point]!.get(answer) ?? [];
    this.waiting[point]!.delete(answer);
    return rows;
  }

  /** The point has died, and who waited there has been told. */
  forget(point: number): void {
    this.waiting[point]!.clear();
  }
}
