// What the build writes in place of names: the numbers they stand for, and nothing else changes.
import { describe, expect, test } from 'vitest';
import { withConstantsInlined } from '../../tools/inline-constants.mjs';

describe('the value of a constant', () => {
  test.each([
    ['stands wherever its name is read', 'const A = 7; f(A, x[A]);', 'f((7), x[(7)]);'],
    ['may be a var, as the bundler writes it', 'var A = 7; f(A);', 'f((7));'],
    ['may be asked for a property', 'const A = 7; A.toString();', '(7).toString();'],
    ['is in parentheses when negative', 'const A = -1; f(x - A);', 'f(x - (-1));'],
    ['keeps the sign of zero', 'const A = -0; f(A);', 'f((-0));'],
    ['may be infinite', 'const A = 1 / 0; f(A);', 'f((1 / 0));'],
    ['keeps all digits', 'const A = 0.1 + 0.2; f(A);', 'f(0.30000000000000004);'],
    ['is named in a shorthand property', 'const A = 7; f({ A, b: A });', 'f({ A: (7), b: (7) });'],
    ['stands for a computed key', 'const A = 7; f({ [A]: 1 });', 'f({ [(7)]: 1 });'],
    ['stands in for a default', 'const A = 7; function f(x = A) {}', 'function f(x = (7)) {}'],
  ])('%s', (_, code, rest) => {
    expect(after(code)).toBe(rest);
  });

  test.each([
    ['sum', '3 + 4', '(7)'],
    ['difference', '3 - 4', '(-1)'],
    ['product', '3 * 4', '(12)'],
    ['quotient', '3 / 4', '0.75'],
    ['shift', '1 << 7', '(128)'],
    ['union of bits', '5 | 2', '(7)'],
    ['complement', '~5', '(-6)'],
    ['negative', '-(2 + 3)', '(-5)'],
  ])('may be a %s', (_, expression, value) => {
    expect(after(`const A = ${expression}; f(A);`)).toBe(`f(${value});`);
  });

  test('may be computed from other constants, in the order of the file', () => {
    const code = 'const BITS = 7; const COUNT = 1 << BITS; const LAST = COUNT - 1; f(LAST);';
    expect(after(code)).toContain('f((127));');
  });

  test('is not known of an expression that the build cannot compute', () => {
    const code = 'const A = 7 % 4; const B = f(); const C = !1; f(A, B, C);';
    expect(withConstantsInlined(code)).toBe(code);
  });
});

describe('a name is left alone', () => {
  test.each([
    ['where it names a property', 'f(x.A, { A: 1 });'],
    ['where it names a method or a field', 'class B { A = 1; } class C { A() {} }'],
    ['where it names a label', 'A: for (;;) { if (x) continue A; else break A; }'],
    ['where a module is given it', 'export { A };'],
  ])('%s', (_, rest) => {
    expect(after(`const A = 7; ${rest}`)).toBe(rest);
  });

  test.each([
    ['a parameter', 'function f(A) { return A; }'],
    ['a parameter of an arrow', 'const g = (A) => A;'],
    ['a parameter with a default', 'function f(A = 1) { return A; }'],
    ['the rest of the parameters', 'function f(...A) { return A; }'],
    ['a variable within', 'function f() { let A = 1; return A; }'],
    ['a part of a pattern', 'function f() { const { A } = x; return A; }'],
    ['the new name of a part', 'function f({ a: A }) { return A; }'],
    ['a part with a default', 'function f({ A = 1 }) { return A; }'],
    ['a place in a pattern', 'function f() { const [A] = x; return A; }'],
    ['a function within', 'function f() { function A() {} return A; }'],
    ['what is caught', 'try { f(); } catch (A) { f(A); }'],
  ])('when it is also %s', (_, rest) => {
    const code = `const A = 7; ${rest}`;
    expect(withConstantsInlined(code)).toBe(code);
  });

  test.each(['A = 8;', 'A += 1;', 'A++;', '--A;', 'for (A of x) f();', 'for (A in x) f();'])(
    'when it is assigned to: %s',
    (change) => {
      const code = `var A = 7; f(A); ${change}`;
      expect(withConstantsInlined(code)).toBe(code);
    },
  );

  test('keeps its declaration, exported or not', () => {
    expect(withConstantsInlined('export const A = 7; f(A);')).toBe('export const A = 7; f((7));');
  });
});

describe('a table of numbers', () => {
  const frozen = 'const T = Object.freeze({ a: 1, b: -2 });';

  test('that is frozen is inlined', () => {
    expect(withConstantsInlined(`${frozen} f(T.a + T.b);`)).toBe(`${frozen} f((1) + (-2));`);
  });

  test.each([
    ['that is not frozen', 'const T = { a: 1, b: -2 }; f(T.a);'],
    ['that holds something else', "const T = Object.freeze({ a: 1, b: 'two' }); f(T.a);"],
    ['that holds another table', 'const T = Object.freeze({ a: 1, ...x }); f(T.a);'],
    ['whose keys are computed', 'const T = Object.freeze({ [x]: 1, a: 1 }); f(T.a);'],
    ['that is asked for a key it lacks', `${frozen} f(T.c);`],
    ['that is asked by a key in brackets', `${frozen} f(T[a]);`],
    ['whose name means something else within', `${frozen} function f(T) { return T.a; }`],
    ['that is only tried to be changed', `${frozen} T.a = 3;`],
  ])('%s is left alone', (_, code) => {
    expect(withConstantsInlined(code)).toBe(code);
  });
});

/** The code after its first declaration, with constants inlined. */
function after(code: string): string {
  return withConstantsInlined(code).replace(/^[^;]*; /, '');
}
