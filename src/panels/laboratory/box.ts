/** How large an element is, so that a drawing in it has words of the page's own size. */

import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** Null until the element is on the page. */
export function useBox<Host extends HTMLElement>(): {
  readonly host: RefObject<Host | null>;
  readonly box: Box | null;
} {
  const host = useRef<Host>(null);
  const box = useSignal<Box | null>(null);
  useLayoutEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      const known = box.peek();
      if (width === 0 || height === 0) return;
      if (known?.width !== width || known.height !== height) box.value = { width, height };
    };
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  return { host, box: box.value };
}
