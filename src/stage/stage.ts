/**
 * The canvas: hands frames to the picture, follows pointers, and draws when there is something new
 * to see. Several may live on one page. Everything it says about itself goes through its options.
 */

import type { Cell, StageForm } from '../base/box-geometry.ts';
import { palettes, type ThemeName } from '../base/palette.ts';
import type { Frame } from '../protocol/frame.ts';
import type { ScenarioView } from '../protocol/scenario-view.ts';
import type { Appearance } from './appearance.ts';
import type { Camera } from './camera.ts';
import { DotBudget } from './dot-budget.ts';
import { dotTextures, type DotTextures } from './dot-textures.ts';
import { DrawingLog } from './drawing-log.ts';
import { InsideWatch } from './inside-watch.ts';
import { listenToPointers } from './pointers.ts';
import { isElsewhere, Playout } from './playout.ts';
import { Picture, type TrafficMode } from './picture.ts';
import { buildScene, roadLength, type Scene } from './scene.ts';
import { StatusTeller, type StageOptions } from './stage-options.ts';
import { Surface } from './surface.ts';
import { Viewpoint } from './viewpoint.ts';

const dotsMax = 2000;
/** After the camera has moved, what was only scaled is painted crisp again. */
const settleMs = 140;
/** A longer gap between two drawings is not caught up with, s. */
const stepSecondsMax = 0.25;
const withoutCard = 'Drawn without the graphics card.';

export class Stage {
  private surface!: Surface;
  private readonly playout = new Playout();
  private readonly budget = new DotBudget();
  private readonly viewpoint: Viewpoint;
  private readonly insideWatch: InsideWatch;
  private readonly log: DrawingLog;
  private readonly status: StatusTeller;
  private readonly host: HTMLElement;
  private options: StageOptions;
  private scenes: Readonly<Record<StageForm, Scene>> | null = null;
  private scene: Scene | null = null;
  private picture: Picture | null = null;
  private textures!: DotTextures;
  private selection: string | null = null;
  private followed: number | null = null;
  private awaitedPlace: string | null = null;
  private playing = false;
  private speed = 1;
  private repaintAll = true;
  private scheduled = 0;
  private settleTimer = 0;
  private lastDrawnMs = 0;
  private lastFrame: Frame | null = null;
  private readonly sizes = new ResizeObserver(() => this.resize());
  private isDestroyed = false;
  private dotBudget = 0;
  private crowdedUntilMs = 0;
  private mode: TrafficMode = 'dots';

  private constructor(host: HTMLElement, options: StageOptions) {
    this.host = host;
    this.log = new DrawingLog(host);
    this.options = options;
    this.viewpoint = new Viewpoint((size) => this.options.margins(size));
    this.status = new StatusTeller((status) => this.options.onStatus(status));
    this.insideWatch = new InsideWatch((path) => this.options.inside(path));
  }

  /** Rejects when the browser offers neither WebGL nor a plain canvas. */
  static async create(host: HTMLElement, options: StageOptions): Promise<Stage> {
    const stage = new Stage(host, options);
    await stage.start();
    return stage;
  }

  /** Another scenario, or the same one loaded anew. */
  show(view: ScenarioView): void {
    this.scenes = { wide: buildScene(view, 'wide'), tall: buildScene(view, 'tall') };
    this.lastFrame = null;
    this.viewpoint.isFitted = true;
    this.build();
    if (this.awaitedPlace !== null && this.viewpoint.goTo(this.awaitedPlace)) this.moved();
    this.awaitedPlace = null;
  }

  take(frame: Frame): void {
    const nowMs = performance.now();
    this.playing = frame.state === 'playing';
    const before = this.lastFrame;
    const moved = before === null ? !this.playing : isElsewhere(frame, before);
    if (moved) this.picture?.forget();
    this.lastFrame = frame;
    this.playout.receive(frame.time, frame.speedReached);
    this.setMode(frame.requestsPerDot);
    const news =
      !document.hidden &&
      this.picture?.take(frame, this.playout.pace(frame, moved), nowMs) === true;
    if (news) this.repaintAll = true;
    if ((this.picture?.dots.takeSkipped() ?? 0) > 0) this.crowdedUntilMs = nowMs + 1000;
    this.lookInside();
    this.tellStatus(nowMs);
    this.draw();
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    this.playout.setSpeed(speed);
    this.picture?.dots.setSpeed(speed);
  }

  select(path: string | null): void {
    this.selection = path;
    this.lookInside();
    this.repaint();
  }

  /** Dims all requests but one; null: none. */
  follow(request: number | null): void {
    this.followed = request;
    this.picture?.follow(request);
    this.repaint();
  }

  setTheme(theme: ThemeName): void {
    this.options = { ...this.options, theme };
    this.surface.setGround(palettes[theme].ground);
    const before = this.textures;
    this.textures = dotTextures(palettes[theme], this.pixelRatio);
    this.picture?.setTextures(this.textures);
    before.destroy();
    this.repaint();
  }

  setReducedMotion(reducedMotion: boolean): void {
    this.options = { ...this.options, reducedMotion };
    this.setMode(this.lastFrame?.requestsPerDot ?? 1);
    this.tellStatus(performance.now());
    this.repaint();
  }

  get camera(): Camera {
    return this.viewpoint.camera;
  }

  /** Stands where another stage stands, without telling anybody. */
  setCamera(camera: Camera): void {
    if (this.viewpoint.mirror(camera)) this.moved(false);
  }

  /** Takes the picture off the page for good. */
  destroy(): void {
    this.isDestroyed = true;
    this.sizes.disconnect();
    cancelAnimationFrame(this.scheduled);
    window.clearTimeout(this.settleTimer);
    this.picture?.destroy();
    this.picture = null;
    this.surface.destroy();
    this.textures.destroy();
  }

  /** Goes to a place that was written down; null: shows everything. */
  goTo(place: string | null): void {
    if (this.scene === null) this.awaitedPlace = place;
    else if (place === null) this.fit();
    else if (this.viewpoint.goTo(place)) this.moved();
  }

  fit(): void {
    if (this.scene === null) return;
    this.viewpoint.fit(this.scene);
    this.moved();
  }

  zoomBy(factor: number): void {
    this.viewpoint.zoom(factor);
    this.moved();
  }

  /** One level nearer to a box or node; false when its inside shows already. */
  goIn(path: string): boolean {
    return this.went(this.scene !== null && this.viewpoint.goIn(this.scene, path));
  }

  /** One level further away; false when all is seen already. */
  goOut(): boolean {
    return this.went(this.scene !== null && this.viewpoint.goOut(this.scene));
  }

  /** Screen rectangle of a node or box in CSS pixels, or null. */
  rectangle(path: string): Cell | null {
    return this.scene === null ? null : this.viewpoint.rectangle(this.scene, path);
  }

  private get pixelRatio(): number {
    return Math.min(3, window.devicePixelRatio || 1);
  }

  private get roadPixels(): number {
    return this.scene === null ? 0 : roadLength(this.scene) * this.camera.zoom;
  }

  private async start(): Promise<void> {
    this.textures = dotTextures(palettes[this.options.theme], this.pixelRatio);
    this.surface = await Surface.create(this.host, this.surfaceOptions());
    if (this.surface.kind === 'canvas') this.options.onNote(withoutCard);
    this.listen();
    this.sizes.observe(this.host);
    this.resize();
  }

  private surfaceOptions() {
    return {
      ground: palettes[this.options.theme].ground,
      pixelRatio: this.pixelRatio,
      onRestored: () => {
        // Every picture is still on its 2D canvas; the new context only has to be given it again.
        this.textures.refresh();
        this.picture?.refresh();
        this.repaint();
      },
      onGone: () => void this.goOnWithoutCard(),
    };
  }

  /** The graphics card was lost for good: a plain canvas draws the same from now on. */
  private async goOnWithoutCard(): Promise<void> {
    this.picture?.destroy();
    this.picture = null;
    this.surface.destroy();
    try {
      this.surface = await Surface.createKind(this.host, 'canvas', this.surfaceOptions());
    } catch {
      this.options.onBroken('The graphics card was lost and did not come back.');
      return;
    }
    this.textures = dotTextures(palettes[this.options.theme], this.pixelRatio);
    this.options.onNote(withoutCard);
    this.resize();
    this.build();
    if (this.lastFrame !== null) this.take({ ...this.lastFrame, hops: new Float64Array() });
  }

  private listen(): void {
    const { options, viewpoint } = this;
    listenToPointers(this.host, {
      scene: () => this.scene,
      camera: () => this.camera,
      dotAt: (x, y) => this.picture?.dots.at(x, y) ?? null,
      isSelected: (drag) => this.selection !== null && drag.holds(this.selection),
      onPan: (dx, dy) => {
        viewpoint.pan(dx, dy);
        this.moved();
      },
      onZoom: (factor, at) => {
        viewpoint.zoom(factor, at);
        this.moved();
      },
      onFit: () => this.fit(),
      onCarried: (scene) => {
        this.scene = scene;
        this.picture?.reshape(scene);
        this.draw();
      },
      onDropped: ({ name, x, y }) => {
        if (this.scenes !== null && this.scene !== null) {
          this.scenes = { ...this.scenes, wide: this.scene };
        }
        this.repaint();
        options.onMove(name, x, y);
      },
      onSelect: (path) => options.onSelect(path),
      onPickRequest: ({ request, time }) => options.onPickRequest(request, time),
    });
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.host;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.viewpoint.size = { width: clientWidth, height: clientHeight };
    this.surface.resize(this.viewpoint.size, this.pixelRatio);
    if (this.viewpoint.better(this.scenes) !== this.scene) this.build();
    else if (this.viewpoint.isFitted) this.fit();
    // A canvas of another size is empty; waiting for the next frame would show that.
    this.repaintAll = true;
    cancelAnimationFrame(this.scheduled);
    this.render(performance.now());
  }

  private build(): void {
    const scene = this.viewpoint.better(this.scenes);
    if (scene === null) return;
    this.picture?.destroy();
    this.scene = scene;
    if (this.viewpoint.isFitted) this.viewpoint.fit(scene);
    // Some to spare, for bursts and for a viewer who comes closer.
    const dots = Math.min(dotsMax, 3 * this.budget.room(this.roadPixels));
    this.picture = new Picture(this.surface.root, scene, this.textures, dots, this.lastFrame);
    this.picture.dots.setSpeed(this.speed);
    this.picture.follow(this.followed);
    this.setMode(this.lastFrame?.requestsPerDot ?? 1);
    this.tellDotBudget();
    this.moved();
  }

  private tellDotBudget(): void {
    const budget = this.budget.budget(this.roadPixels);
    if (budget === this.dotBudget) return;
    this.dotBudget = budget;
    this.options.onDotBudget(budget);
  }

  private went(went: boolean): boolean {
    if (went) this.moved();
    return went;
  }

  /** The camera has moved; `tells`: others want to know. */
  private moved(tells = true): void {
    window.clearTimeout(this.settleTimer);
    this.settleTimer = window.setTimeout(() => {
      this.tellDotBudget();
      this.lookInside();
      this.repaint();
    }, settleMs);
    const { camera, level, place } = this.viewpoint;
    if (this.host.dataset['level'] !== String(level)) this.repaintAll = true;
    this.host.dataset['level'] = String(level);
    if (tells) this.options.onCamera(camera, level, place);
    this.draw();
  }

  private lookInside(): void {
    const { scene, picture, viewpoint } = this;
    if (scene === null || picture === null) return;
    const node = viewpoint.level === 3 ? viewpoint.nodeInFocus(scene, this.selection) : null;
    picture.inside.show(node);
    const path = node === null ? null : scene.boxes.flatMap(({ nodes }) => nodes)[node]!.path;
    this.insideWatch.look(path, this.lastFrame?.time ?? 0, (answer) => {
      if (this.picture !== picture) return;
      picture.inside.take(answer);
      this.draw();
    });
  }

  private setMode(requestsPerDot: number): void {
    const moving = requestsPerDot === Infinity ? 'flow' : 'dots';
    this.mode = this.options.reducedMotion ? 'still' : moving;
    this.picture?.setMode(this.mode);
    this.host.dataset['mode'] = this.mode;
  }

  private tellStatus(nowMs: number): void {
    this.status.tell({
      mode: this.mode,
      requestsPerDot: this.lastFrame?.requestsPerDot ?? 1,
      crowded: nowMs < this.crowdedUntilMs,
      marks: this.picture?.marks.list(nowMs) ?? [],
      evictionsPerSquare: this.picture?.evictions.perSquare ?? 1,
    });
  }

  private repaint(): void {
    this.repaintAll = true;
    this.draw();
  }

  /** Asks for one frame; while playing, each asks for the next. */
  private draw(): void {
    if (this.scheduled !== 0 || this.isDestroyed) return;
    this.scheduled = requestAnimationFrame((nowMs) => this.render(nowMs));
  }

  private render(nowMs: number): void {
    this.scheduled = 0;
    const startMs = performance.now();
    const intervalMs = nowMs - this.lastDrawnMs;
    const wallSeconds = this.playing ? Math.min(stepSecondsMax, intervalMs / 1000) : 0;
    this.lastDrawnMs = nowMs;
    this.playout.advance(wallSeconds);
    const look: Appearance = {
      camera: this.camera,
      level: this.viewpoint.level,
      palette: palettes[this.options.theme],
      pixelRatio: this.pixelRatio,
      selection: this.selection,
      reducedMotion: this.options.reducedMotion,
      followedEdges: this.picture?.edgesFollowed ?? null,
    };
    this.picture?.update(wallSeconds, look, { nowMs, all: this.repaintAll });
    this.repaintAll = false;
    this.surface.render();
    const costMs = performance.now() - startMs;
    this.log.add(costMs, this.picture, this.playing);
    if (!this.playing) return this.budget.begin();
    if (this.budget.note(intervalMs, costMs)) this.tellDotBudget();
    this.draw();
  }
}
