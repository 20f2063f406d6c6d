/**
 * A stand-in for the simulator, for tests of the run loop and of words: a small photo service made
 * of averages and dice. Nothing in it is a result.
 */

import { LineCounter, parseDocument } from 'yaml';
import {
  EDGE_STRIDE,
  HopKind,
  NODE_STRIDE,
  type Happening,
  type VerdictView,
} from '../../src/protocol/frame.ts';
import type { DiagnosticView } from '../../src/protocol/scenario-view.ts';
import type { Intervention } from '../../src/protocol/session.ts';
import type { CreateEngine, Engine, StruckReply } from '../../src/worker/engine.ts';
import { description, edges, nodes } from './mock-system.ts';

/** Any text that is YAML is the photo service; any that is not gives its diagnostics. */
export const createEngine: CreateEngine = (text) => {
  const diagnostics = diagnosticsOf(text);
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  return { ok: true, engine: new MockEngine() };
};

function diagnosticsOf(text: string): DiagnosticView[] {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines });
  return parsed.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return {
      severity: 'error',
      code: 'yaml',
      line,
      column: col,
      message: error.message.split('\n')[0]!,
      hint: 'Every key needs a colon and a space after it.',
      excerpt: text.split('\n')[line - 1] ?? '',
    };
  });
}

class MockEngine implements Engine {
  readonly description = description;
  time = 0;
  events = 0;
  ending: string | null = null;
  private random = 0x2545f491;
  private ratio = 10;
  private request = 0;
  private pending: number[][] = [];
  private windows: number[] = [];
  private happenings: Happening[] = [];
  private state = new Float64Array(nodes.length);
  private rate = new Float64Array(nodes.length);
  private edgeCalls = new Float64Array(edges.length);
  private edgeRate = new Float64Array(edges.length);
  private primaries = [13, 16, 19, 22];
  private electing = [0, 0, 0, 0];
  private scripted = [
    { at: 30, run: () => this.crash(16, 'fault') },
    { at: 70, run: () => this.revive(16) },
  ];
  private counts = { ok: 0, late: 0, failed: 0 };
  private windowEnd = 1;
  private fill = 0;

  get ended(): boolean {
    return this.time >= description.durationSeconds;
  }

  advance(untilSeconds: number, eventsMax: number): void {
    let left = eventsMax;
    const until = Math.min(untilSeconds, description.durationSeconds);
    while (this.time < until && left > 0) {
      this.step();
      left -= 20;
    }
    if (this.time > until) this.time = until;
    if (this.ended) this.ending = 'The run reached its end at 2m.';
  }

  hash(): string {
    return (0x9f3a51c2 ^ Math.floor(this.time * 1e6))
      .toString(16)
      .replace('-', '')
      .padStart(16, 'a7');
  }

  setSampling(requestsPerDot: number): void {
    this.ratio = requestsPerDot;
  }

  readNodes(target: Float32Array): void {
    nodes.forEach((one, index) => {
      const at = index * NODE_STRIDE;
      const down = this.state[index] === 3;
      const load = this.rate[index]!;
      target[at] = this.state[index]!;
      target[at + 1] = down ? 0 : Math.min(32, Math.round(load * 0.018));
      target[at + 2] = down
        ? 0
        : Math.max(0, Math.round(load * 0.01 + Math.sin(this.time + index) * 3));
      target[at + 3] = load;
      target[at + 4] = one.box === 3 ? (down ? NaN : 0.2 + 0.73 * this.fill) : NaN;
      target[at + 5] = one.box === 3 && !down ? this.fill : 0;
      const electing = one.shard >= 0 && this.electing[one.shard]! > 0;
      target[at + 6] =
        one.shard < 0 ? 0 : this.primaries[one.shard] === index ? 1 : electing ? 3 : 2;
      target[at + 7] = target[at + 6] === 2 ? 0.02 + ((index * 7) % 5) * 0.12 : 0;
      target[at + 8] = down ? 0 : 1;
    });
  }

  readEdges(target: Float32Array): void {
    edges.forEach((_, index) => {
      target[index * EDGE_STRIDE] = this.edgeRate[index]!;
      target[index * EDGE_STRIDE + 1] = index === 3 && this.electing[1]! > 0 ? 60 : 0;
      target[index * EDGE_STRIDE + 2] = 0;
    });
  }

  drainHops(): Float64Array<ArrayBuffer> {
    const due = this.pending.filter((hop) => hop[3]! <= this.time);
    this.pending = this.pending.filter((hop) => hop[3]! > this.time);
    due.sort((a, b) => a[3]! - b[3]!);
    return Float64Array.from(due.flat());
  }

  drainWindows(): Float64Array<ArrayBuffer> {
    const rows = Float64Array.from(this.windows);
    this.windows = [];
    return rows;
  }

  drainHappenings(): readonly Happening[] {
    const { happenings } = this;
    this.happenings = [];
    return happenings;
  }

  verdicts(): readonly VerdictView[] {
    const hurt = this.time > 31;
    const early = this.time < 10;
    const verdict = (bad: boolean) =>
      early ? 'NOT ENOUGH EVIDENCE' : bad && hurt ? 'FAIL' : 'PASS';
    return [
      {
        text: description.requirements[0]!.text,
        verdict: verdict(true),
        measured: hurt ? '412 ms' : '41 ms',
        cause: null,
      },
      {
        text: description.requirements[1]!.text,
        verdict: verdict(true),
        measured: hurt ? '99.71 %' : '100 %',
        cause: null,
      },
      {
        text: description.requirements[2]!.text,
        verdict: hurt ? 'NOT ENOUGH EVIDENCE' : verdict(false),
        measured: '0',
        cause: null,
      },
      {
        text: description.requirements[3]!.text,
        verdict: verdict(false),
        measured: '2.98k/s',
        cause: null,
      },
    ];
  }

  intervene({ verb, target }: Intervention): StruckReply {
    const hit = nodes.filter((one) => one.path === target || one.path.startsWith(`${target}/`));
    if (hit.length === 0) return { ok: false, why: `There is no ${target}.` };
    for (const { id, path } of hit) {
      if (verb === 'crash') this.crash(id, 'fault');
      else if (verb === 'restart' || verb === 'restart-cold' || verb === 'heal') this.revive(id);
      else {
        this.state[id] = verb === 'slow' ? 2 : 4;
        this.tell('fault', path, `${verb} ${path}`);
      }
    }
    return { ok: true };
  }

  results(): unknown {
    return { scenario: description.name, simulatedSeconds: this.time };
  }

  private dice(): number {
    this.random ^= this.random << 13;
    this.random ^= this.random >>> 17;
    this.random ^= this.random << 5;
    return (this.random >>> 0) / 2 ** 32;
  }

  private tell(kind: Happening['kind'], target: string, text: string): void {
    this.happenings.push({ time: this.time, kind, target, text });
  }

  private crash(id: number, kind: Happening['kind']): void {
    if (this.state[id] === 3) return;
    this.state[id] = 3;
    const { path, shard } = nodes[id]!;
    this.tell(kind, path, `${path} crashed`);
    if (shard < 0 || this.primaries[shard] !== id) return;
    const at = this.time;
    this.electing[shard] = 1;
    this.scripted.push({
      at: at + 5,
      run: () => this.tell('detection', path, `${path} held dead`),
    });
    this.scripted.push({
      at: at + 5.1,
      run: () => this.tell('election', path, `shard-${shard + 1} elects a primary`),
    });
    this.scripted.push({ at: at + 7, run: () => this.promote(shard) });
  }

  private promote(shard: number): void {
    const heir = nodes.find((one) => one.shard === shard && this.state[one.id] === 0);
    if (heir === undefined) return;
    this.primaries[shard] = heir.id;
    this.electing[shard] = 0;
    this.tell('promotion', heir.path, `${heir.path} is the primary now`);
  }

  private revive(id: number): void {
    if (this.state[id] === 0) return;
    this.state[id] = 0;
    this.tell('recovery', nodes[id]!.path, `${nodes[id]!.path} is up again`);
  }

  /** One millisecond. */
  private step(): void {
    this.time = Math.round(this.time * 1000 + 1) / 1000;
    for (const act of this.scripted.filter(({ at }) => at <= this.time)) act.run();
    this.scripted = this.scripted.filter(({ at }) => at > this.time);
    this.fill = 1 - Math.exp(-(this.time + 4) / 8);
    const arrivals = 2 + (this.dice() < 0.5 ? 2 : 0);
    for (let i = 0; i < arrivals; i += 1) this.arrive();
    for (let i = 0; i < nodes.length; i += 1) this.rate[i]! *= 0.999;
    if (this.time >= this.windowEnd) this.closeWindow();
  }

  private hop(edge: number, from: number, to: number, at: number, took: number, kind: number) {
    this.rate[to]! += 1;
    if (kind < HopKind.replyOk) this.edgeCalls[edge]! += 1;
    if (this.ratio === Infinity || this.request % this.ratio !== 0) return;
    this.pending.push([edge, from, to, at, at + took, kind, this.request]);
  }

  private arrive(): void {
    this.request += 1;
    this.events += 12;
    const write = this.dice() < 0.08;
    const kind = write ? HopKind.write : HopKind.read;
    const api = this.pick([2, 3, 4, 5, 6, 7, 8, 9]);
    let at = this.time + this.dice() * 0.001;
    this.hop(0, 0, 1, at, 0.02, kind);
    this.hop(1, 1, api, at + 0.02, 0.0005, kind);
    at += 0.0205 + 0.002 + this.dice() * 0.01;
    const cache = this.pick([10, 11, 12]);
    let ok = true;
    if (!write) {
      this.hop(2, api, cache, at, 0.0004, kind);
      this.hop(2, cache, api, at + 0.0008, 0.0004, HopKind.replyOk);
      at += 0.0012;
    }
    if (write || this.dice() > 0.2 + 0.73 * this.fill) ok = this.store(api, at, kind);
    at += 0.012;
    this.hop(1, api, 1, at, 0.0005, ok ? HopKind.replyOk : HopKind.replyFailed);
    this.hop(0, 1, 0, at + 0.0005, 0.02, ok ? HopKind.replyOk : HopKind.replyFailed);
    if (ok) this.counts.ok += 1;
    else this.counts.failed += 1;
  }

  private store(api: number, at: number, kind: number): boolean {
    const shard = Math.floor(this.dice() * 4);
    const primary = this.primaries[shard]!;
    if (this.state[primary] === 3) {
      this.hop(3, api, primary, at, 0.001, kind);
      this.hop(3, api, primary, at + 0.1, 0.001, HopKind.retry);
      return false;
    }
    this.hop(3, api, primary, at, 0.001, kind);
    this.hop(3, primary, api, at + 0.01, 0.001, HopKind.replyOk);
    if (kind === HopKind.write) {
      for (const one of nodes) {
        if (one.shard !== shard || one.id === primary || this.state[one.id] === 3) continue;
        this.hop(4, primary, one.id, at + 0.012, 0.001, HopKind.replication);
      }
    }
    return true;
  }

  private pick(ids: number[]): number {
    const up = ids.filter((id) => this.state[id] !== 3);
    const from = up.length > 0 ? up : ids;
    return from[Math.floor(this.dice() * from.length)]!;
  }

  private closeWindow(): void {
    const hurt = this.electing.some((one) => one > 0);
    const { ok, late, failed } = this.counts;
    const p99 = (hurt ? 380 : 38) * (0.9 + 0.3 * this.dice());
    const hit = 100 * (0.2 + 0.73 * this.fill);
    const queue = (hurt ? 90 : 4) * (0.8 + 0.4 * this.dice());
    this.windows.push(
      this.windowEnd,
      4 + this.dice(),
      p99,
      ok,
      late + (hurt ? 40 : 0),
      failed,
      hit,
    );
    this.windows.push(queue, hurt ? 60 : 2 * this.dice());
    this.counts = { ok: 0, late: 0, failed: 0 };
    this.edgeRate = this.edgeCalls.map((calls) => calls);
    this.edgeCalls.fill(0);
    this.windowEnd += 1;
  }
}
