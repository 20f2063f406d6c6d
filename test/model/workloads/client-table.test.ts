import { describe, expect, it } from 'vitest';
import { streamFor } from '../../../src/kernel/random.ts';
import { ClientTable } from '../../../src/model/workloads/client-table.ts';

/** One client's cache as a list, the copy used last at its end: slow, and easy to believe. */
class PlainClient {
  copies: { readonly name: string; readonly cost: number; version: number }[] = [];
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  use(name: string): number | null {
    const copy = this.copies.find((each) => each.name === name);
    if (copy === undefined) return null;
    this.copies = [...this.copies.filter((each) => each !== copy), copy];
    return copy.version;
  }

  put(name: string, cost: number, version: number): void {
    const copy = this.copies.find((each) => each.name === name);
    if (copy !== undefined) {
      copy.version = version;
      this.use(name);
      return;
    }
    if (cost > this.limit) return;
    const used = () => this.copies.reduce((sum, each) => sum + each.cost, 0);
    while (used() + cost > this.limit) this.copies.shift();
    this.copies.push({ name, cost, version });
  }

  remove(name: string): void {
    this.copies = this.copies.filter((each) => each.name !== name);
  }
}

describe('the table of what clients keep', () => {
  const rooms = [
    { limit: 3, costs: [1, 1] },
    { limit: 40, costs: [1, 1] },
    { limit: 1000, costs: [100, 350] },
    { limit: 200, costs: [100, 350] },
  ];
  it.each(rooms)('does to each client what a list of its own would do: %o', (room) => {
    const stream = streamFor('table', 'clients', String(room.limit));
    const clients = 30;
    const table = new ClientTable(clients, room);
    const plain = Array.from({ length: clients }, () => new PlainClient(room.limit));
    for (let step = 0; step < 30_000; step++) {
      const client = stream.below(clients);
      const kind = stream.below(2);
      const key = stream.below(60);
      const name = `${kind} ${key}`;
      const slot = table.find(client, kind, key);
      const deed = stream.below(10);
      const expected = plain[client]!;
      if (deed === 0) {
        if (slot >= 0) table.remove(slot);
        expected.remove(name);
      } else if (deed < 5) {
        table.put(client, kind, key, step, Infinity);
        expected.put(name, room.costs[kind]!, step);
      } else {
        const version = slot < 0 ? null : table.versionAt(slot);
        if (slot >= 0) table.touch(slot);
        expect(version).toBe(expected.use(name));
      }
    }
    expect(table.entries).toBe(plain.reduce((sum, { copies }) => sum + copies.length, 0));
  });

  it('keeps what is there when clients are added', () => {
    const table = new ClientTable(2, { limit: 5, costs: [1] });
    table.put(1, 0, 7, 3, Infinity);
    table.addClients(4);
    table.put(3, 0, 7, 4, Infinity);
    expect(table.versionAt(table.find(1, 0, 7))).toBe(3);
    expect(table.versionAt(table.find(3, 0, 7))).toBe(4);
    expect(table.find(2, 0, 7)).toBe(-1);
  });
});
