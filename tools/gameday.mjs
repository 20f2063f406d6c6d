// `npm run -s gameday -- …`: the command line from a clone. Builds dist/cli.js when a source is
// newer, then becomes it: same process, same arguments, same exit code.
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureInstalled } from './ensure-installed.mjs';
import { isFresh } from './freshness.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'dist/cli.js');
const sources = ['src', 'scenarios', 'package.json', 'package-lock.json', 'vite.config.ts'];

const inputs = sources.map((source) => join(root, source));
if (!isFresh(program, inputs)) {
  ensureInstalled();
  build();
}

// npm starts scripts in the root of the package; FILE is meant from where the user stands.
if (process.env.npm_lifecycle_event === 'gameday' && process.env.INIT_CWD) {
  process.chdir(process.env.INIT_CWD);
}
process.argv[1] = program;
await import(pathToFileURL(program).href);

/**
 * Builds aside and moves the result in place, so that another process which starts meanwhile reads
 * the old program or the new one, never half of one.
 */
function build() {
  const startedSeconds = Date.now() / 1000;
  const aside = join(root, `node_modules/.cache/gameday/cli-${process.pid}`);
  const viteArgs = ['build', '--mode', 'cli', '--outDir', aside, '--logLevel', 'warn'];
  const vite = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), ...viteArgs],
    { cwd: root, encoding: 'utf8' },
  );
  if (vite.status !== 0) {
    rmSync(aside, { recursive: true, force: true });
    console.error(`${vite.stdout}${vite.stderr}The command line could not be built.`);
    process.exit(4);
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  // A source that changed during the build is newer than its start, so the next call builds again.
  utimesSync(join(aside, 'cli.js'), startedSeconds, startedSeconds);
  renameSync(join(aside, 'cli.js'), program);
  rmSync(aside, { recursive: true, force: true });
}
