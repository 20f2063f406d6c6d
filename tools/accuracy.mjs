// `npm run accuracy [-- --only PREFIX --workers N]`: runs every case of test/theory at its full
// length and writes docs/ACCURACY.md; with `--only` it writes nothing. See tools/accuracy.ts.
import { ensureInstalled } from './ensure-installed.mjs';
import { runBundled } from './run-bundled.mjs';

ensureInstalled();
process.exitCode = await runBundled('tools/accuracy.ts', { args: process.argv.slice(2) });
