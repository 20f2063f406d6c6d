/** Traces for the tests of the laboratory: listed or drawn, in batches as short as one likes. */

import { streamFor } from '../../src/kernel/random.ts';
import { Op } from '../../src/laboratory/look-ups.ts';
import type { Batch, LookUpSource } from '../../src/laboratory/look-ups.ts';

export interface Record {
  readonly key: number;
  readonly size?: number;
  readonly op?: number;
}

/** The same look-ups from the beginning, each time it is called. */
export function sourceOf(records: readonly Record[], perBatch = 100): () => LookUpSource {
  const hasSizes = records.some(({ size }) => size !== undefined);
  const hasOps = records.some(({ op }) => op !== undefined);
  return () => {
    let at = 0;
    let keys = 0;
    return {
      get keys() {
        return keys;
      },
      get progress() {
        return at / records.length;
      },
      next(): Promise<Batch | null> {
        const part = records.slice(at, at + perBatch);
        at += part.length;
        for (const { key } of part) keys = Math.max(keys, key + 1);
        if (part.length === 0) return Promise.resolve(null);
        return Promise.resolve({
          count: part.length,
          keys: Int32Array.from(part, ({ key }) => key),
          sizes: hasSizes ? Int32Array.from(part, ({ size }) => size ?? 1) : null,
          times: null,
          ops: hasOps ? Uint8Array.from(part, ({ op }) => op ?? Op.read) : null,
        });
      },
    };
  };
}

/** Skewed keys; `writes` and `deletes` are shares of the records. */
export function mixedRecords(fields: {
  readonly seed: string;
  readonly keys: number;
  readonly records: number;
  readonly writes?: number;
  readonly deletes?: number;
  readonly sizes?: boolean;
}): Record[] {
  const { seed, keys, records, writes = 0, deletes = 0, sizes = false } = fields;
  const stream = streamFor(seed, 'test', 'records');
  return Array.from({ length: records }, () => {
    const key = Math.floor(keys * stream.uniform() * stream.uniform());
    const luck = stream.uniform();
    const op = luck < writes ? Op.write : luck < writes + deletes ? Op.delete : Op.read;
    return {
      key,
      ...(writes + deletes > 0 ? { op } : {}),
      ...(sizes ? { size: 1 + ((key * 7919) % 50) } : {}),
    };
  });
}
