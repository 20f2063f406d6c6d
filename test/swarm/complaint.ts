// What is wrong with a run: the rule that is broken, and where. Two runs fail in the same way when
// they break the same rule, which is what makes a failure smaller without turning it into another.
export interface Complaint {
  /** The same words for the same fault. */
  readonly rule: string;
  /** Where and by how much. */
  readonly detail: string;
}

export class Complaints {
  readonly list: Complaint[] = [];

  /** Complains unless the condition holds. */
  demand(isFine: boolean, rule: string, detail: () => string): void {
    if (!isFine) this.list.push({ rule, detail: detail() });
  }

  equal(left: number, right: number, rule: string, where: string): void {
    this.demand(left === right, rule, () => `${where}: ${left} and ${right}`);
  }
}

/** An error as a complaint; numbers and names are left out of the rule, so that it stays the same. */
export function complaintOf(error: unknown): Complaint {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const place = /\((?:.*\/)?(src\/[^:)]+|[^/()]+\.m?[jt]s)/.exec(stack)?.[1] ?? 'somewhere';
  const rule = `it throws: ${message.replace(/[0-9]+/g, '#')}`;
  return { rule, detail: `${place}\n${stack.split('\n').slice(0, 6).join('\n')}` };
}
