import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { traceFormats } from '../../src/laboratory/traces/trace-options.ts';
import { readTrace } from '../laboratory/traces/read-trace.ts';

function made(...words: string[]): Uint8Array {
  const program = ['tools/make-trace.mjs', '--records', '500', '--keys', '50', ...words];
  return new Uint8Array(execFileSync(process.execPath, program));
}

describe('a made trace', () => {
  test.each(traceFormats)('in the format %s is read as such, packed as well', async (format) => {
    const trace = await readTrace(made(format), {}, 999);
    expect(trace.report).toMatchObject({ format, kept: 500, passedOver: 0, mended: 0 });
    const { keys } = await readTrace(made(format, '--gzip'), {}, 999);
    expect(keys).toEqual(trace.keys);
  });

  test('is the same for the same arguments and another for another seed', () => {
    expect(made('csv')).toEqual(made('csv'));
    expect(made('csv', '--seed', '2')).not.toEqual(made('csv'));
  });

  test('of a format that is not known is refused', () => {
    expect(() => made('tar')).toThrow('Say which format: csv');
  });
});
