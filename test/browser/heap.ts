/** Memory that is really in use, on the page and in its worker, after everything unused is gone. */

import type { CDPSession, Page } from 'playwright-core';

export interface HeapUse {
  /** Objects and the buffers behind arrays, MB. */
  readonly page: number;
  readonly workers: number;
}

interface Usage {
  readonly usedSize: number;
  readonly backingStorageSize?: number;
}

type Ask = (method: string) => Promise<unknown>;

/** Asks page and workers; a worker answers only through its own channel. */
export class HeapScale {
  private readonly cdp: CDPSession;
  private readonly workers = new Map<string, Ask>();
  private answers = new Map<number, (answer: unknown) => void>();
  private asked = 0;

  private constructor(cdp: CDPSession) {
    this.cdp = cdp;
  }

  static async of(page: Page): Promise<HeapScale> {
    const cdp = await page.context().newCDPSession(page);
    const scale = new HeapScale(cdp);
    cdp.on('Target.attachedToTarget', ({ sessionId }) => scale.attach(sessionId));
    cdp.on('Target.detachedFromTarget', ({ sessionId }) => scale.workers.delete(sessionId));
    cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { id, result } = JSON.parse(message) as { id?: number; result?: unknown };
      if (id !== undefined) scale.answers.get(id)?.(result);
    });
    await cdp.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
    return scale;
  }

  async weigh(): Promise<HeapUse> {
    const page: Ask = (method) => this.cdp.send(method as 'Runtime.getHeapUsage');
    const workers = await Promise.all([...this.workers.values()].map(used));
    return { page: await used(page), workers: workers.reduce((sum, one) => sum + one, 0) };
  }

  private attach(sessionId: string): void {
    this.workers.set(sessionId, (method) => {
      const id = (this.asked += 1);
      const message = JSON.stringify({ id, method });
      const answer = new Promise((done) => this.answers.set(id, done));
      void this.cdp.send('Target.sendMessageToTarget', { sessionId, message });
      return answer;
    });
  }
}

async function used(ask: Ask): Promise<number> {
  // What only a finaliser kept is gone with the second.
  await ask('HeapProfiler.collectGarbage');
  await ask('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = (await ask('Runtime.getHeapUsage')) as Usage;
  return (usedSize + backingStorageSize) / 2 ** 20;
}
