/** Opens the text at a line, which is selected there so that it can be seen and edited. */

import type { PageState } from './page-state.ts';

/** `line` counts from 1. */
export function showLine(state: PageState, line: number): void {
  state.textOpen.value = true;
  // The pane is there after the next drawing of the page.
  requestAnimationFrame(() => requestAnimationFrame(() => selectLine(line)));
}

function selectLine(line: number): void {
  const field = document.querySelector<HTMLTextAreaElement>('#scenario-pane textarea');
  if (field === null) return;
  const lines = field.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const height = Number.parseFloat(getComputedStyle(field).lineHeight) || 18;
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  field.scrollTop = Math.max(0, (line - 4) * height);
}
