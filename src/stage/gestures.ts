/**
 * Pointer and wheel on the stage: a drag pans or carries a box along, wheel and pinch zoom, a click
 * chooses.
 */

export interface GestureHandlers {
  readonly onPan: (dx: number, dy: number) => void;
  /** A press has become a drag; true when it takes something along instead of panning. */
  readonly onGrab: (at: { x: number; y: number }, pointerType: string) => boolean;
  readonly onCarry: (dx: number, dy: number) => void;
  readonly onDrop: () => void;
  readonly onZoom: (factor: number, at: { x: number; y: number }) => void;
  readonly onClick: (at: { x: number; y: number }) => void;
  readonly onDoubleClick: () => void;
  readonly onHover: (at: { x: number; y: number }) => void;
}

/** A press that moves less than this is a click, px. */
const clickSlop = 5;

/** Gives back a function that stops listening. */
export function listenForGestures(host: HTMLElement, handlers: GestureHandlers): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const pointers = new Map<number, { x: number; y: number }>();
  let moved = 0;
  let start = { x: 0, y: 0 };
  let carries = false;
  const place = (event: MouseEvent) => placeOn(host, event);

  const drop = () => {
    carries = false;
    handlers.onDrop();
  };

  host.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      pointers.set(event.pointerId, place(event));
      moved = 0;
      start = place(event);
    },
    { signal },
  );
  host.addEventListener(
    'pointermove',
    (event) => {
      const now = place(event);
      const before = pointers.get(event.pointerId);
      if (before === undefined) return handlers.onHover(now);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      const wasClick = moved <= clickSlop;
      moved += Math.hypot(now.x - before.x, now.y - before.y);
      if (moved > clickSlop) {
        host.setPointerCapture(event.pointerId);
        if (wasClick && other === undefined) carries = handlers.onGrab(start, event.pointerType);
        if (carries) handlers.onCarry(now.x - before.x, now.y - before.y);
        else if (other === undefined) handlers.onPan(now.x - before.x, now.y - before.y);
        else handlers.onZoom(distance(now, other) / Math.max(1, distance(before, other)), other);
      }
      pointers.set(event.pointerId, now);
    },
    { signal },
  );
  host.addEventListener(
    'pointerup',
    (event) => {
      const isClick = pointers.delete(event.pointerId) && moved <= clickSlop;
      if (carries) drop();
      else if (isClick) handlers.onClick(place(event));
    },
    { signal },
  );
  host.addEventListener(
    'pointercancel',
    (event) => {
      pointers.delete(event.pointerId);
      if (carries) drop();
    },
    { signal },
  );
  host.addEventListener('dblclick', () => handlers.onDoubleClick(), { signal });
  listenForWheel(host, handlers, signal);
  return () => stop.abort();
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function listenForWheel(host: HTMLElement, handlers: GestureHandlers, signal: AbortSignal): void {
  host.addEventListener(
    'wheel',
    (event) => {
      // Where the page itself scrolls, the wheel belongs to it unless a key says otherwise.
      const pageScrolls = document.documentElement.scrollHeight > window.innerHeight + 1;
      if (pageScrolls && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      handlers.onZoom(
        Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0015)),
        placeOn(host, event),
      );
    },
    { signal, passive: false },
  );
}

function placeOn(host: HTMLElement, event: MouseEvent): { x: number; y: number } {
  const frame = host.getBoundingClientRect();
  return { x: event.clientX - frame.left, y: event.clientY - frame.top };
}
