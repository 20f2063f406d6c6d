/** The two servers: how they are started, and what is said to them. */

import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { Connection } from './connection.ts';

const VALUE = 'v'.repeat(100);
const LINE_END = '\r\n';

export interface Server {
  /** Such as `Redis 7.0.15, allkeys-lru`. */
  readonly title: string;
  /** Name of the eviction policy that stands for it. */
  readonly policy: string;
  get(keys: readonly number[]): Promise<boolean[]>;
  set(keys: readonly number[]): Promise<void>;
  /** Entries that it holds now. */
  entries(): Promise<number>;
  stop(): void;
}

export async function startRedis(folder: string, policy: string, megabytes: number) {
  const version = /v=([\d.]+)/.exec(versionOf('redis-server'))![1]!;
  const socket = join(folder, `redis-${policy}.socket`);
  const settings = { port: 0, unixsocket: socket, save: '', appendonly: 'no', dir: folder };
  const memory = { maxmemory: `${megabytes}mb`, 'maxmemory-policy': policy };
  const words = Object.entries({ ...settings, ...memory }).flatMap(([name, value]) => [
    `--${name}`,
    String(value),
  ]);
  const stop = launch('redis-server', words);
  const connection = await Connection.open(socket);
  const server: Server = {
    title: `Redis ${version}, ${policy}, maxmemory ${megabytes}mb`,
    policy: policy === 'allkeys-lru' ? 'sampled-lru' : 'sampled-lfu',
    async get(keys) {
      const commands = keys.map((key) => `GET k${key}${LINE_END}`);
      const answers = await connection.ask(commands, endOfRedis);
      return answers.map((answer) => !answer.startsWith('$-1'));
    },
    async set(keys) {
      const commands = keys.map((key) => `SET k${key} ${VALUE}${LINE_END}`);
      refuse(await connection.ask(commands, endOfRedis), '+OK');
    },
    async entries() {
      const [answer] = await connection.ask([`DBSIZE${LINE_END}`], endOfRedis);
      return Number(answer!.slice(1));
    },
    stop() {
      connection.close();
      stop();
    },
  };
  return server;
}

export async function startMemcached(folder: string, megabytes: number): Promise<Server> {
  const version = versionOf('memcached').trim().split(' ').pop()!;
  const socket = join(folder, 'memcached.socket');
  const user = process.getuid?.() === 0 ? ['-u', 'root'] : [];
  const stop = launch('memcached', ['-s', socket, '-m', String(megabytes), '-t', '1', ...user]);
  const connection = await Connection.open(socket);
  return {
    title: `memcached ${version}, -m ${megabytes}`,
    policy: 'segmented-lru',
    async get(keys) {
      const commands = keys.map((key) => `get k${key}${LINE_END}`);
      const answers = await connection.ask(commands, endOfGet);
      return answers.map((answer) => answer.startsWith('VALUE'));
    },
    async set(keys) {
      const commands = keys.map(
        (key) => `set k${key} 0 0 ${VALUE.length}${LINE_END}${VALUE}${LINE_END}`,
      );
      refuse(await connection.ask(commands, endOfLine), 'STORED');
    },
    async entries() {
      // The answer is longer than what is kept of one, so it is taken line by line.
      let entries = NaN;
      for (let command = `stats${LINE_END}`; ; command = '') {
        const [line] = await connection.ask([command], endOfLine);
        if (line!.startsWith('END')) return entries;
        const found = /^STAT curr_items (\d+)/.exec(line!);
        if (found !== null) entries = Number(found[1]);
      }
    },
    stop() {
      connection.close();
      stop();
    },
  };
}

function versionOf(program: string): string {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8' });
  } catch {
    throw new Error(`${program} does not start; on Debian: apt-get install redis-server memcached`);
  }
}

function launch(program: string, words: readonly string[]): () => void {
  const child = spawn(program, words, { stdio: 'ignore' });
  return () => void child.kill();
}

function refuse(answers: readonly string[], expected: string): void {
  const other = answers.find((answer) => !answer.startsWith(expected));
  if (other !== undefined) throw new Error(`The server has answered ${other.trim()}.`);
}

function endOfLine(bytes: Buffer, start: number): number {
  const end = bytes.indexOf(LINE_END, start);
  return end < 0 ? -1 : end + LINE_END.length;
}

/** A line, and after a length the bytes of a value. */
function endOfRedis(bytes: Buffer, start: number): number {
  const end = endOfLine(bytes, start);
  if (end < 0 || bytes[start] !== '$'.charCodeAt(0)) return end;
  const length = Number(bytes.toString('latin1', start + 1, end));
  const whole = length < 0 ? end : end + length + LINE_END.length;
  return whole <= bytes.length ? whole : -1;
}

/** `END`, or a value and `END`. */
function endOfGet(bytes: Buffer, start: number): number {
  const end = endOfLine(bytes, start);
  if (end < 0 || bytes[start] !== 'V'.charCodeAt(0)) return end;
  return endOfLine(bytes, end + VALUE.length + LINE_END.length);
}
