// Makes a design whole again after parts of it were taken out: whatever speaks of something that is
// gone goes too, and so does what nothing leads to any more.
import { copyOf, wordOf } from './design.ts';
import { mayKeep } from './random-clients.ts';
import type { Design, Fields, Step, Value } from './design.ts';
import { partsOf } from './random-faults.ts';

/** A copy without loose ends. It may have no population left, and then is no scenario. */
export function repaired(design: Design): Design {
  const whole = copyOf(design);
  for (let before = ''; before !== JSON.stringify(whole);) {
    before = JSON.stringify(whole);
    repairData(whole);
    repairComponents(whole);
    repairTraffic(whole);
    dropUnreached(whole);
  }
  repairFaults(whole);
  for (const key of ['requirements', 'expect'] as const) {
    const claims = whole[key]?.filter((claim) => !speaksOfGone(whole, claim)) ?? [];
    if (whole[key] !== undefined) whole[key] = claims;
  }
  return whole;
}

function repairData({ data, components }: Design): void {
  for (const [name, dataset] of Object.entries(data)) {
    const store = dataset['stored-in'];
    const caches = (dataset['cached-in'] ?? []) as string[];
    dataset['cached-in'] = caches.filter((cache) => components[cache] !== undefined);
    if (dataset['cached-in'].length === 0) delete dataset['cached-in'];
    if (store !== undefined && components[store as string] === undefined) delete data[name];
  }
}

function repairComponents({ data, components }: Design): void {
  for (const [name, component] of Object.entries(components)) {
    const { to, origin, inside, capacity, calls, operations } = component;
    if (to !== undefined && components[to as string] === undefined) delete components[name];
    if (inside !== undefined && components[inside as string] === undefined) {
      delete component['inside'];
    }
    if (origin !== undefined && !isServed(components, data, component)) delete components[name];
    const share = / of (\S+)$/.exec(wordOf(capacity));
    if (share !== null && data[share[1]!] === undefined) component['capacity'] = '5 entries';
    for (const callee of Object.keys((calls ?? {}) as Fields)) {
      if (components[callee] === undefined) delete (calls as Fields)[callee];
    }
    if (calls !== undefined && Object.keys(calls).length === 0) delete component['calls'];
    for (const [operation, steps] of Object.entries((operations ?? {}) as Record<string, Step[]>)) {
      const left = repairedSteps(steps, data, components);
      const isEmpty = left.length === 0;
      (operations as Fields)[operation] = isEmpty ? [{ work: '0s' }] : left;
    }
  }
}

function repairedSteps(
  steps: readonly Value[],
  data: Design['data'],
  components: Design['components'],
): Value[] {
  const inner = (list: Value) => repairedSteps(list as Value[], data, components);
  return steps.flatMap((step): Value[] => {
    if (Array.isArray(step)) return [inner(step)];
    const [verb, detail] = Object.entries(step as Step)[0]!;
    switch (verb) {
      case 'read':
      case 'write':
        return data[detail as string]?.['stored-in'] === undefined ? [] : [step];
      case 'call':
        return hasOperation(components, detail as string) ? [step] : [];
      case 'parallel':
        return repairedParallel(detail, inner);
      case 'choose':
        return [
          {
            choose: (detail as Fields[]).map((option) => ({ ...option, do: inner(option['do']!) })),
          },
        ];
      case 'repeat':
        return [{ repeat: { ...(detail as Fields), do: inner((detail as Fields)['do']!) } }];
      default:
        return [step];
    }
  });
}

/** With fewer branches it waits for fewer; without any it is gone. */
function repairedParallel(detail: Value, inner: (list: Value) => Value[]): Value[] {
  if (Array.isArray(detail)) {
    const branches = inner(detail);
    return branches.length === 0 ? [] : [{ parallel: branches }];
  }
  const { branches, steps, 'wait-for': waitFor } = detail as Fields;
  if (steps !== undefined) return [{ parallel: { ...(detail as Fields), steps: inner(steps) } }];
  const left = inner(branches!);
  if (left.length === 0) return [];
  return [{ parallel: { 'wait-for': Math.min(Number(waitFor), left.length), branches: left } }];
}

/** `users.get` leads to an operation of a service, perhaps through balancers. */
function hasOperation(components: Design['components'], call: string): boolean {
  const [name, operation] = call.split('.');
  const callee = behind(components, name!);
  return (callee?.['operations'] as Fields | undefined)?.[operation!] !== undefined;
}

/** The service or store at the end of a chain of balancers and cdns. */
function behind(components: Design['components'], name: string): Fields | undefined {
  let component = components[name];
  for (;;) {
    const next = component?.['to'] ?? component?.['origin'];
    if (next === undefined) return component;
    component = components[next as string];
  }
}

/** True for a cdn whose operations and records are still there. */
function isServed(components: Design['components'], data: Design['data'], cdn: Fields): boolean {
  const operations = behind(components, cdn['origin'] as string)?.['operations'] as Fields;
  const kept = cdn['caches'] as string[];
  const isRead = (operation: string) =>
    JSON.stringify(operations?.[operation] ?? {}).includes(`{"read":"${cdn['data'] as string}"}`);
  return data[cdn['data'] as string] !== undefined && kept.every(isRead);
}

function repairTraffic({ traffic, components, data }: Design): void {
  for (const [name, population] of Object.entries(traffic)) {
    const target = behind(components, population['to'] as string);
    const operations = target?.['operations'] as Fields | undefined;
    const isStore = target !== undefined && operations === undefined;
    const isFine = (operation: string) => isStore || operations?.[operation] !== undefined;
    const { operation, keys, mix } = population;
    if (keys !== undefined && data[keys as string] === undefined) delete population['keys'];
    if (target === undefined) delete traffic[name];
    if (operation !== undefined && !isFine(operation as string)) delete traffic[name];
    if (mix !== undefined) population['mix'] = repairedMix(mix as Fields, data, isFine);
    if (Object.keys((population['mix'] ?? { any: 1 }) as Fields).length === 0) delete traffic[name];
    const kept = (population['client-cache'] as Fields | undefined)?.['keeps'] as
      string[] | undefined;
    const mayBe = mayKeep({ components, data }, population);
    if (kept?.every((each) => mayBe.includes(each)) === false) delete population['client-cache'];
  }
}

function repairedMix(
  mix: Fields,
  data: Design['data'],
  isFine: (operation: string) => boolean,
): Fields {
  const left = Object.entries(mix).filter(([operation]) => isFine(operation));
  const isComplete = left.length === Object.keys(mix).length;
  const each = Math.floor(100 / left.length);
  const entries = left.map(([operation, part], index) => {
    const { share, keys } = typeof part === 'object' ? (part as Fields) : { share: part };
    const even = `${index === 0 ? 100 - each * (left.length - 1) : each}%`;
    const now = isComplete ? share! : even;
    const hasKeys = keys !== undefined && data[keys as string] !== undefined;
    return [operation, hasKeys ? { share: now, keys } : now] as const;
  });
  return Object.fromEntries(entries);
}

/** Takes out components that no population, balancer, step or dataset leads to. */
function dropUnreached({ traffic, components, data }: Design): void {
  const reached = new Set<unknown>();
  for (const { to, origin } of [...Object.values(traffic), ...Object.values(components)]) {
    reached.add(to).add(origin);
  }
  for (const dataset of Object.values(data)) {
    reached.add(dataset['stored-in']);
    for (const cache of (dataset['cached-in'] ?? []) as string[]) reached.add(cache);
  }
  for (const { operations } of Object.values(components)) {
    for (const match of JSON.stringify(operations ?? {}).matchAll(/"call":"([^".]+)/g)) {
      reached.add(match[1]);
    }
  }
  for (const name of Object.keys(components)) if (!reached.has(name)) delete components[name];
}

function repairFaults(design: Design): void {
  const { components, zones = [] } = design;
  const paths = new Set(zones.map((zone) => `zone/${zone}`));
  for (const [name, fields] of Object.entries(components)) {
    for (const path of partsOf(name, fields)) paths.add(path);
  }
  design.faults = design.faults.filter((fault) => {
    const { change } = fault;
    if (change !== undefined) return components[wordOf(change).split('.')[0]!] !== undefined;
    const [target] = Object.entries(fault).flatMap(([key, value]) =>
      ['at', 'for', 'by'].includes(key) ? [] : [value],
    );
    if (Array.isArray(target)) return target.every((zone) => zones.includes(zone as string));
    return paths.has(target as string);
  });
}

function speaksOfGone({ traffic, components }: Design, claim: string): boolean {
  const subject = / of (\S+)/.exec(claim)?.[1];
  if (subject === undefined || traffic[subject] !== undefined) return false;
  const [name] = subject.split('/');
  const component = components[name!];
  return component === undefined || !partsOf(name!, component).includes(subject);
}
