// `npm run picture`: takes the picture of the README from the real page, a few seconds after the
// crash that it opens on.
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { chromiumFlags, findChromium } from './browser.mjs';
import { root } from './run-bundled.mjs';

const secondsIntoTheRun = 18;

await build({ root, logLevel: 'warn' });
const server = await preview({ root, logLevel: 'warn', preview: { host: '127.0.0.1', port: 0 } });
const { path } = await findChromium();
const browser = await chromium.launch({ executablePath: path, args: [...chromiumFlags] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
await page.goto(`${server.resolvedUrls?.local[0]}?scenario=primary-dies`);
await page.waitForFunction(
  (seconds) => {
    const clock = document.querySelector('[data-testid="clock"]')?.textContent ?? '0:0';
    return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) >= seconds;
  },
  secondsIntoTheRun,
  { timeout: 120_000 },
);
await page.screenshot({ path: join(root, 'docs/page.png') });
await browser.close();
await server.close();
