/** The built command line, as a shell would start it. Built once for a file of tests. */

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';

const root = join(import.meta.dirname, '../..');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export class Program {
  /** An empty folder of its own; the program is started in it. */
  readonly folder = mkdtempSync(join(tmpdir(), 'gameday-cli-'));
  /** Two files of tests may share a process, so the name comes from the folder. */
  private readonly built = join(root, 'node_modules/.cache/gameday', basename(this.folder));

  constructor() {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const args = ['build', '--mode', 'cli', '--outDir', this.built, '--logLevel', 'warn'];
    const { status, stdout, stderr } = spawnSync(process.execPath, [vite, ...args], {
      cwd: root,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`The command line could not be built.\n${stdout}${stderr}`);
  }

  /** Starts it with these arguments and waits for its end. */
  run(...args: string[]): Ended {
    const started = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, [this.path, ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '' },
      maxBuffer: 1e9,
    });
    return { code: status, stdout, stderr, seconds: (performance.now() - started) / 1000 };
  }

  /** Starts it with its output led into a command of the shell; the code is its own. */
  piped(args: readonly string[], into: string): Pick<Ended, 'code' | 'stderr'> {
    const line = `"$0" "$@" | ${into} > /dev/null; exit \${PIPESTATUS[0]}`;
    const words = ['-c', line, process.execPath, this.path, ...args];
    const { status, stderr } = spawnSync('bash', words, { cwd: this.folder, encoding: 'utf8' });
    return { code: status, stderr };
  }

  /** Starts it and returns at once. */
  start(...args: string[]) {
    return spawn(process.execPath, [this.path, ...args], { cwd: this.folder });
  }

  /** Writes a file into its folder and returns the name. */
  write(name: string, content: string | Uint8Array): string {
    writeFileSync(join(this.folder, name), content);
    return name;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(this.built, { recursive: true, force: true });
  }

  private get path(): string {
    return join(this.built, 'cli.js');
  }
}
