// Eviction policies written a second time, as their papers tell them, with plain arrays and maps
// and without regard for speed: what the quick ones are compared with. In every array the newest
// comes first.

/** What a cache of so many units holds; `sizeOf` tells the units of a key. */
export interface Room {
  readonly capacity: number;
  readonly sizeOf: (key: number) => number;
}

/** Asks for a key and brings it in when it is missing; true when it was there. */
export type Ask = (key: number) => boolean;

type Keys = number[];

const unitsOf = (keys: Iterable<number>, { sizeOf }: Room): number => {
  let sum = 0;
  for (const key of keys) sum += sizeOf(key);
  return sum;
};

/** Takes a key out of an array; false when it is not in it. */
function take(keys: Keys, key: number): boolean {
  const at = keys.indexOf(key);
  if (at >= 0) keys.splice(at, 1);
  return at >= 0;
}

/** Makes a key the newest of those remembered, which then are `most` units at the most. */
function remember(ghosts: Keys, key: number, most: number, room: Room): void {
  ghosts.unshift(key);
  while (unitsOf(ghosts, room) > most && ghosts.length > 1) ghosts.pop();
  if (unitsOf(ghosts, room) > most) ghosts.pop();
}

function segmentedLru(room: Room, segments: number, share: number): Ask {
  const lists: Keys[] = Array.from({ length: segments }, () => []);
  const most = Math.floor(room.capacity * share);
  return (key) => {
    const from = lists.findIndex((list) => list.includes(key));
    if (from >= 0) {
      take(lists[from]!, key);
      lists[Math.min(from + 1, segments - 1)]!.unshift(key);
      for (let segment = segments - 1; segment > 0; segment--) {
        while (unitsOf(lists[segment]!, room) > most) {
          lists[segment - 1]!.unshift(lists[segment]!.pop()!);
        }
      }
      return true;
    }
    while (unitsOf(lists.flat(), room) + room.sizeOf(key) > room.capacity) {
      lists.find((list) => list.length > 0)!.pop();
    }
    lists[0]!.unshift(key);
    return false;
  };
}

function mru(room: Room): Ask {
  const keys: Keys = [];
  return (key) => {
    const isHit = take(keys, key);
    const most = isHit ? Infinity : room.capacity - room.sizeOf(key);
    while (unitsOf(keys, room) > most) keys.shift();
    keys.unshift(key);
    return isHit;
  };
}

function twoQueues(room: Room): Ask {
  const fresh: Keys = [];
  const ghosts: Keys = [];
  const main: Keys = [];
  const freshMost = Math.floor(room.capacity * 0.25);
  const ghostsMost = Math.floor(room.capacity * 0.5);
  return (key) => {
    if (take(main, key)) {
      main.unshift(key);
      return true;
    }
    if (fresh.includes(key)) return true;
    const wasGhost = take(ghosts, key);
    while (unitsOf([...fresh, ...main], room) + room.sizeOf(key) > room.capacity) {
      if (unitsOf(fresh, room) > freshMost || main.length === 0) {
        remember(ghosts, fresh.pop()!, ghostsMost, room);
      } else main.pop();
    }
    (wasGhost ? main : fresh).unshift(key);
    return false;
  };
}

function arc(room: Room): Ask {
  const c = room.capacity;
  const t1: Keys = [];
  const t2: Keys = [];
  const b1: Keys = [];
  const b2: Keys = [];
  const size = (...lists: Keys[]) => unitsOf(lists.flat(), room);
  let p = 0;
  const replace = (isInB2: boolean) => {
    const isLong = size(t1) > p || (isInB2 && size(t1) === p);
    if (t1.length > 0 && (isLong || t2.length === 0)) b1.unshift(t1.pop()!);
    else b2.unshift(t2.pop()!);
  };
  const forget = (units: number) => {
    while (b1.length > 0 && size(t1, b1) + units > c) b1.pop();
    while (b2.length > 0 && size(t1, t2, b1, b2) + units > 2 * c) b2.pop();
  };
  return (key) => {
    if (take(t1, key) || take(t2, key)) {
      t2.unshift(key);
      return true;
    }
    const units = room.sizeOf(key);
    const isFull = () => size(t1, t2) + units > c;
    if (b1.includes(key)) {
      p = Math.min(c, p + Math.max(1, size(b2) / size(b1)));
      take(b1, key);
      while (isFull()) replace(false);
      t2.unshift(key);
    } else if (b2.includes(key)) {
      p = Math.max(0, p - Math.max(1, size(b1) / size(b2)));
      take(b2, key);
      while (isFull()) replace(true);
      t2.unshift(key);
    } else {
      while (isFull()) {
        if (size(t1, b1) + units > c && b1.length === 0) t1.pop();
        else {
          forget(units);
          replace(false);
        }
      }
      t1.unshift(key);
    }
    forget(0);
    return false;
  };
}

function lirs(room: Room): Ask {
  const c = room.capacity;
  const lowMost = c - Math.max(1, Math.floor(c / 100));
  const stack: Keys = [];
  const queue: Keys = [];
  const ghosts: Keys = [];
  const low = new Set<number>();
  const prune = () => {
    while (stack.length > 0 && !low.has(stack.at(-1)!)) take(ghosts, stack.pop()!);
  };
  const lower = () => {
    while (unitsOf(low, room) > lowMost) {
      const key = stack.pop()!;
      low.delete(key);
      queue.unshift(key);
      prune();
    }
  };
  const limit = () => {
    while (unitsOf(stack, room) > 2 * c && ghosts.length > 0) take(stack, ghosts.pop()!);
  };
  return (key) => {
    const isInStack = take(stack, key);
    stack.unshift(key);
    if (low.has(key)) {
      prune();
      return true;
    }
    if (take(queue, key)) {
      if (isInStack) {
        low.add(key);
        prune();
        lower();
      } else queue.unshift(key);
      limit();
      return true;
    }
    // A missing key; it is no part of the stack while room is made for it.
    stack.shift();
    const wasGhost = take(ghosts, key);
    while (unitsOf(low, room) + unitsOf(queue, room) + room.sizeOf(key) > c) {
      if (queue.length === 0) {
        const bottom = stack.pop()!;
        low.delete(bottom);
        queue.unshift(bottom);
        prune();
      }
      const victim = queue.pop()!;
      if (stack.includes(victim)) ghosts.unshift(victim);
    }
    stack.unshift(key);
    if (wasGhost || unitsOf(low, room) + room.sizeOf(key) <= lowMost) {
      low.add(key);
      prune();
      lower();
    } else queue.unshift(key);
    limit();
    return false;
  };
}

function s3Fifo(room: Room): Ask {
  const small: Keys = [];
  const main: Keys = [];
  const ghosts: Keys = [];
  const counts = new Map<number, number>();
  const smallMost = Math.floor(room.capacity * 0.1);
  const ghostsMost = Math.floor(room.capacity * 0.9);
  /** True when somebody has left. */
  const evictSmall = () => {
    while (small.length > 0) {
      const key = small.pop()!;
      if (counts.get(key)! < 2) {
        remember(ghosts, key, ghostsMost, room);
        return true;
      }
      counts.set(key, 0);
      main.unshift(key);
    }
    return false;
  };
  const evictMain = () => {
    for (let key = main.pop()!; ; key = main.pop()!) {
      if (counts.get(key) === 0) return;
      counts.set(key, counts.get(key)! - 1);
      main.unshift(key);
    }
  };
  return (key) => {
    if (small.includes(key) || main.includes(key)) {
      counts.set(key, Math.min(3, counts.get(key)! + 1));
      return true;
    }
    const wasGhost = take(ghosts, key);
    while (unitsOf([...small, ...main], room) + room.sizeOf(key) > room.capacity) {
      const isMainLong = unitsOf(main, room) > room.capacity - smallMost;
      if (isMainLong || !evictSmall()) evictMain();
    }
    counts.set(key, 0);
    (wasGhost ? main : small).unshift(key);
    return false;
  };
}

function lru2(room: Room): Ask {
  const held = new Set<number>();
  const ghosts: Keys = [];
  /** Times of all look-ups of a key that have not been forgotten, the newest first. */
  const times = new Map<number, number[]>();
  let now = 0;
  return (key) => {
    now++;
    const isHit = held.has(key);
    if (!isHit && !take(ghosts, key)) times.set(key, []);
    const most = isHit ? Infinity : room.capacity - room.sizeOf(key);
    while (unitsOf(held, room) > most) {
      const victim = [...held].sort((one, other) => {
        const [a, b] = [times.get(one)!, times.get(other)!];
        return (a[1] ?? -1) - (b[1] ?? -1) || a[0]! - b[0]!;
      })[0]!;
      held.delete(victim);
      remember(ghosts, victim, room.capacity, room);
    }
    held.add(key);
    times.get(key)!.unshift(now);
    return isHit;
  };
}

function greedyDual(room: Room, valueOf: (count: number, key: number) => number): Ask {
  const held = new Map<number, { count: number; value: number; last: number }>();
  let age = 0;
  let now = 0;
  return (key) => {
    now++;
    const found = held.get(key);
    const most = found ? Infinity : room.capacity - room.sizeOf(key);
    while (unitsOf(held.keys(), room) > most) {
      const [victim, { value }] = [...held].sort(
        ([, one], [, other]) => one.value - other.value || one.last - other.last,
      )[0]!;
      age = value;
      held.delete(victim);
    }
    const count = (found?.count ?? 0) + 1;
    held.set(key, { count, value: age + valueOf(count, key), last: now });
    return found !== undefined;
  };
}

export const plainEvictions: Readonly<Record<string, (room: Room) => Ask>> = {
  '2q': twoQueues,
  arc,
  gdsf: (room) => greedyDual(room, (count, key) => count / room.sizeOf(key)),
  'lfu-ageing': (room) => greedyDual(room, (count) => count),
  lirs,
  'lru-k': lru2,
  mru,
  's3-fifo': s3Fifo,
  s4lru: (room) => segmentedLru(room, 4, 1 / 4),
  slru: (room) => segmentedLru(room, 2, 0.8),
};
