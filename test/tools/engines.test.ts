import { afterEach, expect, test, vi } from 'vitest';
import { findFirefox } from '../../tools/firefox.mjs';
import { findOtherNode } from '../../tools/other-node.mjs';

afterEach(() => vi.unstubAllEnvs());

test('the other Node is refused when it is this one again', () => {
  vi.stubEnv('NODE_OTHER', process.execPath);
  expect(findOtherNode).toThrow(`another major than ${process.version} is needed`);
});

test('the other Node is refused when it is no Node or not there', () => {
  for (const path of ['/bin/echo', '/nowhere/node']) {
    vi.stubEnv('NODE_OTHER', path);
    expect(findOtherNode).toThrow(`NODE_OTHER is ${path}, which is no Node that starts.`);
  }
});

test('where none can be fetched and none is given, it says what to do', () => {
  vi.stubEnv('NODE_OTHER', '');
  const platform = vi.spyOn(process, 'platform', 'get').mockReturnValue('sunos');
  expect(findOtherNode).toThrow(/No second Node: .* Set NODE_OTHER/s);
  platform.mockRestore();
});

test('a Firefox that is given but does not start is an error, and none at all is null', () => {
  vi.stubEnv('FIREFOX_PATH', '/nowhere/firefox');
  expect(findFirefox).toThrow('FIREFOX_PATH is /nowhere/firefox, but that does not start.');
  vi.stubEnv('FIREFOX_PATH', '');
  vi.stubEnv('PATH', '/nowhere');
  expect([null, '/Applications/Firefox.app/Contents/MacOS/firefox']).toContain(findFirefox());
});
