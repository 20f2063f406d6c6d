import { describe, expect, it } from 'vitest';
import { HashRing, hashKey, hashText } from '../../src/model/hash-ring.ts';

function names(count: number, family: string): string[] {
  return Array.from({ length: count }, (_, index) => `${family}/${index + 1}`);
}

/** Coefficient of variation of a member's share over many rings with different names. */
function variation(members: number, points: number, rings: number): number {
  let squares = 0;
  for (let ring = 0; ring < rings; ring++) {
    for (const share of new HashRing(names(members, `cache-${ring}`), points).shares(members)) {
      squares += (share * members - 1) ** 2;
    }
  }
  return Math.sqrt(squares / (rings * members));
}

describe('a hash ring', () => {
  // With points at random positions a share is Beta(v, (n − 1) v), whose coefficient of variation
  // is √((n − 1) / (n v + 1)) (spacings of uniform points). The tolerance is four standard
  // deviations of the estimate over 200 rings, as an independent simulation measured them.
  it.each([
    ['LB-RING-10-1', 10, 1, 0.9045340337, 0.0895],
    ['LB-RING-10-10', 10, 10, 0.2985111571, 0.093],
    ['LB-RING-10-100', 10, 100, 0.0948209312, 0.0777],
    ['LB-RING-10-1000', 10, 1_000, 0.0299985001, 0.0404],
    ['LB-RING-100-100', 100, 100, 0.0994937691, 0.0195],
  ])(
    'varies in its shares as random points do (%s: %i members, %i points)',
    (_id, members, points, exact, tolerance) => {
      const measured = variation(members, points, 200);
      expect(Math.abs(measured / exact - 1)).toBeLessThan(tolerance);
    },
  );

  it('gives shares that sum to one and say how many keys each member owns', () => {
    const ring = new HashRing(names(10, 'node'), 100);
    const shares = ring.shares(10);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const owned = new Float64Array(10);
    const keys = 200_000;
    for (let key = 0; key < keys; key++) owned[ring.ownerOf(key)]!++;
    for (const [member, share] of shares.entries()) {
      const deviation = Math.sqrt((share * (1 - share)) / keys);
      expect(Math.abs(owned[member]! / keys - share)).toBeLessThan(5 * deviation);
    }
  });

  it('moves to a new member only its share of the keys, and no other key (LB-MOVE)', () => {
    const keys = 100_000;
    let moved = 0;
    let strayed = 0;
    let expected = 0;
    const rings = 20;
    for (let family = 0; family < rings; family++) {
      const eleven = names(11, `node-${family}`);
      const before = new HashRing(eleven.slice(0, 10), 100);
      const after = new HashRing(eleven, 100);
      expected += after.shares(11)[10]! / rings;
      for (let key = 0; key < keys; key++) {
        const owner = after.ownerOf(key);
        if (owner === before.ownerOf(key)) continue;
        moved++;
        if (owner !== 10) strayed++;
      }
    }
    expect(strayed).toBe(0);
    const fraction = moved / (keys * rings);
    expect(Math.abs(fraction - expected)).toBeLessThan(4 * Math.sqrt(0.083 / (keys * rings)));
    // Karger et al., 1997: one key in eleven; four deviations of the mean share of twenty rings.
    expect(Math.abs(fraction - 1 / 11)).toBeLessThan((4 * 0.1) / 11 / Math.sqrt(rings));
  });

  it('gives the keys of a member that leaves to others, and touches no other key', () => {
    const ten = names(10, 'node');
    const before = new HashRing(ten, 50);
    const after = new HashRing(ten.slice(0, 9), 50);
    for (let key = 0; key < 20_000; key++) {
      const owner = before.ownerOf(key);
      if (owner < 9) expect(after.ownerOf(key)).toBe(owner);
    }
  });

  it('finds the point at or after a position, and starts again behind the last', () => {
    const ring = new HashRing(names(3, 'node'), 4);
    expect(ring.points).toBe(12);
    for (let step = 0; step < 1_000; step++) {
      const position = step * 4_294_967;
      expect(ring.pointAt(position)).toBeLessThan(12);
      expect(ring.memberAt(ring.pointAt(position))).toBeLessThan(3);
    }
    expect(ring.pointAt(0)).toBe(0);
    expect(ring.pointAt(4_294_967_295)).toBe(0);
  });

  it('belongs to its only member', () => {
    const ring = new HashRing(['alone'], 1);
    expect([0, 1, 99, 2_147_483_646].map((key) => ring.ownerOf(key))).toEqual([0, 0, 0, 0]);
    expect(ring.shares(1)).toEqual([1]);
  });

  it('depends on names and on nothing else', () => {
    const one = new HashRing(['a', 'b', 'c'], 20);
    const other = new HashRing(['c', 'a', 'b'], 20);
    for (let key = 0; key < 1_000; key++) {
      expect(['a', 'b', 'c'][one.ownerOf(key)]).toBe(['c', 'a', 'b'][other.ownerOf(key)]);
    }
  });
});

describe('hashes', () => {
  it('are 32 bits without sign, and no two of the first hundred thousand keys collide', () => {
    const seen = new Set<number>();
    for (let key = 0; key < 100_000; key++) seen.add(hashKey(key));
    expect(seen.size).toBe(100_000);
    for (const hash of seen) expect(hash >= 0 && hash <= 0xffffffff && hash % 1 === 0).toBe(true);
  });

  it('spread neighbouring keys and names evenly over any small number of places', () => {
    for (const places of [2, 3, 7, 16, 100]) {
      const keys = new Float64Array(places);
      const texts = new Float64Array(places);
      const draws = 20_000;
      for (let index = 0; index < draws; index++) {
        keys[hashKey(index) % places]!++;
        texts[hashText(`node-${index}`) % places]!++;
      }
      const mean = draws / places;
      for (const counts of [keys, texts]) {
        const chiSquare = counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
        // Mean and deviation of χ² with k degrees of freedom are k and √(2k).
        expect(chiSquare).toBeLessThan(places - 1 + 5 * Math.sqrt(2 * places));
      }
    }
  });

  it('are those published: FNV-1a then the finaliser of MurmurHash3', () => {
    // The finaliser leaves 0 alone; fmix32(1) = 0x514e28b7 in Appleby's SMHasher.
    expect([hashKey(0), hashKey(1)]).toEqual([0, 0x514e28b7]);
    // FNV-1a of the empty text is its offset basis, of "a" 0xe40c292c (Fowler, Noll, Vo).
    expect(hashText('')).toBe(hashKey(0x811c9dc5));
    expect(hashText('a')).toBe(hashKey(0xe40c292c));
  });
});
