// `npm run picture`: takes the README's animation and its picture from the real page: the crash
// that it opens on, the election, the crown that moves, the recovery; then a slow request taken
// apart.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import encoder from 'gifenc';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { chromiumFlags, findChromium } from './browser.mjs';
import { root } from './run-bundled.mjs';

// oxlint-disable-next-line import/no-named-as-default-member -- CommonJS; Node finds no names in it
const { GIFEncoder, applyPalette, quantize } = encoder;

/** @typedef {import('playwright-core').Page} Page */

const pictureAt = 24;
/** The animation, in simulated seconds; a frame for each step. */
const story = { from: 10.6, to: 27, step: 0.2 };
/** The run is played this slowly while pictures are taken, so that none is missed. */
const slowly = '0.25';
/** How long a frame is shown, ms: twice as fast as it happened. */
const frameMs = 100;
const width = 960;
const colours = 128;

await build({ root, logLevel: 'warn' });
const server = await preview({ root, logLevel: 'warn', preview: { host: '127.0.0.1', port: 0 } });
const { path } = await findChromium();
const browser = await chromium.launch({ executablePath: path, args: [...chromiumFlags] });

const page = await openPage();
await until(page, pictureAt);
await page.keyboard.press('Space');
await page.keyboard.press('2');
await page.getByRole('tab', { name: 'Requests' }).click();
await page.locator('.waterfall').waitFor();
await page.mouse.move(0, 0);
await page.waitForTimeout(1000);
await page.screenshot({ path: join(root, 'docs/investigate.png') });
await page.context().close();

const playing = await openPage();
await until(playing, story.from);
await playing.locator('.speed select').selectOption(slowly);
const darkroom = await browser.newPage();
/** @type {{data: Uint8Array, height: number}[]} */
const frames = [];
for (let time = story.from; time <= story.to; time += story.step) {
  await until(playing, time);
  frames.push(await develop(darkroom, await playing.screenshot()));
}
// One palette for all frames, or the ground would flicker. It is made from some of them, because no
// single one shows every colour; its last place means "as before".
const palette = quantize(someOf(frames.map(({ data }) => data)), colours - 1);
const gif = GIFEncoder();
/** @type {Uint8Array | null} */
let before = null;
for (const { data, height } of frames) {
  const indexed = applyPalette(data, palette);
  const shown = before === null ? indexed : onlyChanges(indexed, before, palette.length);
  gif.writeFrame(shown, width, height, {
    palette: [...palette, [0, 0, 0]],
    delay: frameMs,
    transparent: before !== null,
    transparentIndex: palette.length,
    dispose: 1,
  });
  before = indexed;
}
gif.finish();
writeFileSync(join(root, 'docs/page.gif'), gif.bytes());
await browser.close();
await server.close();

async function openPage() {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
  });
  const opened = await context.newPage();
  await opened.goto(`${server.resolvedUrls?.local[0]}?scenario=primary-dies`);
  return opened;
}

/**
 * Waits until the page's clock has come that far.
 * @param {Page} of
 * @param {number} seconds simulated
 */
async function until(of, seconds) {
  await of.waitForFunction(
    (wanted) => {
      const clock = document.querySelector('[data-testid="clock"]')?.textContent ?? '0:0';
      return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) >= wanted;
    },
    seconds,
    { timeout: 240_000 },
  );
}

/**
 * Makes pixels of a picture, in the width of the animation; the browser can decode and scale.
 * @param {Page} within
 * @param {Buffer} picture
 */
async function develop(within, picture) {
  const { base64, height } = await within.evaluate(
    async ({ source, wide }) => {
      const image = new Image();
      image.src = `data:image/png;base64,${source}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = wide;
      canvas.height = Math.round((image.height / image.width) * wide);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('The browser offers no 2D canvas.');
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      const { data: pixels } = context.getImageData(0, 0, canvas.width, canvas.height);
      let text = '';
      for (let at = 0; at < pixels.length; at += 0x8000) {
        text += String.fromCharCode(...pixels.subarray(at, at + 0x8000));
      }
      return { base64: btoa(text), height: canvas.height };
    },
    { source: picture.toString('base64'), wide: width },
  );
  return { data: new Uint8Array(Buffer.from(base64, 'base64')), height };
}

/**
 * The pixels of four frames, spread over the story, one after the other.
 * @param {readonly Uint8Array[]} all
 */
function someOf(all) {
  const chosen = [0.1, 0.4, 0.6, 0.9].flatMap((share) => all[Math.floor(share * all.length)] ?? []);
  const length = chosen.reduce((sum, one) => sum + one.length, 0);
  const joined = new Uint8Array(length);
  let at = 0;
  for (const one of chosen) {
    joined.set(one, at);
    at += one.length;
  }
  return joined;
}

/**
 * The frame with every pixel that is as before left out, which packs well.
 * @param {Uint8Array} frame
 * @param {Uint8Array} last
 * @param {number} unchanged
 */
function onlyChanges(frame, last, unchanged) {
  return frame.map((colour, at) => (colour === last[at] ? unchanged : colour));
}
