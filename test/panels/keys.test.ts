import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bindingOf, keyBindings, keyTable, type Pressed } from '../../src/panels/keys.ts';

function pressed(key: string, more: Partial<Pressed> = {}): Pressed {
  return {
    key,
    code: '',
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...more,
  };
}

describe('the table of keys', () => {
  test.each(keyBindings.map((binding) => [binding.label, binding] as const))(
    '%s means its own row and no other',
    (_label, binding) => {
      const how = { shiftKey: binding.shift ?? false, ctrlKey: binding.ctrl ?? false };
      for (const key of binding.keys) expect(bindingOf(pressed(key, how))).toBe(binding);
    },
  );

  test('no two rows have the same label', () => {
    const labels = keyBindings.map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test('a capital letter means the same as the small one, unless Shift has a row of its own', () => {
    expect(bindingOf(pressed('X'))?.label).toBe('X');
    expect(bindingOf(pressed('B', { shiftKey: true }))?.label).toBe('Shift+B');
    expect(bindingOf(pressed('X', { shiftKey: true }))?.label).toBe('X');
  });

  test('comma and full stop are found by their place when Shift writes another sign', () => {
    const semicolon = pressed(';', { code: 'Comma', shiftKey: true });
    expect(bindingOf(semicolon)?.does).toBe('One second back');
    const colon = pressed(':', { code: 'Period', shiftKey: true });
    expect(bindingOf(colon)?.does).toBe('One second on');
  });

  test('with Alt, and with Ctrl where no row asks for it, keys are left to the browser', () => {
    expect(bindingOf(pressed('b', { altKey: true }))).toBeUndefined();
    expect(bindingOf(pressed('b', { ctrlKey: true }))).toBeUndefined();
    expect(bindingOf(pressed('?', { shiftKey: true }))?.label).toBe('?');
    expect(bindingOf(pressed('k', { metaKey: true }))?.label).toBe('Ctrl+K');
  });

  test('the README prints every row of it', () => {
    const readme = readFileSync('README.md', 'utf8');
    for (const { label, does } of keyBindings) {
      expect(readme).toMatch(new RegExp(`\\| \`${escaped(label)}\` +\\| ${escaped(does)} +\\|`));
    }
    expect(keyTable().split('\n')).toHaveLength(keyBindings.length + 2);
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
