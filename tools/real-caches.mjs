// `npm run real-caches [-- --requests N --keys N --exponent X]`: plays one stream of popular keys
// to Redis, to memcached and to the model, and compares hit ratios. It needs `redis-server` (7 or
// newer) and `memcached` (1.5 or newer) on the path: on Debian `apt-get install redis-server
// memcached`. It starts servers of its own on sockets in a temporary folder and ends them. It is
// not part of `npm test`. What it has found is in docs/REAL-CACHES.md.
import { ensureInstalled } from './ensure-installed.mjs';
import { runBundled } from './run-bundled.mjs';

ensureInstalled();
process.exitCode = await runBundled('tools/real-caches.ts', { args: process.argv.slice(2) });
