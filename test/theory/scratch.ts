import { balancing } from './balancing.ts';
import { caches } from './caches.ts';
import { fanOut } from './fan-out.ts';
import { queues } from './queues.ts';
import { networks } from './networks.ts';
import { disciplines } from './disciplines.ts';
import { compare } from './compare.ts';
const all = [...queues, ...disciplines, ...networks, ...balancing, ...caches, ...fanOut];
const [filter, count, seeds] = (process.env['T'] ?? ',50000,1').split(',');
for (const c of all.filter(({ id }) => new RegExp(filter!).test(id))) {
  const requests = count === 'full' ? c.requests : Math.min(c.requests, Number(count));
  for (let seed = 1; seed <= Number(seeds); seed++) {
    const t = performance.now();
    try {
      const rows = compare(c, { seed: seed === 1 ? c.id : `${c.id}-${seed}`, requests });
      const dt = (performance.now() - t) / 1e3;
      console.log(
        JSON.stringify({
          id: c.id,
          seed,
          requests,
          dt,
          kps: Math.round(requests / dt / 1e3),
          rows: rows.map((r) => [
            r.metric,
            r.expected,
            +r.measured.toPrecision(7),
            +r.z.toFixed(2),
            r.interval === null
              ? -1
              : r.interval[0] <= (r.metric === 'unavailability' ? 1 - r.expected : r.expected) &&
                  (r.interval[1] === null ||
                    r.interval[1] >= (r.metric === 'unavailability' ? 1 - r.expected : r.expected))
                ? 1
                : 0,
          ]),
        }),
      );
    } catch (e) {
      console.log(c.id, String(e).slice(0, 600));
    }
  }
}
