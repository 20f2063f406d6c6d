/**
 * The canvas: shows a scenario, follows its frames, and draws only while something changes. It
 * has its own loop, which stops when the run is paused; then a frame is drawn on demand alone.
 */

import 'pixi.js/unsafe-eval';
import { Application, Ticker } from 'pixi.js';
import type { StageForm } from '../base/box-geometry.ts';
import { palettes, type ThemeName } from '../base/palette.ts';
import type { Frame } from '../protocol/frame.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import {
  fitCamera,
  panBy,
  toWorld,
  zoomAt,
  type Camera,
  type Margins,
  type Size,
} from './camera.ts';
import { dotTextures, type DotTextures } from './dot-textures.ts';
import { DrawingLog } from './drawing-log.ts';
import { listenForGestures } from './gestures.ts';
import { Playout } from './playout.ts';
import { Picture, type TrafficMode } from './picture.ts';
import { buildScene, pathAt, rectangleOf, roadLength, type Scene } from './scene.ts';

export interface StageStatus {
  readonly mode: TrafficMode;
  /** Infinity while traffic is shown as a flow. */
  readonly requestsPerDot: number;
  /** Some hops of the last second found no free dot. */
  readonly crowded: boolean;
}

export interface StageOptions {
  readonly theme: ThemeName;
  readonly reducedMotion: boolean;
  /** Space to keep free around the picture on a stage of that size. */
  readonly margins: (stage: Size) => Margins;
  /** A node or box was clicked, or null for the empty ground. */
  readonly onSelect: (path: string | null) => void;
  readonly onStatus: (status: StageStatus) => void;
  /** The number of dots that the stage can show without clutter has changed. */
  readonly onDotBudget: (dots: number) => void;
  /** The canvas can draw no longer; the reason in words. */
  readonly onBroken: (why: string) => void;
}

const dotsMax = 2000;
/** Distance at which dots in one lane are comfortably told apart, px. */
const dotSpacing = 6;
/** After the camera has moved, what was only scaled is painted crisp again. */
const settleMs = 140;
/** A longer gap between two drawings is not caught up with, s. */
const stepSecondsMax = 0.25;
/** Boxes side by side read better, so the tall form has to be this much larger. */
const tallAdvantage = 1.15;

export class Stage {
  private readonly app = new Application();
  private readonly playout = new Playout();
  private readonly log: DrawingLog;
  private readonly host: HTMLElement;
  private options: StageOptions;
  private scenes: Readonly<Record<StageForm, Scene>> | null = null;
  private scene: Scene | null = null;
  private picture: Picture | null = null;
  private textures: DotTextures | null = null;
  private camera: Camera = { zoom: 1, x: 0, y: 0 };
  private cameraIsFitted = true;
  private size: Size = { width: 1, height: 1 };
  private selection: string | null = null;
  private playing = false;
  private speed = 1;
  private repaintAll = true;
  private scheduled = 0;
  private settleTimer = 0;
  private lastDrawnMs = 0;
  private lastFrameTime = 0;
  private dotBudget = 0;
  private statusKey = '';
  private crowdedUntilMs = 0;
  private status: StageStatus = { mode: 'dots', requestsPerDot: 1, crowded: false };

  private constructor(host: HTMLElement, options: StageOptions) {
    this.host = host;
    this.log = new DrawingLog(host);
    this.options = options;
  }

  /** Rejects when the browser offers no WebGL. */
  static async create(host: HTMLElement, options: StageOptions): Promise<Stage> {
    const stage = new Stage(host, options);
    await stage.start();
    return stage;
  }

  /** Another scenario, or the same one loaded anew. */
  show(view: ScenarioView): void {
    this.scenes = { wide: buildScene(view, 'wide'), tall: buildScene(view, 'tall') };
    this.lastFrameTime = 0;
    this.cameraIsFitted = true;
    this.build();
  }

  take(frame: Frame): void {
    const nowMs = performance.now();
    this.playing = frame.state === 'playing';
    if (frame.time < this.lastFrameTime) this.picture?.forget();
    this.playout.receive(frame.time, frame.speedReached);
    this.setMode(frame.requestsPerDot);
    if (!document.hidden) this.picture?.take(frame, this.playout);
    this.lastFrameTime = frame.time;
    if ((this.picture?.dots.takeSkipped() ?? 0) > 0) this.crowdedUntilMs = nowMs + 1000;
    this.tellStatus(frame.requestsPerDot, nowMs);
    this.draw();
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    this.playout.setSpeed(speed);
    this.picture?.dots.setSpeed(speed);
  }

  select(path: string | null): void {
    this.selection = path;
    this.repaint();
  }

  setTheme(theme: ThemeName): void {
    this.options = { ...this.options, theme };
    this.app.renderer.background.color = palettes[theme].ground;
    const before = this.textures;
    this.textures = dotTextures(palettes[theme], this.pixelRatio);
    this.picture?.setTextures(this.textures);
    before?.destroy();
    this.repaint();
  }

  setReducedMotion(reducedMotion: boolean): void {
    this.options = { ...this.options, reducedMotion };
    this.setMode(this.status.requestsPerDot);
    this.tellStatus(this.status.requestsPerDot, performance.now());
    this.repaint();
  }

  fit(): void {
    this.cameraIsFitted = true;
    this.moveCamera(this.fitted());
  }

  zoomBy(factor: number): void {
    this.cameraIsFitted = false;
    const at = { x: this.size.width / 2, y: this.size.height / 2 };
    this.moveCamera(zoomAt(this.camera, factor, at));
  }

  /** Screen rectangle of a node or box in CSS pixels, or null. */
  rectangle(path: string): { x: number; y: number; width: number; height: number } | null {
    const cell = this.scene === null ? null : rectangleOf(this.scene, path);
    if (cell === null) return null;
    const { zoom, x, y } = this.camera;
    return {
      x: cell.x * zoom + x,
      y: cell.y * zoom + y,
      width: cell.width * zoom,
      height: cell.height * zoom,
    };
  }

  private get pixelRatio(): number {
    return Math.min(3, window.devicePixelRatio || 1);
  }

  private async start(): Promise<void> {
    // Pixi's own clock would keep waking an idle page.
    Ticker.system.autoStart = false;
    Ticker.system.stop();
    await this.app.init({
      // An array leaves no way out: WebGPU on software says yes and draws nothing.
      preference: ['webgl'],
      // Events, accessibility and the rest are the page's own business.
      skipExtensionImports: true,
      background: palettes[this.options.theme].ground,
      antialias: false,
      autoStart: false,
      autoDensity: true,
      resolution: this.pixelRatio,
      width: this.host.clientWidth || 1,
      height: this.host.clientHeight || 1,
      gcActive: false,
    });
    // Few large pictures: one texture a batch makes a shader that software renderers run ten times
    // as fast as the one that chooses among sixteen.
    this.app.renderer.limits.maxBatchableTextures = 1;
    const { canvas } = this.app;
    canvas.setAttribute('aria-hidden', 'true');
    this.host.append(canvas);
    this.textures = dotTextures(palettes[this.options.theme], this.pixelRatio);
    this.surviveContextLoss(canvas);
    this.listen();
    new ResizeObserver(() => this.resize()).observe(this.host);
    this.resize();
  }

  private listen(): void {
    listenForGestures(this.host, {
      onPan: (dx, dy) => {
        this.cameraIsFitted = false;
        this.moveCamera(panBy(this.camera, dx, dy));
      },
      onZoom: (factor, at) => {
        this.cameraIsFitted = false;
        this.moveCamera(zoomAt(this.camera, factor, at));
      },
      onClick: (at) => this.options.onSelect(this.pathAt(at)),
      onDoubleClick: () => this.fit(),
      onHover: (at) => {
        this.host.style.cursor = this.pathAt(at) === null ? 'grab' : 'pointer';
      },
    });
  }

  private pathAt(at: { x: number; y: number }): string | null {
    const { x, y } = toWorld(this.camera, at.x, at.y);
    return this.scene === null ? null : pathAt(this.scene, x, y);
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.host;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.size = { width: clientWidth, height: clientHeight };
    this.app.renderer.resize(clientWidth, clientHeight, this.pixelRatio);
    if (this.bestScene() !== this.scene) this.build();
    else if (this.cameraIsFitted) this.moveCamera(this.fitted());
    // A canvas of another size is empty; waiting for the next frame would show that.
    this.repaintAll = true;
    cancelAnimationFrame(this.scheduled);
    this.render(performance.now());
  }

  /** Of the two forms of the picture, the one that can be shown larger. */
  private bestScene(): Scene | null {
    if (this.scenes === null) return null;
    const { wide, tall } = this.scenes;
    const zoom = ({ bounds }: Scene) =>
      fitCamera(bounds, this.size, this.options.margins(this.size)).zoom;
    return zoom(tall) > zoom(wide) * tallAdvantage ? tall : wide;
  }

  private build(): void {
    const scene = this.bestScene();
    if (scene === null || this.textures === null) return;
    this.picture?.destroy();
    this.scene = scene;
    this.camera = this.fitted();
    // Some to spare, for bursts and for a viewer who comes closer.
    const dots = Math.min(dotsMax, 3 * this.roomForDots());
    this.picture = new Picture(this.app.stage, scene, this.textures, dots);
    this.picture.dots.setSpeed(this.speed);
    this.setMode(this.status.requestsPerDot);
    this.tellDotBudget();
    this.repaint();
  }

  /** As many dots as fit on the roads in both directions, and some more inside the boxes. */
  private roomForDots(): number {
    const pixels = this.scene === null ? 0 : roadLength(this.scene) * this.camera.zoom;
    return Math.min(dotsMax, Math.round(80 + (2 * pixels) / dotSpacing));
  }

  private tellDotBudget(): void {
    const budget = this.roomForDots();
    if (budget === this.dotBudget) return;
    this.dotBudget = budget;
    this.options.onDotBudget(budget);
  }

  private fitted(): Camera {
    if (this.scene === null) return this.camera;
    return fitCamera(this.scene.bounds, this.size, this.options.margins(this.size));
  }

  private moveCamera(camera: Camera): void {
    this.camera = camera;
    window.clearTimeout(this.settleTimer);
    this.settleTimer = window.setTimeout(() => this.settle(), settleMs);
    this.draw();
  }

  private settle(): void {
    this.tellDotBudget();
    this.repaint();
  }

  private setMode(requestsPerDot: number): void {
    const mode = this.options.reducedMotion
      ? 'still'
      : requestsPerDot === Infinity
        ? 'flow'
        : 'dots';
    this.picture?.setMode(mode);
    this.host.dataset['mode'] = mode;
    this.status = { ...this.status, mode };
  }

  private tellStatus(requestsPerDot: number, nowMs: number): void {
    const crowded = nowMs < this.crowdedUntilMs;
    const { mode } = this.status;
    const key = `${mode} ${requestsPerDot} ${crowded}`;
    this.status = { mode, requestsPerDot, crowded };
    if (key === this.statusKey) return;
    this.statusKey = key;
    this.options.onStatus(this.status);
  }

  private repaint(): void {
    this.repaintAll = true;
    this.draw();
  }

  /** Asks for one frame; while playing, each asks for the next. */
  private draw(): void {
    if (this.scheduled === 0) this.scheduled = requestAnimationFrame((nowMs) => this.render(nowMs));
  }

  private render(nowMs: number): void {
    this.scheduled = 0;
    const startMs = performance.now();
    const wallSeconds = this.playing
      ? Math.min(stepSecondsMax, (nowMs - this.lastDrawnMs) / 1000)
      : 0;
    this.lastDrawnMs = nowMs;
    this.playout.advance(wallSeconds);
    const look = {
      camera: this.camera,
      palette: palettes[this.options.theme],
      pixelRatio: this.pixelRatio,
      selection: this.selection,
      reducedMotion: this.options.reducedMotion,
    };
    this.picture?.update(wallSeconds, look, { nowMs, all: this.repaintAll });
    this.repaintAll = false;
    this.app.render();
    this.log.add(performance.now() - startMs, this.picture?.dots ?? null, this.playing);
    if (this.playing) this.draw();
  }

  private surviveContextLoss(canvas: HTMLCanvasElement): void {
    let deadline = 0;
    canvas.addEventListener('webglcontextlost', () => {
      deadline = window.setTimeout(
        () => this.options.onBroken('The graphics card was lost and did not come back.'),
        5000,
      );
    });
    canvas.addEventListener('webglcontextrestored', () => {
      window.clearTimeout(deadline);
      // Every picture is still on its 2D canvas; the new context only has to be given it again.
      this.textures?.refresh();
      this.picture?.refresh();
      this.repaint();
    });
  }
}
