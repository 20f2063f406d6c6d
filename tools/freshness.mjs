// Tells whether something built is still newer than everything it was built from.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} output the built file
 * @param {readonly string[]} sources files and folders; those that do not exist are passed over
 * @returns {boolean} false when the output is missing or any source is newer
 */
export function isFresh(output, sources) {
  const built = statSync(output, { throwIfNoEntry: false });
  return built !== undefined && sources.every((source) => newestTime(source) <= built.mtimeMs);
}

/**
 * The latest change below a path, in ms. A folder's own time counts, since that is where a deleted
 * file leaves its trace.
 * @param {string} path
 * @returns {number}
 */
function newestTime(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce(
    (newest, name) => Math.max(newest, newestTime(join(path, name))),
    found.mtimeMs,
  );
}
