// `npm start`: installs when needed, then serves the page from source on the first free port from
// 5173 up and prints its address. Needs no display. Arguments go to Vite (`npm start -- --host`).
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './ensure-installed.mjs';

ensureInstalled();

// Vite in this same process, so that Ctrl+C and signals reach it.
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const vite = new URL('../node_modules/vite/bin/vite.js', import.meta.url);
process.argv[1] = fileURLToPath(vite);
await import(vite.href);
