/**
 * The colours of the page, one set for each theme, shared by the canvas and the panels. The five
 * signal colours were searched for the smallest difference that colour-blind eyes would see, and
 * all have a contrast of at least 3:1 on the ground. Words are only ever set in `ink` and
 * `inkSoft`, which have at least 7:1 on `ground`, `surface` and `raised`.
 */

export type ThemeName = 'dark' | 'light';

export interface Palette {
  /** Behind everything. */
  readonly ground: string;
  /** Panels, and the plates of boxes on the stage. */
  readonly surface: string;
  /** Buttons, cells, fields. */
  readonly raised: string;
  /** Hairlines between areas. */
  readonly line: string;
  /** Outlines of things that can be pressed or selected; at least 3:1 on the ground. */
  readonly outline: string;
  readonly ink: string;
  readonly inkSoft: string;
  /** A request on its way. */
  readonly flight: string;
  readonly ok: string;
  readonly slow: string;
  readonly failed: string;
  readonly write: string;
}

export const palettes: Readonly<Record<ThemeName, Palette>> = {
  dark: {
    ground: '#0f1420',
    surface: '#151b2a',
    raised: '#1d2538',
    line: '#283248',
    outline: '#66758f',
    ink: '#eef2f9',
    inkSoft: '#b3bed2',
    flight: '#5dcefe',
    ok: '#2d9c82',
    slow: '#f8c246',
    failed: '#d61f14',
    write: '#9947d7',
  },
  light: {
    ground: '#f6f8fb',
    surface: '#ffffff',
    raised: '#edf1f7',
    line: '#d8dfe9',
    outline: '#79869b',
    ink: '#131a27',
    inkSoft: '#424d60',
    flight: '#4d92cd',
    ok: '#12825f',
    slow: '#af8842',
    failed: '#8f332a',
    write: '#ab1fb4',
  },
};

/** The reader's own interface font where it can be named, for canvas and page alike. */
export const fontStack =
  "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', " +
  "'Liberation Sans', Arial, sans-serif";
