// Finds a Chromium for the tests, on a developer's desk and on a bare machine alike. It tries, in
// this order: CHROMIUM_PATH, an installed browser, Playwright's cache, the Chromium packed in the
// npm package @sparticuz/chromium (pinned by the lockfile's hash), and apt-get as root on Debian.
// It never answers "none": without a browser it throws an error that names the ways out.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';

/** @typedef {'CHROMIUM_PATH' | 'installed' | 'playwright' | 'packed' | 'apt'} Source */
/** @typedef {{path: string, source: Source}} Chromium */

/**
 * The flags under which a frame is the same on every machine: software GL, no background traffic,
 * no scroll bars. `--no-sandbox` because containers run as root; the tests load no page but ours.
 */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--hide-scrollbars',
];

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chromium-headless-shell',
  'chrome-headless-shell',
];
const cache = fileURLToPath(new URL('../node_modules/.cache/gameday', import.meta.url));
const packed = fileURLToPath(new URL('../node_modules/@sparticuz/chromium', import.meta.url));

/** @type {readonly {source: Source, find: () => string | null | Promise<string | null>}[]} */
const ways = [
  { source: 'installed', find: findInstalled },
  { source: 'playwright', find: findInPlaywrightCache },
  { source: 'packed', find: unpackChromium },
  { source: 'apt', find: installWithApt },
];

/** Runs on plain sh; `exec` keeps the process, so whoever stops the script stops the browser. */
const startScript = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
export LD_LIBRARY_PATH="$here/system/lib"
export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium" "$@"
`;

/** The fonts that came with it, besides those of the machine if it has any. */
const fontsConfiguration = (/** @type {string} */ home) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${home}/fonts</dir>
  <cachedir>${home}/fonts-cache</cachedir>
</fontconfig>
`;

/**
 * A Chromium that has been seen to start. `GAMEDAY_BROWSER` set to the name of one source leaves
 * the other sources out, so that each way can be tried on one machine.
 * @returns {Promise<Chromium>}
 */
export async function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    const trouble = troubleWith(given);
    if (trouble === null) return { path: given, source: 'CHROMIUM_PATH' };
    throw new Error(`CHROMIUM_PATH is ${given}, but that does not start: ${trouble}`);
  }
  const only = process.env.GAMEDAY_BROWSER;
  /** @type {string[]} */
  const tried = [];
  for (const { source, find } of ways) {
    if (only && only !== source) continue;
    try {
      const path = await find();
      const trouble = path === null ? 'not there' : troubleWith(path);
      if (path !== null && trouble === null) return { path, source };
      tried.push(`${source}: ${trouble}`);
    } catch (error) {
      tried.push(`${source}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(
    `No Chromium for the browser tests.\n  ${tried.join('\n  ')}\n` +
      'Ways out: set CHROMIUM_PATH to a Chromium or Chrome; or install one, as root on Debian ' +
      '`apt-get install chromium-headless-shell`; or `npx playwright-core install chromium`.',
  );
}

/**
 * Why a program cannot serve as the browser, or null when it starts and says its version.
 * @param {string} path
 * @returns {string | null}
 */
function troubleWith(path) {
  const asked = spawnSync(path, ['--version', '--no-sandbox'], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  if (asked.error) return asked.error.message;
  if (asked.status === 0 && /\d+\.\d+\.\d+/.test(asked.stdout)) return null;
  return (asked.stderr || asked.stdout || `exit code ${asked.status}`).trim().slice(0, 300);
}

/** The first name on PATH that starts: on some systems the first is a stub that asks for snap. */
function findInstalled() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  if (process.platform === 'darwin') {
    candidates.push('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    candidates.push('/Applications/Chromium.app/Contents/MacOS/Chromium');
  }
  return candidates.find((path) => existsSync(path) && troubleWith(path) === null) ?? null;
}

/** Any Chromium that some version of Playwright has downloaded, the newest first. */
function findInPlaywrightCache() {
  const folder =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    (process.platform === 'darwin'
      ? join(homedir(), 'Library/Caches/ms-playwright')
      : join(homedir(), '.cache/ms-playwright'));
  if (!existsSync(folder)) return null;
  const programs = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-linux/headless_shell',
    'chrome-headless-shell-linux64/chrome-headless-shell',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    'chrome-mac/headless_shell',
  ];
  const paths = readdirSync(folder)
    .filter((name) => name.startsWith('chromium'))
    .sort((a, b) => Number(b.split('-').at(-1)) - Number(a.split('-').at(-1)))
    .flatMap((name) => programs.map((program) => join(folder, name, program)));
  return paths.find((path) => existsSync(path)) ?? null;
}

/**
 * Unpacks the packed Chromium once per version and returns a script that starts it with the
 * libraries and fonts that came with it, which a bare machine lacks.
 */
async function unpackChromium() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('the packed Chromium is for Linux on x64 only');
  }
  if (!existsSync(packed)) throw new Error('@sparticuz/chromium is not installed');
  const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'));
  const home = join(cache, `chromium-${version}`);
  const program = join(home, 'start.sh');
  if (existsSync(program)) return program;

  const aside = `${home}-${process.pid}`;
  mkdirSync(aside, { recursive: true });
  try {
    await unbrotli('chromium.br', join(aside, 'chromium'));
    await untar('swiftshader.tar.br', aside);
    await untar('al2023.tar.br', join(aside, 'system'));
    await untar('fonts.tar.br', aside);
    chmodSync(join(aside, 'chromium'), 0o755);
    writeFileSync(join(aside, 'fonts.conf'), fontsConfiguration(home));
    writeFileSync(join(aside, 'start.sh'), startScript, { mode: 0o755 });
    // Two processes may unpack at once; the one that comes second takes what the first has made.
    if (existsSync(home)) return program;
    renameSync(aside, home);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return program;
}

/**
 * @param {string} name a file of the package's bin folder
 * @param {string} target the file to write
 */
async function unbrotli(name, target) {
  const source = createReadStream(join(packed, 'bin', name));
  await pipeline(source, createBrotliDecompress(), createWriteStream(target));
}

/**
 * @param {string} name a .tar.br of the package's bin folder
 * @param {string} folder where its contents go
 */
async function untar(name, folder) {
  const tar = join(folder, 'contents.tar');
  mkdirSync(folder, { recursive: true });
  await unbrotli(name, tar);
  execFileSync('tar', ['-x', '--no-same-owner', '-f', tar, '-C', folder]);
  rmSync(tar);
}

/** Only as root on Debian and its kin; anywhere else it says why not. */
function installWithApt() {
  if (!existsSync('/etc/debian_version')) throw new Error('this is not Debian');
  if (process.getuid?.() !== 0) throw new Error('apt-get needs root');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', 'chromium-headless-shell']]) {
    // Its words go to stderr, because stdout may carry a result.
    execFileSync('apt-get', args, { env: environment, stdio: ['ignore', 2, 2] });
  }
  return findInstalled();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { path, source } = await findChromium();
  console.log(`${path} (${source})`);
}
