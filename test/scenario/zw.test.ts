import { test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';
const bombs: Record<string, string> = {
 brackets: '['.repeat(250000), balanced: '['.repeat(120000)+']'.repeat(120000),
 braces: '{a: '.repeat(65000),
 dashes: '- '.repeat(125000),
 q: '? '.repeat(125000),
 indent: Array.from({length:700},(_, i)=>' '.repeat(i)+'a:').join('\n'),
 keys: Array.from({length:19000},(_, i)=>'a'+i+':').join('\n'),
 keys2: Array.from({length:40000},(_, i)=>'a'+i+':').join('\n').slice(0,262000),
 dup: 'a: 1\n'.repeat(52000), dup19: 'a: 1\n'.repeat(19000),
 quotes: '"'.repeat(250000),
 long: 'a: '+'x'.repeat(250000),
 nl: '\n'.repeat(250000),
 comments: '#\n'.repeat(125000),
 flowlist: '['+'1,'.repeat(120000)+']', flow19: '['+'1,'.repeat(19000)+']',
 docs: '---\n'.repeat(60000),
 anchors: Array.from({length:15000},(_, i)=>`a${i}: &x${i} 1`).join('\n'),
 plainmulti: 'a: ' + 'x\n  '.repeat(60000),
 tabs: '\t'.repeat(250000),
 block: 'a: |\n' + ' x\n'.repeat(80000),
 colon: ': '.repeat(125000),
 colons2: 'a: b: c: '.repeat(25000),
 openq: 'a: "'+ 'x\n '.repeat(80000), openqq: 'a: "'+ "'".repeat(200000), 
 flowkeys: '{' + 'a,'.repeat(120000),
 bangs: '!'.repeat(250000), amp: '&'.repeat(250000), star: '*'.repeat(250000), ampsp:'&a '.repeat(80000), tag: '!a '.repeat(80000),
 pct: '%a\n'.repeat(80000), tabsInd: 'a:\n'+'\t- x\n'.repeat(50000), flowcomm: '['+'#\n'.repeat(100000),
 components: 'name: a\nduration: 1m\ntraffic: {}\ncomponents:\n' + Array.from({length:6000},(_, i)=>`  c${i}: {kind: service}`).join('\n'),
 manyops: 'name: a\nduration: 1m\ntraffic: { a: {rate: 1/s, to: s, mix: {' + Array.from({length:4000},(_, i)=>`o${i}: 1%`).join(', ') + '}}}\ncomponents:\n  s:\n    kind: service\n    operations:\n' + Array.from({length:4000},(_, i)=>`      o${i}: [{call: s.o${(i+1)%4000}}]`).join('\n'),
 parens: 'a: [' + '(, '.repeat(6000) + ']', parens2: 'a: {' + 'b: (('+ ', ('.repeat(6000) + '}',
 unknowns: 'name: a\nduration: 1m\ntraffic: {}\ncomponents: { s: {kind: service, operations: { a: [' + '{call: qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq},'.repeat(4000) + ']}}}',
 faults: 'name: a\nduration: 1m\ntraffic: {}\ncomponents: {' + Array.from({length:499},(_, i)=>`ccccccccccccccccccccccccccccccccccccccccccccccccccccc${i}: {kind: database}`).join(', ') + '}\nfaults:\n' + '  - {at: 1s, crash: cccccccccccccccccccccccccccccccccccccccccccccccccccccx}\n'.repeat(2400),
 alts: 'name: a\nduration: 1m\ntraffic: {a: {rate: 1/s, to: c0}}\ncomponents: {' + Array.from({length:499},(_, i)=>`c${i}: {kind: service, operations: {o: [${'{work: 1ms},'.repeat(10)}]}}`).join(', ') + '}\nalternatives:\n' + Array.from({length:32},(_, i)=>`  a${i}: {c0.instances: ${i+1}}\n`).join(''),
 laws: 'a: mixture(' .repeat(180),
 lawdeep: 'name: a\nduration: 1m\ntraffic: {a: {rate: 1/s, to: c0}}\ncomponents: {c: {kind: service, operations: {o: [{work: "' + 'mixture(1 '.repeat(180) + '"}]}}}',
 crlf: 'a: 1\r\n'.repeat(40000), cr: 'a: 1\r'.repeat(40000), spaces: ' '.repeat(250000)+'a', nbsp: '\u00a0'.repeat(120000), bs: 'a: "' + '\\n'.repeat(120000) + '"', spacequote: 'a: "' + ' '.repeat(250000), claims: 'name: a\nrequirements: [' + ('"p99' + ' '.repeat(290) + 'of at at at",').repeat(800) + ']', hash: 'a: ' + '# '.repeat(120000),
};
test('x', () => {
  for (const [n, t] of Object.entries(bombs)) {
    const s = performance.now();
    const { diagnostics } = loadScenario(t, { file: n });
    const d = diagnostics[0];
    console.log(n.padEnd(12), t.length, (performance.now() - s).toFixed(0) + 'ms', diagnostics.length, d?.line + ':' + d?.column, d?.code, d?.message.slice(0, 80));
  }
}, 100000);
