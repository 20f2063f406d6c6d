// `npm run swarm [-- --count N --from SEED --workers W]`: tries random scenarios, see
// test/swarm/main.ts.
import { ensureInstalled } from './ensure-installed.mjs';
import { runBundled } from './run-bundled.mjs';

ensureInstalled();
process.exitCode = await runBundled('test/swarm/main.ts', { args: process.argv.slice(2) });
