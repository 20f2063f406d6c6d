/** A connection to a cache over a local socket: a batch of commands goes out, answers come in. */

import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** Where the answer that begins at `start` ends; -1 when it has not come in whole. */
type EndOf = (answers: Buffer, start: number) => number;

export class Connection {
  private readonly socket: Socket;
  private received: Buffer[] = [];
  private awaited: (() => void) | null = null;
  private fault: Error | null = null;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (part) => {
      this.received.push(part);
      this.awaited?.();
    });
    const fail = (error: Error) => {
      this.fault = error;
      this.awaited?.();
    };
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('The server has closed the connection.')));
  }

  /** Tries for some seconds, because a server that was just started does not listen yet. */
  static async open(path: string): Promise<Connection> {
    for (let left = 50; ; left--) {
      const socket = connect(path);
      const error = await new Promise<Error | null>((resolve) => {
        socket.once('connect', () => resolve(null));
        socket.once('error', resolve);
      });
      if (error === null) return new Connection(socket);
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Sends commands and returns the beginning of each of their answers. */
  async ask(commands: readonly string[], endOf: EndOf): Promise<string[]> {
    if (commands.length === 0) return [];
    this.socket.write(commands.join(''));
    const answers: string[] = [];
    let start = 0;
    for (;;) {
      const bytes = this.received.length === 1 ? this.received[0]! : Buffer.concat(this.received);
      this.received = [bytes];
      while (answers.length < commands.length) {
        const end = endOf(bytes, start);
        if (end < 0) break;
        answers.push(bytes.toString('latin1', start, Math.min(end, start + 64)));
        start = end;
      }
      if (answers.length === commands.length) {
        this.received = start < bytes.length ? [bytes.subarray(start)] : [];
        return answers;
      }
      if (this.fault !== null) throw this.fault;
      await new Promise<void>((resolve) => (this.awaited = resolve));
      this.awaited = null;
    }
  }

  close(): void {
    this.socket.destroy();
  }
}
