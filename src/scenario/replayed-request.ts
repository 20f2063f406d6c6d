/** One recorded request as it stands in a file: `10ms photo-7 read`. */

import { bad, good, quoted } from '../base/reading.ts';
import { readDuration, readNumber } from '../base/units.ts';
import type { Reading } from '../base/reading.ts';
import type { ReplayedRequest } from '../model/parameters.ts';

const SECOND = 1e9;

/** Time, key and operation with blanks between them; a time without a unit is in seconds. */
export function readReplayedRequest(text: string): Reading<ReplayedRequest> {
  const [time, key, operation, ...more] = text.trim().split(/\s+/);
  if (time === undefined || key === undefined || more.length > 0) {
    const message = `${quoted(text)} is not a recorded request`;
    return bad('bad-request', message, 'write `10ms photo-7` or `10ms photo-7 read`');
  }
  const seconds = readNumber(time);
  if (seconds.ok && seconds.value >= 0) {
    const atNs = Math.floor(seconds.value * SECOND + 0.5);
    return good({ atNs, key, operation: operation ?? null });
  }
  const at = readDuration(time);
  return at.ok ? good({ atNs: at.value, key, operation: operation ?? null }) : at;
}
