// The part of `npm run same` that holds log, exp and pow to exact values. Its argument is the
// number of inputs for each function; it prints the largest error of each family of inputs and
// exits 1 when one is above one unit in the last place.
import { performance } from 'node:perf_hooks';
import { accuracyOf } from '../test/kernel/math-accuracy.ts';

const ulpsAllowed = 1;
const seed = 20_261_120;
const count = Number(process.argv[2] ?? 100_000);
if (!Number.isInteger(count) || count < 1)
  throw new Error(`${process.argv[2]} is no number of inputs`);

let isHeld = true;
for (const name of ['log', 'exp', 'pow'] as const) {
  const started = performance.now();
  const rows = accuracyOf(name, count, seed);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const judged = rows.reduce((sum, row) => sum + row.judged, 0);
  const largest = Math.max(...rows.map(({ ulps }) => ulps));
  isHeld &&= largest <= ulpsAllowed;
  console.log(`${name}: at most ${largest.toFixed(4)} ulp over ${judged} inputs (${seconds} s)`);
  for (const { family, ulps, x, y } of rows) {
    const at = name === 'pow' ? `${x}, ${y}` : String(x);
    console.log(`  ${ulps.toFixed(4)}  ${family.padEnd(40)} ${name}(${at})`);
  }
}
process.exitCode = isHeld ? 0 : 1;
