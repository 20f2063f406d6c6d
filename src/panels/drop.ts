/** A scenario or a trace that is dropped anywhere on the page is opened. */

import type { Actions } from './actions.ts';

export function listenForDrops(actions: Actions): void {
  const { classList } = document.documentElement;
  document.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    classList.add('dropping');
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) classList.remove('dropping');
  });
  document.addEventListener('drop', (event) => {
    classList.remove('dropping');
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    void isScenario(file).then((isOne) => {
      if (isOne) void actions.openFile(file);
      else actions.laboratory.openTrace(file);
    });
  });
}

/** As much of a file as tells what it is, bytes. */
const tellingBytes = 16_384;

/** By its ending, or by a first-level key that every scenario has; anything else is a trace. */
export async function isScenario(file: Pick<File, 'name' | 'type' | 'slice'>): Promise<boolean> {
  if (/\.ya?ml$/i.test(file.name) || /yaml/.test(file.type)) return true;
  const beginning = await file.slice(0, tellingBytes).text();
  return /^(components|traffic)\s*:/m.test(beginning);
}
