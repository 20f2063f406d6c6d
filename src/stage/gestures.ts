/** Pointer and wheel on the stage: drag pans, wheel and pinch zoom, a click chooses. */

export interface GestureHandlers {
  readonly onPan: (dx: number, dy: number) => void;
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
  const place = (event: MouseEvent) => {
    const frame = host.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };

  host.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      pointers.set(event.pointerId, place(event));
      moved = 0;
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
      moved += Math.hypot(now.x - before.x, now.y - before.y);
      if (moved > clickSlop) {
        host.setPointerCapture(event.pointerId);
        if (other === undefined) handlers.onPan(now.x - before.x, now.y - before.y);
        else handlers.onZoom(distance(now, other) / Math.max(1, distance(before, other)), other);
      }
      pointers.set(event.pointerId, now);
    },
    { signal },
  );
  host.addEventListener(
    'pointerup',
    (event) => {
      if (pointers.delete(event.pointerId) && moved <= clickSlop) handlers.onClick(place(event));
    },
    { signal },
  );
  host.addEventListener('pointercancel', (event) => void pointers.delete(event.pointerId), {
    signal,
  });
  host.addEventListener('dblclick', () => handlers.onDoubleClick(), { signal });
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
        place(event),
      );
    },
    { signal, passive: false },
  );
  return () => stop.abort();
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
