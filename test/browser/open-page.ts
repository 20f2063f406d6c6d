/** Opens the built page in a real browser and watches what it must never do. */

import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { chromiumFlags } from '../../tools/browser.mjs';

export interface OpenedPage {
  readonly page: Page;
  /** Errors in the console and requests to other origins, in order; empty when all is well. */
  readonly offences: readonly string[];
}

export interface OpenOptions extends BrowserContextOptions {
  /** Such as `?scenario=photo-feed`. */
  readonly query?: string;
  /** As in a browser whose graphics card is not to be used. */
  readonly withoutWebGl?: boolean;
  /** As in one that draws no pictures at all. */
  readonly withoutCanvas?: boolean;
  /** Runs in the page before any script of its own. */
  readonly initScript?: () => void;
  /** Texts in place of those of bundled scenarios, by their names. */
  readonly texts?: Readonly<Record<string, string>>;
  /** False: do not wait for the run to show up. */
  readonly untilRunning?: boolean;
}

let browser: Promise<Browser> | null = null;

export async function openPage(options: OpenOptions = {}): Promise<OpenedPage> {
  const {
    query = '',
    untilRunning = true,
    withoutWebGl = false,
    withoutCanvas = false,
    initScript,
    texts,
    ...context
  } = options;
  browser ??= chromium.launch({ executablePath: inject('chromiumPath'), args: [...chromiumFlags] });
  const opened = await (
    await browser
  ).newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    ...context,
  });
  const page = await opened.newPage();
  if (withoutWebGl || withoutCanvas) {
    await page.addInitScript(
      (kinds) => {
        // `null` is what a browser answers that has no such context.
        // oxlint-disable-next-line typescript/unbound-method -- called with its canvas below
        HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext, {
          apply: (own, canvas, args: [string]) =>
            kinds.some((kind) => args[0].startsWith(kind))
              ? null
              : Reflect.apply(own, canvas, args),
        });
        OffscreenCanvas.prototype.getContext = () => null;
      },
      withoutCanvas ? ['webgl', '2d'] : ['webgl'],
    );
  }
  if (initScript !== undefined) await page.addInitScript(initScript);
  for (const [name, text] of Object.entries(texts ?? {})) {
    await page.route(`**/assets/${name}-*.yaml`, async (route) => {
      await route.fulfill({ contentType: 'text/yaml', body: text });
    });
  }
  const offences: string[] = [];
  const { origin } = new URL(inject('pageUrl'));
  page.on('console', (message) => {
    if (message.type() === 'error') offences.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => offences.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isOwn = url.origin === origin || url.protocol === 'data:' || url.protocol === 'blob:';
    if (!isOwn) offences.push(`request: ${request.url()}`);
  });
  await page.goto(`${inject('pageUrl')}${query}`);
  if (untilRunning) await page.waitForFunction(() => document.querySelector('.mirror-node'));
  return { page, offences };
}

/** To be called after every test, so that no page goes on simulating behind the next one. */
export async function closePages(): Promise<void> {
  for (const context of (await browser)?.contexts() ?? []) await context.close();
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = null;
}

/** What the stage says about itself. */
export async function stageStatus(page: Page): Promise<{
  rendered: number;
  dots: number;
  firstDot: string;
  /** From the start of the navigation until a dot was drawn, ms. */
  firstDotMs: number;
  mode: string;
}> {
  return page.getByTestId('stage').evaluate((host) => {
    const { rendered, dots, firstDot, firstDotMs, mode } = (host as HTMLElement).dataset;
    return {
      rendered: Number(rendered ?? 0),
      dots: Number(dots ?? 0),
      firstDot: firstDot ?? '',
      firstDotMs: Number(firstDotMs ?? NaN),
      mode: mode ?? '',
    };
  });
}

/** Simulated seconds on the page's clock. */
export async function clockSeconds(page: Page): Promise<number> {
  const text = (await page.getByTestId('clock').textContent()) ?? '';
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** Different colours in a picture of the canvas; one or two mean that it is blank. */
export async function coloursOnStage(page: Page): Promise<number> {
  const picture = await page.locator('.stage-host canvas').screenshot();
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(
      context.getImageData(0, 0, image.width, image.height).data.buffer,
    );
    return new Set(pixels).size;
  }, picture.toString('base64'));
}

/** State of a node as the page tells it in words. */
export async function nodeState(page: Page, path: string): Promise<string | null> {
  return page.locator(`.mirror-node[data-path="${path}"]`).getAttribute('data-state');
}

export async function waitForState(page: Page, path: string, state: string): Promise<void> {
  await page.waitForSelector(`.mirror-node[data-path="${path}"][data-state="${state}"]`, {
    state: 'attached',
  });
}

/** Path of the first node of that kind that is up, such as of a `service`. */
export async function firstNodeOf(page: Page, kind: string): Promise<string> {
  const node = page.locator('.mirror-node', { hasText: `, ${kind}, up` }).first();
  return (await node.getAttribute('data-path')) ?? '';
}
