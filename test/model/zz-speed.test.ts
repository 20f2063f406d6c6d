import { it } from 'vitest';
import { appendFileSync } from 'node:fs';
import { DenseLru } from '../../bench/dense-caches.ts';
import { Popularity } from '../../src/kernel/popularity.ts';
import { streamFor } from '../../src/kernel/random.ts';
import { evictionPolicies } from '../../src/model/eviction.ts';
import { TraceCache } from '../../src/model/trace-cache.ts';
it('x', () => {
  const name = process.env.POLICY!;
  const n = 3_000_000;
  const trace = new Int32Array(n);
  const p = new Popularity({ kind: 'zipf', exponent: 0.99 }, 1_000_000);
  const s = streamFor('1', 'trace', 'keys');
  for (let i = 0; i < n; i++) trace[i] = p.draw(s);
  let out = name;
  for (const entries of [10_000, 100_000]) {
    const dense = new DenseLru(1_000_000, entries);
    const cache = new TraceCache({ keys: 1_000_000, entries }, evictionPolicies.get(name)!, s);
    const times = [[], []] as number[][];
    let m = 0;
    for (let round = 0; round < 4; round++) {
      let t = performance.now(); dense.misses(trace, 0, n); times[0]!.push(performance.now() - t);
      t = performance.now(); m = cache.misses(trace); times[1]!.push(performance.now() - t);
    }
    const [a, b] = times.map((x) => Math.min(...x));
    out += ` | ${entries}: hand ${(n / a! / 1000).toFixed(1)} policy ${(n / b! / 1000).toFixed(1)} ratio ${(a! / b!).toFixed(2)} miss ${(m / n).toFixed(4)}`;
  }
  appendFileSync('/tmp/w/pa/speed.txt', out + '\n');
}, 100000);
