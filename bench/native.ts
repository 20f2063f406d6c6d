/**
 * Yardsticks in C++: built by the compiler of the machine, run as processes of their own that keep
 * their processor time themselves. Where there is no compiler their rows stay empty.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Done } from './rounds.ts';
import type { Sheet } from './bench.ts';

const compiler = process.env['CXX'] ?? 'g++';
const folder = 'node_modules/.cache/gameday/native';

/** Without fused multiplication, so that a sum is the same number as in JavaScript. */
const flags = ['-O3', '-std=c++17', '-ffp-contract=off'];

/** What a yardstick prints: its units, its processor time, and what it computed. */
type NativeResult = Done & Readonly<Record<string, number>>;

export type Native = (...args: readonly (number | string)[]) => NativeResult;

/** Builds `bench/native/<name>.cpp`; null, and a note on the sheet, when that is not possible. */
export function buildNative(name: string, sheet: Sheet): Native | null {
  mkdirSync(folder, { recursive: true });
  const program = join(folder, name);
  const built = spawnSync(compiler, [...flags, '-o', program, `bench/native/${name}.cpp`], {
    encoding: 'utf8',
  });
  if (built.error !== undefined) {
    sheet.note(`Rows in C++ are empty: there is no ${compiler} here.`);
    return null;
  }
  if (built.status !== 0) throw new Error(`${name}.cpp does not compile.\n${built.stderr}`);
  return (...args) => {
    const ended = spawnSync(program, args.map(String), { encoding: 'utf8' });
    if (ended.status !== 0) throw new Error(`${name} failed.\n${ended.stderr}`);
    return JSON.parse(ended.stdout) as NativeResult;
  };
}

/** What built the yardsticks, as it calls itself; null when there is none. */
export function compilerName(): string | null {
  const asked = spawnSync(compiler, ['--version'], { encoding: 'utf8' });
  return asked.status === 0 ? asked.stdout.split('\n')[0]! : null;
}
