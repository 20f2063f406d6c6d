// Makes `npm start` and `npm test` work on a fresh clone: runs `npm ci` when what is installed is
// not what package-lock.json asks for. Plain JavaScript, because nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Installs when needed, with npm's own output on stderr; exits the process when npm fails.
 * @returns {void}
 */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.error('Installing the dependencies (npm ci) …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status === 0) return;
  console.error('npm ci failed; the lines above say why.');
  process.exit(npm.status ?? 1);
}

/**
 * True when every package that every platform needs is there in the locked version. npm writes the
 * hidden lockfile last, so an installation that was cut off counts as missing.
 */
function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json');
  const wanted = packagesOf('package-lock.json');
  if (installed === null || wanted === null) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional === true || installed[path]?.version === version,
  );
}

/**
 * @param {string} lockfile
 * @returns {Record<string, {version?: string, optional?: boolean}> | null} null when unreadable
 */
function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(new URL(`../${lockfile}`, import.meta.url), 'utf8')).packages;
  } catch {
    return null;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) ensureInstalled();
