/** Which answers may be kept by key: those that follow from the record of that key alone. */

import { quoted } from '../base/reading.ts';
import { behind } from './declarations.ts';
import type { Use } from './check-context.ts';
import type { Checker } from './checker.ts';

/** Why answers cannot be kept, as the end of a sentence, and the cure. */
export interface KeepingFault {
  readonly why: string;
  readonly hint: string;
}

/** What is wrong with keeping the answers of an operation of a service by the keys of `data`. */
export function keepingFault(
  checker: Checker,
  service: string,
  operation: string,
  data: string | null,
): KeepingFault | null {
  const uses = usesOf(checker, service, operation);
  const write = uses.find(({ verb }) => verb === 'write');
  const other = uses.find(({ verb, target }) => verb === 'read' && target !== data);
  if (write !== undefined) {
    return { why: `it writes ${quoted(write.target)}`, hint: 'keep only answers of reads' };
  }
  if (uses.length === 0) {
    const what = data === null ? '' : ` of ${quoted(data)}`;
    const hint = data === null ? 'keep only answers of reads' : `add \`read: ${data}\` to it`;
    return { why: `it reads no record${what}`, hint };
  }
  if (other === undefined) return null;
  const hint = `keep only answers made of ${quoted(String(data))} alone`;
  return { why: `it reads ${quoted(other.target)}`, hint };
}

/** True when an operation of a service writes records of a dataset, through its calls too. */
export function writes(
  checker: Checker,
  service: string,
  operation: string,
  data: string,
): boolean {
  return usesOf(checker, service, operation).some(
    ({ verb, target }) => verb === 'write' && target === data,
  );
}

/** All reads and writes of an operation, through its calls. */
function usesOf(checker: Checker, component: string, operation: string): readonly Use[] {
  const found: Use[] = [];
  const seen = new Set<string>();
  const left = [{ component, operation }];
  for (let visit = left.pop(); visit !== undefined; visit = left.pop()) {
    const key = `${visit.component} ${visit.operation}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const use of checker.uses) {
      if (use.component !== visit.component || use.operation !== visit.operation) continue;
      const callee = use.verb === 'call' ? behind(checker.declared, use.target) : null;
      if (use.verb !== 'call') found.push(use);
      else if (callee !== null && use.targetOperation !== null) {
        left.push({ component: callee.name, operation: use.targetOperation });
      }
    }
  }
  return found;
}
