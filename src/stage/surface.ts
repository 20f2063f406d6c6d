/**
 * The canvas, and what draws on it. WebGL first; after a lost context it is filled again; where
 * there is none, or it does not come back, a plain 2D canvas draws the same, only slower. Pixi's
 * stage outlives none of this: whoever draws is told to build everything anew.
 */

import 'pixi.js/unsafe-eval';
import { Application, Ticker, type Container } from 'pixi.js';
import type { Size } from './camera.ts';

export type SurfaceKind = 'webgl' | 'canvas';

export interface SurfaceOptions {
  readonly ground: string;
  readonly pixelRatio: number;
  /** The context is back and empty: every picture has to be given to it again. */
  readonly onRestored: () => void;
  /** It has been away for too long. */
  readonly onGone: () => void;
}

/** A context that is not back after so long will not come back, ms. */
const patienceMs = 5000;

export class Surface {
  readonly kind: SurfaceKind;
  private readonly app = new Application();
  private readonly options: SurfaceOptions;
  private readonly host: HTMLElement;
  private patience = 0;
  private isLost = false;
  private isDestroyed = false;

  private constructor(host: HTMLElement, kind: SurfaceKind, options: SurfaceOptions) {
    this.host = host;
    this.kind = kind;
    this.options = options;
  }

  /** WebGL where the browser has it, else a plain canvas; rejects when there is neither. */
  static async create(host: HTMLElement, options: SurfaceOptions): Promise<Surface> {
    try {
      return await Surface.createKind(host, 'webgl', options);
    } catch {
      return Surface.createKind(host, 'canvas', options);
    }
  }

  static async createKind(
    host: HTMLElement,
    kind: SurfaceKind,
    options: SurfaceOptions,
  ): Promise<Surface> {
    const surface = new Surface(host, kind, options);
    await surface.start();
    return surface;
  }

  get root(): Container {
    return this.app.stage;
  }

  setGround(ground: string): void {
    if (!this.isDestroyed) this.app.renderer.background.color = ground;
  }

  resize({ width, height }: Size, pixelRatio: number): void {
    if (!this.isDestroyed) this.app.renderer.resize(width, height, pixelRatio);
  }

  render(): void {
    if (!this.isLost && !this.isDestroyed) this.app.render();
  }

  destroy(): void {
    this.isDestroyed = true;
    window.clearTimeout(this.patience);
    this.app.canvas.remove();
    try {
      this.app.destroy({ removeView: true }, { children: true });
    } catch {
      // A context that is gone cannot be told to let go of anything.
    }
  }

  private async start(): Promise<void> {
    // Pixi's own clock would keep waking an idle page.
    Ticker.system.autoStart = false;
    Ticker.system.stop();
    const { host, kind, options } = this;
    await this.app.init({
      // An array leaves no way out: WebGPU on software says yes and draws nothing.
      preference: [kind],
      // Events, accessibility and the rest are the page's own business.
      skipExtensionImports: true,
      background: options.ground,
      antialias: false,
      autoStart: false,
      autoDensity: true,
      resolution: options.pixelRatio,
      width: host.clientWidth || 1,
      height: host.clientHeight || 1,
      gcActive: false,
    });
    const { canvas, renderer } = this.app;
    canvas.setAttribute('aria-hidden', 'true');
    host.dataset['surface'] = kind;
    if (kind === 'webgl') {
      // Few large pictures: one texture a batch makes a shader that software renderers run ten
      // times as fast as the one that chooses among sixteen.
      renderer.limits.maxBatchableTextures = 1;
      this.surviveLosses(canvas);
    }
    host.append(canvas);
  }

  private surviveLosses(canvas: HTMLCanvasElement): void {
    canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault();
      this.isLost = true;
      window.clearTimeout(this.patience);
      this.patience = window.setTimeout(() => {
        if (!this.isDestroyed) this.options.onGone();
      }, patienceMs);
    });
    canvas.addEventListener('webglcontextrestored', () => {
      window.clearTimeout(this.patience);
      if (this.isDestroyed) return;
      this.isLost = false;
      this.options.onRestored();
    });
  }
}
