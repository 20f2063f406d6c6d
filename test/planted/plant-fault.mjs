// A plugin that plants one fault while source files are loaded. A file that is never loaded would
// leave the program sound and the tests passing, which the caller takes for a fault not found.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { planted, wantedPlant } from './plants.mjs';

/** @returns {import('vite').Plugin} */
export function plantFault() {
  const plant = wantedPlant();
  const root = join(import.meta.dirname, '../..');
  // Loudly and at once, rather than in a worker that nobody may need.
  if (plant !== null) planted(plant, readFileSync(join(root, plant.file), 'utf8'));
  return {
    name: 'gameday:plant-fault',
    enforce: 'pre',
    transform(code, id) {
      const file = relative(root, id.replace(/\?.*$/, ''));
      if (plant === null || file.replaceAll('\\', '/') !== plant.file) return null;
      return { code: planted(plant, code), map: null };
    },
  };
}
