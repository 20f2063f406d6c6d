/**
 * The way to uPlot, which formats numbers in the reader's language as soon as it is loaded and
 * throws when the browser's language is no language, such as `en-US@posix`. What is valid of it is
 * put in its place first.
 */

import type uPlot from 'uplot';

export type Plot = typeof uPlot;

let plot: Promise<Plot | null> | null = null;

/** Null when the charts cannot be drawn here; their tables can be shown all the same. */
export function loadPlot(): Promise<Plot | null> {
  plot ??= load();
  return plot;
}

async function load(): Promise<Plot | null> {
  const language = usableLanguage(navigator.language);
  if (language !== navigator.language) {
    Object.defineProperty(navigator, 'language', { value: language, configurable: true });
  }
  try {
    return (await import('uplot')).default;
  } catch {
    return null;
  }
}

/** The language itself when it is one, else as much of its beginning as is. */
export function usableLanguage(language: unknown): string {
  const text = typeof language === 'string' ? language.replaceAll('_', '-') : '';
  const beginnings = [text, text.split(/[@.]/)[0]!, text.split(/[-@.]/)[0]!];
  return beginnings.find(isLanguage) ?? 'en';
}

function isLanguage(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
