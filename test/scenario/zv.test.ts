import { test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { loadScenario } from '../../src/scenario/load.ts';
import inspector from 'node:inspector';
const manyops = 'name: a\nduration: 1m\ntraffic: { a: {rate: 1/s, to: s, mix: {' + Array.from({length:4000},(_, i)=>`o${i}: 1%`).join(', ') + '}}}\ncomponents:\n  s:\n    kind: service\n    operations:\n' + Array.from({length:4000},(_, i)=>`      o${i}: [{call: s.o${(i+1)%4000}}]`).join('\n');
test('x', async () => {
  const session = new inspector.Session(); session.connect();
  const post = (m: string, p?: object) => new Promise<any>((r) => session.post(m, p as any, (e: any, v: any) => r(v)));
  await post('Profiler.enable'); await post('Profiler.start');
  const s = performance.now();
  loadScenario(manyops, { file: 'm' });
  console.log(performance.now() - s);
  const { profile } = await post('Profiler.stop');
  const self = new Map<string, number>();
  const dt = profile.timeDeltas; const byId = new Map<number, any>(profile.nodes.map((n: any) => [n.id, n]));
  profile.samples.forEach((id: number, i: number) => { const n = byId.get(id); const k = n.callFrame.functionName + ' ' + n.callFrame.url.split('/').slice(-2).join('/') + ':' + n.callFrame.lineNumber; self.set(k, (self.get(k) ?? 0) + dt[i]); });
  console.log([...self].sort((a, b) => b[1] - a[1]).slice(0, 14).map(([k, v]) => (v / 1000).toFixed(0) + ' ' + k).join('\n'));
}, 100000);
