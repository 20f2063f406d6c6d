/**
 * One text that stands for what log, exp and pow answer on many inputs, so that engines can be
 * compared by comparing texts. Runs anywhere, in a page's worker too.
 *
 * Source: FNV-1a, 32 bits: G. Fowler, L. Noll, K.-P. Vo, 1991.
 */
import { exp, log, pow } from './math.ts';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Hashes the float bits of `count` results of each function; inputs are a fixed sequence over the
 * whole positive range for log, −745 … 709 for exp, and 2^±32 to powers of ±32 for pow. Returns
 * `log:… exp:… pow:…`, eight hexadecimal digits each, so that a difference names its function.
 */
export function mathFingerprint(count: number): string {
  const number = new Float64Array(1);
  const words = new Int32Array(number.buffer);
  const bytes = new Uint8Array(number.buffer);
  let state = 1;
  // Numerical Recipes' linear congruential generator: only inputs are drawn from it.
  const nextWord = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state;
  };
  const nextPositive = (exponentLow: number, exponents: number): number => {
    const exponent = exponentLow + Math.floor((nextWord() >>> 0) * (exponents / 4294967296));
    words[1] = ((exponent + 1023) << 20) | (nextWord() >>> 12);
    words[0] = nextWord();
    return number[0]!;
  };
  const hash = (results: () => number): string => {
    let digest = FNV_OFFSET;
    for (let i = 0; i < count; i += 1) {
      number[0] = results();
      for (let byte = 0; byte < 8; byte += 1) {
        digest = Math.imul(digest ^ bytes[byte]!, FNV_PRIME);
      }
    }
    return (digest >>> 0).toString(16).padStart(8, '0');
  };
  const unit = (): number => (nextWord() >>> 0) / 4294967296;
  const logHash = hash(() => log(nextPositive(-1022, 2046)));
  const expHash = hash(() => exp(unit() * 1454 - 745));
  const powHash = hash(() => pow(nextPositive(-32, 64), unit() * 64 - 32));
  return `log:${logHash} exp:${expHash} pow:${powHash}`;
}
