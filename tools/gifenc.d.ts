/** The part of gifenc that the animation is made with; the package ships no types. */

declare module 'gifenc' {
  /** A list of colours, each red, green and blue from 0 to 255. */
  export type Palette = number[][];

  export interface FrameOptions {
    readonly palette?: Palette;
    /** How long the frame is shown, ms. */
    readonly delay?: number;
    readonly transparent?: boolean;
    readonly transparentIndex?: number;
    /** 1: the next frame is drawn over this one. */
    readonly dispose?: number;
  }

  /** A CommonJS package: everything hangs on its one export. */
  const encoder: {
    readonly GIFEncoder: () => {
      writeFrame(indexed: Uint8Array, width: number, height: number, options: FrameOptions): void;
      finish(): void;
      bytes(): Uint8Array;
    };
    /** The best few colours for pixels of red, green, blue and opacity. */
    readonly quantize: (pixels: Uint8Array, coloursMax: number) => Palette;
    /** The place in the palette of each pixel. */
    readonly applyPalette: (pixels: Uint8Array, palette: Palette) => Uint8Array;
  };
  export default encoder;
}
