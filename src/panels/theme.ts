/** Light or dark, and whether things may move: the system decides until the reader does. */

import { effect } from '@preact/signals';
import { fontStack, palettes, type ThemeName } from '../base/palette.ts';
import type { PageState } from './page-state.ts';

const storageKey = 'gameday.theme';

/** Takes over the system's wishes, follows their changes, and colours the page accordingly. */
export function followTheme(state: PageState): void {
  const light = window.matchMedia('(prefers-color-scheme: light)');
  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  const system = (): ThemeName => (light.matches ? 'light' : 'dark');
  state.theme.value = remembered() ?? system();
  state.reducedMotion.value = still.matches;
  light.addEventListener('change', () => (state.theme.value = remembered() ?? system()));
  still.addEventListener('change', () => (state.reducedMotion.value = still.matches));
  effect(() => {
    const theme = state.theme.value;
    applyTheme(theme);
    remember(theme === system() ? null : theme);
  });
}

function applyTheme(theme: ThemeName): void {
  const { style, dataset } = document.documentElement;
  dataset['theme'] = theme;
  style.colorScheme = theme;
  style.setProperty('--font', fontStack);
  for (const [name, color] of Object.entries(palettes[theme])) {
    style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, color);
  }
}

function remembered(): ThemeName | null {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'dark' || stored === 'light' ? stored : null;
  } catch {
    // Storage may be forbidden; then nothing is remembered.
    return null;
  }
}

function remember(theme: ThemeName | null): void {
  try {
    if (theme === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    // As above.
  }
}
