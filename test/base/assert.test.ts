import { describe, expect, it } from 'vitest';
import { assert, assertNever, AssertionError } from '../../src/base/assert.ts';

describe('assert', () => {
  it('lets a true claim pass and throws the sentence of a false one', () => {
    expect(() => assert(true, 'time does not go back')).not.toThrow();
    expect(() => assert(false, 'time does not go back')).toThrow(AssertionError);
    expect(() => assert(undefined, 'time does not go back')).toThrow('time does not go back');
  });

  it('throws an error that names its class', () => {
    const error = new AssertionError('a claim');
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('AssertionError');
  });
});

describe('assertNever', () => {
  it('throws and shows the value that should not exist', () => {
    expect(() => assertNever('third' as never)).toThrow('third');
  });
});
