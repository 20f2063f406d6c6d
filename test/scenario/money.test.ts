import { describe, expect, test } from 'vitest';
import { readPrice } from '../../src/scenario/money.ts';

describe('a price', () => {
  test.each([
    ['$0.25/h', 182.5],
    ['$0.25/hour', 182.5],
    ['$180/month', 180],
    ['$5k/month', 5000],
    ['$0/h', 0],
  ])('%s is %d dollars a month of 730 hours', (text, perMonth) => {
    expect(readPrice(text)).toEqual({ ok: true, value: perMonth });
  });

  test.each(['0.25/h', '$0.25', '$0.25/year', '$/h', '$-1/h', '$x/h', '€1/h', '$1 /h', ''])(
    '%s is none',
    (text) => {
      const reading = readPrice(text);
      expect(reading.ok ? null : reading.problem).toMatchObject({
        code: 'bad-price',
        hint: 'write `$0.25/h` or `$180/month`',
      });
    },
  );
});
