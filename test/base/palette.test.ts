import { expect, test } from 'vitest';
import { palettes, type Palette } from '../../src/base/palette.ts';

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

const themes = Object.entries(palettes);
const signals: readonly (keyof Palette)[] = ['flight', 'ok', 'slow', 'failed', 'write', 'outline'];

test.each(themes)('words in the %s theme have a contrast of at least 7:1', (_name, palette) => {
  for (const ink of [palette.ink, palette.inkSoft]) {
    for (const ground of [palette.ground, palette.surface, palette.raised]) {
      expect(contrast(ink, ground)).toBeGreaterThanOrEqual(7);
    }
  }
});

test.each(themes)('signals in the %s theme stand out by at least 3:1', (_name, palette) => {
  for (const signal of signals) {
    expect(contrast(palette[signal], palette.ground), signal).toBeGreaterThanOrEqual(3);
  }
});
