/** What pointers do on the stage: they pan and zoom, choose dots, boxes and edges, carry boxes. */

import { BoxDrag } from './box-drag.ts';
import { toWorld, type Camera } from './camera.ts';
import type { Picked } from './dots.ts';
import { listenForGestures } from './gestures.ts';
import { edgeAt, edgePath, pathAt, type Scene } from './scene.ts';

/** How near a pointer has to be to a road to mean it, px. */
const roadReach = 12;

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PointerTarget {
  readonly scene: () => Scene | null;
  readonly camera: () => Camera;
  readonly dotAt: (x: number, y: number) => Picked | null;
  /** True when the box that could be carried is the selected one. */
  readonly isSelected: (drag: BoxDrag) => boolean;
  readonly onPan: (dx: number, dy: number) => void;
  readonly onZoom: (factor: number, at: Point) => void;
  readonly onFit: () => void;
  /** A box is being carried: this is the scene with the box where the pointer is. */
  readonly onCarried: (scene: Scene) => void;
  readonly onDropped: (drag: BoxDrag) => void;
  readonly onSelect: (path: string | null) => void;
  readonly onPickRequest: (picked: Picked) => void;
}

export function listenToPointers(host: HTMLElement, target: PointerTarget): void {
  let drag: BoxDrag | null = null;
  listenForGestures(host, {
    onPan: target.onPan,
    onZoom: target.onZoom,
    onDoubleClick: target.onFit,
    onGrab: (at, pointerType) => {
      drag = grabbed(target, at, pointerType);
      return drag !== null;
    },
    onCarry: (dx, dy) => {
      const { zoom } = target.camera();
      if (drag !== null) target.onCarried(drag.carry(dx / zoom, dy / zoom));
    },
    onDrop: () => {
      if (drag !== null) target.onDropped(drag);
      drag = null;
    },
    onClick: (at) => {
      const picked = target.dotAt(at.x, at.y);
      if (picked === null) target.onSelect(pathUnder(target, at));
      else target.onPickRequest(picked);
    },
    onHover: (at) => {
      const isEmpty = target.dotAt(at.x, at.y) === null && pathUnder(target, at) === null;
      host.style.cursor = isEmpty ? 'grab' : 'pointer';
    },
  });
}

/** A mouse takes along any box; a finger only the one that is selected, because it pans. */
function grabbed(target: PointerTarget, at: Point, pointerType: string): BoxDrag | null {
  const scene = target.scene();
  // Positions in a file are for the wide form.
  if (scene === null || scene.form === 'tall') return null;
  const { x, y } = toWorld(target.camera(), at.x, at.y);
  const drag = BoxDrag.begin(scene, x, y);
  if (drag === null) return null;
  return pointerType === 'mouse' || target.isSelected(drag) ? drag : null;
}

/** The node, the box or the edge at a point of the screen; null on the empty ground. */
function pathUnder(target: PointerTarget, at: Point): string | null {
  const scene = target.scene();
  if (scene === null) return null;
  const camera = target.camera();
  const { x, y } = toWorld(camera, at.x, at.y);
  const path = pathAt(scene, x, y);
  if (path !== null) return path;
  const edge = edgeAt(scene, x, y, roadReach / camera.zoom);
  return edge < 0 ? null : edgePath(scene, edge);
}
