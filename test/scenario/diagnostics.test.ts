import { describe, expect, test } from 'vitest';
import { Diagnostics, TooManyProblems, formatDiagnostic } from '../../src/scenario/diagnostics.ts';
import { SourceText } from '../../src/scenario/source-text.ts';
import type { Diagnostic } from '../../src/scenario/diagnostics.ts';

const diagnostic: Diagnostic = {
  code: 'unknown-key',
  severity: 'error',
  file: 'a.yaml',
  line: 2,
  column: 3,
  message: 'something is wrong',
  hint: null,
};

describe('a diagnostic as text', () => {
  test('has its place, the line with a caret, and the hint', () => {
    const text = formatDiagnostic({ ...diagnostic, hint: 'change it' }, 'one\n  two\nthree');
    expect(text.split('\n')).toEqual([
      'a.yaml:2:3: error[unknown-key] something is wrong',
      '    2 |   two',
      '      |   ^',
      '  hint: change it',
    ]);
  });

  test('shows the part of a long line around the caret', () => {
    const line = `${'a'.repeat(500)}X${'b'.repeat(500)}`;
    const [, shown, caret] = formatDiagnostic({ ...diagnostic, line: 1, column: 501 }, line).split(
      '\n',
    );
    expect(shown!.length).toBeLessThanOrEqual(108);
    expect(shown![caret!.indexOf('^')]).toBe('X');
  });

  test('passes nothing on that a terminal would act upon', () => {
    const text = formatDiagnostic({ ...diagnostic, line: 1 }, 'a\tb\u001b[31m\u202ec');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  test('leaves the line out where there is none to show', () => {
    expect(formatDiagnostic({ ...diagnostic, line: 9 }, 'one')).not.toContain('|');
  });
});

describe('collected diagnostics', () => {
  test('are in the order of their places, each once', () => {
    const diagnostics = new Diagnostics(new SourceText('a.yaml', 'one\ntwo\n'));
    diagnostics.error(5, 'second', 'b');
    diagnostics.warning(0, 'first', 'a');
    diagnostics.error(5, 'second', 'b');
    expect(diagnostics.list().map(({ code, line, column }) => [code, line, column])).toEqual([
      ['first', 1, 1],
      ['second', 2, 2],
    ]);
    expect(diagnostics.hasErrors).toBe(true);
  });

  test('stop at a hundred', () => {
    const diagnostics = new Diagnostics(new SourceText('a.yaml', 'x'.repeat(200)));
    const report = () => {
      for (let at = 0; at < 200; at++) diagnostics.error(at, 'again', 'again');
    };
    expect(report).toThrow(TooManyProblems);
    expect(diagnostics.list()).toHaveLength(101);
    expect(diagnostics.list().at(-1)!.code).toBe('too-many-problems');
  });

  test('never refuse for warnings alone, and leave room for errors', () => {
    const diagnostics = new Diagnostics(new SourceText('a.yaml', 'x'.repeat(500)));
    for (let at = 0; at < 400; at++) diagnostics.warning(at, 'idle', 'idle');
    expect(diagnostics.hasErrors).toBe(false);
    expect(diagnostics.list()).toHaveLength(51);
    expect(diagnostics.list().at(-1)).toMatchObject({
      severity: 'warning',
      message: 'there are 350 more warnings; they are not shown',
    });
    diagnostics.error(450, 'wrong', 'wrong');
    expect(diagnostics.hasErrors).toBe(true);
    expect(diagnostics.list().map(({ code }) => code)).toContain('wrong');
  });
});
