/** A box that is being carried to another place. */

import { boxAt, centre, moveBox, type Scene } from './scene.ts';

export class BoxDrag {
  /** Its centre, in units of the layout. */
  x: number;
  y: number;
  private exactX: number;
  private exactY: number;
  private scene: Scene;
  private readonly box: number;

  private constructor(scene: Scene, box: number) {
    this.scene = scene;
    this.box = box;
    const { x, y } = centre(scene.boxes[box]!);
    [this.x, this.exactX] = [x, x];
    [this.y, this.exactY] = [y, y];
  }

  /** The box at a point of the world; null when there is none. */
  static begin(scene: Scene, x: number, y: number): BoxDrag | null {
    const box = boxAt(scene, x, y);
    return box < 0 ? null : new BoxDrag(scene, box);
  }

  get name(): string {
    return this.scene.boxes[this.box]!.view.name;
  }

  /** True when the path names the box or something in it. */
  holds(path: string): boolean {
    return path === this.name || path.startsWith(`${this.name}/`);
  }

  /** The scene with the box further on by some units; it stands on whole ones, as written. */
  carry(dx: number, dy: number): Scene {
    this.exactX += dx;
    this.exactY += dy;
    this.x = Math.round(this.exactX);
    this.y = Math.round(this.exactY);
    this.scene = moveBox(this.scene, this.box, this.x, this.y);
    return this.scene;
  }
}
