/** How full something is: the queue at the left of a cell, the ring of busy workers. */

import type { NodeView } from '../../protocol/scenario-view.ts';
import type { Reading } from '../../protocol/node-reading.ts';
import type { Cell } from '../../base/box-geometry.ts';
import type { Pen } from './pen.ts';

/** From this share of its capacity a queue is drawn in the warning colour. */
const warnShare = 0.8;
/** A handful of workers is all busy every other moment, which is no warning. */
const warnWorkersMin = 5;
/** Up to this capacity every place is drawn as a slot. */
const slotsMax = 24;
/** Capacity that an unlimited queue is drawn against. */
const openQueueScale = 100;

/** The queue as an upright bar that fills from below, with slots when they can be told apart. */
export function queueBar(pen: Pen, bar: Cell, node: NodeView, queue: number): void {
  const { palette } = pen;
  const limited = Number.isFinite(node.queueCapacity);
  if (limited && node.queueCapacity === 0) return;
  const capacity = limited ? node.queueCapacity : openQueueScale;
  const share = Math.min(1, queue / capacity);
  pen.fillRounded(bar, bar.width / 2, palette.ground);
  pen.strokeRounded(bar, bar.width / 2, palette.line, 1);
  if (queue > 0) {
    const height = Math.max(bar.width, bar.height * share);
    pen.fillRounded(
      { ...bar, y: bar.y + bar.height - height, height },
      bar.width / 2,
      limited && share >= warnShare ? palette.slow : palette.flight,
    );
  }
  if (!limited) return;
  pen.context.fillStyle = palette.ink;
  // The tick at the top is the capacity.
  pen.context.fillRect(bar.x - 1, bar.y - 0.5, bar.width + 2, 1.5);
  if (capacity > slotsMax || (bar.height / capacity) * pen.zoom < 2.5) return;
  pen.context.fillStyle = palette.raised;
  for (let slot = 1; slot < capacity; slot += 1) {
    pen.context.fillRect(bar.x, bar.y + (bar.height * slot) / capacity - 0.4, bar.width, 0.8);
  }
}

export interface Ring {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Busy workers as a ring, in segments while they are few; the count stands inside. */
export function busyRing(pen: Pen, ring: Ring, node: NodeView, { busy }: Reading): void {
  const { context, palette } = pen;
  const { x, y, radius } = ring;
  const thickness = Math.max(2.5, radius * 0.3);
  const share = Number.isFinite(node.workers) ? Math.min(1, busy / node.workers) : 0;
  const top = -Math.PI / 2;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  pen.stroke(palette.line, thickness);
  if (share > 0) {
    context.beginPath();
    context.arc(x, y, radius, top, top + share * 2 * Math.PI);
    const warns = share >= warnShare && node.workers >= warnWorkersMin;
    pen.stroke(warns ? palette.slow : palette.flight, thickness);
  }
  if (node.workers > 1 && node.workers <= 16) {
    for (let segment = 0; segment < node.workers; segment += 1) {
      const angle = top + (segment / node.workers) * 2 * Math.PI;
      context.beginPath();
      context.moveTo(
        x + Math.cos(angle) * (radius - thickness),
        y + Math.sin(angle) * (radius - thickness),
      );
      context.lineTo(
        x + Math.cos(angle) * (radius + thickness),
        y + Math.sin(angle) * (radius + thickness),
      );
      pen.stroke(palette.raised, 1);
    }
  }
  const size = busy > 99 ? radius * 0.78 : radius * 0.95;
  pen.text(String(busy), x, y, { size, weight: 600, align: 'center' });
}
