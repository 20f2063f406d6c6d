// A scenario file as plain values, so that it can be made, changed and made smaller piece by piece.
// What is said of a component, a population or a fault is kept as it stands in the file.

/** A value of a scenario file. */
export type Value = string | number | boolean | Value[] | Fields;

/** What is said of one thing, by key. */
export interface Fields {
  [key: string]: Value;
}

/** What is said of several things, by their names. */
export type Named = Record<string, Fields>;

/** A whole scenario. The keys are those of the file, in its order. */
export interface Design {
  name: string;
  seed: number;
  duration: string;
  'warm-up'?: string;
  zones?: string[];
  requirements?: string[];
  traffic: Named;
  data: Named;
  components: Named;
  network?: Fields;
  faults: Fields[];
  expect?: string[];
  limits?: Fields;
}

/** A step of an operation: a map with one verb. */
export type Step = Fields;

/** Columns that a line of a printed scenario may take. */
const WIDTH = 100;

/** Words that are safe without quotes wherever a value may stand. */
const SAFE = /^[A-Za-z0-9µ][A-Za-z0-9µ ./%±()=_-]*(?<! )$/;

/** A single value as its word; what holds others has none. */
export function wordOf(value: Value | undefined): string {
  return value === undefined || typeof value === 'object' ? '' : String(value);
}

/** A copy that shares nothing with the design. */
export function copyOf<T>(design: T): T {
  return structuredClone(design);
}

/** The scenario as YAML, ready for `loadScenario`. Sections that hold nothing are left out. */
export function textOf(design: Design): string {
  const lines: string[] = [];
  for (const [key, value] of Object.entries(design) as [string, Value][]) {
    if (typeof value === 'object' && Object.keys(value).length === 0) continue;
    lines.push(...entryLines(key, value, '', key === 'traffic' || key === 'components'));
  }
  return `${lines.join('\n')}\n`;
}

/** `open`: in lines of its own, however short. */
function entryLines(key: string, value: Value, indent: string, open = false): string[] {
  const line = `${indent}${key}: ${flowText(value)}`;
  const fits = line.length <= WIDTH || typeof value !== 'object';
  if (fits && !open) return [line];
  return [`${indent}${key}:`, ...blockLines(value as Value[] | Fields, `${indent}  `)];
}

function blockLines(value: Value[] | Fields, indent: string): string[] {
  if (!Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, inner]) => entryLines(key, inner, indent));
  }
  return value.flatMap((item) => {
    const line = `${indent}- ${flowText(item)}`;
    if (line.length <= WIDTH || typeof item !== 'object') return [line];
    const [first, ...rest] = blockLines(item, `${indent}  `);
    return [`${indent}- ${first!.slice(indent.length + 2)}`, ...rest];
  });
}

function flowText(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value === 'object') {
    const inner = Object.entries(value).map(([key, each]) => `${key}: ${flowText(each)}`);
    return inner.length === 0 ? '{}' : `{ ${inner.join(', ')} }`;
  }
  if (typeof value !== 'string') return String(value);
  return SAFE.test(value) ? value : JSON.stringify(value);
}
