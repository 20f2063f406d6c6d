/**
 * Watches what the worker tells the page: frames come by ports, and every one is looked at as it
 * arrives, without the page knowing of it.
 */

import type { Page } from 'playwright-core';

/** The last frame that came, and what was wrong with any of them. */
export interface WatchedFrame {
  /** s */
  readonly time: number;
  readonly state: string;
  readonly hash: string;
  readonly events: number;
}

interface Watch {
  last: WatchedFrame | null;
  faults: string[];
  saved: Blob | null;
}

/** Runs in the page before its scripts, so it can use nothing but what the page has. */
export function watchFrames(): void {
  const watch: Watch = { last: null, faults: [], saved: null };
  Object.assign(globalThis, { watch });
  interface Told {
    run: number;
    branch: number;
    end: number;
    width: number;
  }
  interface Seen {
    readonly run: number;
    readonly branch: number;
    readonly forkedAt: number;
    readonly frontier: number;
    readonly time: number;
    readonly state: string;
    readonly hash: string;
    readonly events: number;
    readonly windows: Float64Array;
    readonly heat: Float32Array;
  }
  const look = (told: Told, frame: Seen) => {
    const say = (words: string) =>
      watch.faults.push(`${words}, run ${frame.run}, branch ${frame.branch}, ${frame.time} s`);
    if (frame.run < told.run) say(`a frame after one of run ${told.run}`);
    if (frame.run > told.run) Object.assign(told, { run: frame.run, branch: 0, end: 0, width: 0 });
    if (frame.branch < told.branch) say(`a frame after one of branch ${told.branch}`);
    if (frame.branch > told.branch) told.end = Math.min(told.end, frame.forkedAt);
    told.branch = frame.branch;
    if (frame.frontier + 1e-9 < frame.time) say('the frontier is behind the time');
    const rows = frame.heat.length / 48;
    if (rows === 0 ? frame.windows.length > 0 : frame.windows.length % rows !== 0) {
      say('heat and windows do not agree');
    }
    const columns = rows === 0 ? 0 : frame.windows.length / rows;
    for (let row = 0; row < rows; row += 1) {
      const end = frame.windows[row * columns]!;
      if (told.width === 0) told.width = end;
      // A fork in the middle of a window tells that window anew.
      if (end <= told.end) say(`the window to ${end} s after that to ${told.end} s`);
      if (end > told.end + told.width + 1e-6) say(`no window between ${told.end} and ${end} s`);
      told.end = end;
    }
  };
  // oxlint-disable-next-line typescript/unbound-method -- called with its port below
  const { addEventListener } = MessagePort.prototype;
  MessagePort.prototype.addEventListener = function (...given: unknown[]) {
    const told: Told = { run: 0, branch: 0, end: 0, width: 0 };
    const [type, listener] = given as [string, (event: MessageEvent<Seen | null>) => void];
    const own = (event: MessageEvent<Seen | null>) => {
      const { data } = event;
      if (data !== null && typeof data === 'object' && 'windows' in data) {
        look(told, data);
        const { time, state, hash, events } = data;
        const main = ((globalThis as { mainPort?: MessagePort }).mainPort ??= this);
        if (main === this) watch.last = { time, state, hash, events };
      }
      listener(event);
    };
    Reflect.apply(addEventListener, this, type === 'message' ? [type, own] : given);
  };
  // oxlint-disable-next-line typescript/unbound-method -- called with its owner below
  const { createObjectURL } = URL;
  URL.createObjectURL = (blob: Blob) => {
    watch.saved = blob;
    return createObjectURL.call(URL, blob);
  };
}

export async function lastFrame(page: Page): Promise<WatchedFrame | null> {
  return page.evaluate(() => (globalThis as unknown as { watch: Watch }).watch.last);
}

export async function faultsOfFrames(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => (globalThis as unknown as { watch: Watch }).watch.faults);
}

/** What the button of that name would write into a file. */
export async function savedText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { watch } = globalThis as unknown as { watch: Watch };
    watch.saved = null;
    document.querySelector<HTMLElement>('button[title^="Save the session"]')!.click();
    return watch.saved === null ? '' : (watch.saved as Blob).text();
  });
}
