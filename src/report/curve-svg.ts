/** A drawing as SVG: a text that any browser shows and any editor can change. */

import type { Drawing, Shape } from './curve-drawing.ts';

export function drawingSvg({ width, height, ground, shapes }: Drawing, title: string): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` +
      `width="${width}" height="${height}" role="img" ` +
      `font-family="system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${ground}"/>`,
    ...shapes.map(element),
    '</svg>',
    '',
  ].join('\n');
}

function element(shape: Shape): string {
  if (shape.kind === 'words') {
    const { x, y, text, size, align, colour } = shape;
    return (
      `<text x="${short(x)}" y="${short(y)}" font-size="${size}" text-anchor="${align}" ` +
      `fill="${colour}">${escaped(text)}</text>`
    );
  }
  const { points, colour, width, dash } = shape;
  const dashes = dash === null ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
  return (
    `<polyline points="${points.map(([x, y]) => `${short(x)},${short(y)}`).join(' ')}" ` +
    `fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"${dashes}/>`
  );
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
