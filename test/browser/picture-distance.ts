/** How much two pictures differ: not at all, or by the shares of their colours. */

import type { Page } from 'playwright-core';

/** Each of the three colours in so many classes. */
const classes = 8;

/** Shares of the colours of a picture, summing to 1; decoded by the browser of the page. */
async function coloursOf(page: Page, picture: Buffer): Promise<readonly number[]> {
  return page.evaluate(
    async ([base64, count]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const shares = Array.from({ length: count ** 3 }, () => 0);
      const place = (value: number) => Math.floor((value * count) / 256);
      for (let at = 0; at < data.length; at += 4) {
        const red = place(data[at]!) * count * count;
        const index = red + place(data[at + 1]!) * count + place(data[at + 2]!);
        shares[index]! += 4 / data.length;
      }
      return shares;
    },
    [picture.toString('base64'), classes] as const,
  );
}

/** 0: the same colours in the same shares; 1: none in common. */
export async function colourDistance(page: Page, left: Buffer, right: Buffer): Promise<number> {
  const [one, other] = [await coloursOf(page, left), await coloursOf(page, right)];
  return one.reduce((sum, share, index) => sum + Math.abs(share - other[index]!), 0) / 2;
}

/** Share of the picture that its most frequent colour does not cover; 0: it is blank. */
export async function inkOf(page: Page, picture: Buffer): Promise<number> {
  return 1 - Math.max(...(await coloursOf(page, picture)));
}
