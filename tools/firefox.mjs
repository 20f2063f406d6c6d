// Finds a Firefox for `npm run same`: FIREFOX_PATH, or the first one on PATH that starts. The
// package puppeteer-core drives it by WebDriver BiDi, so any ordinary build will do.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['firefox', 'firefox-esr', 'firefox-devedition', 'firefox-nightly'];

/**
 * A Firefox that has been seen to start, or null when there is none.
 * @returns {string | null}
 */
export function findFirefox() {
  const given = process.env.FIREFOX_PATH;
  if (given) {
    if (starts(given)) return given;
    throw new Error(`FIREFOX_PATH is ${given}, but that does not start.`);
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  candidates.push('/Applications/Firefox.app/Contents/MacOS/firefox');
  return candidates.find((path) => existsSync(path) && starts(path)) ?? null;
}

/**
 * @param {string} path
 * @returns {boolean}
 */
function starts(path) {
  const asked = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 60_000 });
  return asked.status === 0 && /\d+\.\d+/.test(asked.stdout);
}
