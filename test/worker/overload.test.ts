import { expect, test } from 'vitest';
import { overloadOf } from '../../src/worker/overload.ts';
import { experimentOf } from '../experiment/gallery.ts';

/** One instance of two workers that can serve 200 requests a second. */
const at = (rate: number, more = '') => `
name: A service
duration: 60s
traffic: { app: { rate: ${rate}/s, arrivals: constant, to: api } }
components:
  api: { kind: service, workers: 2, queue: unlimited, operations: { get: [ { work: 10ms } ] }${more} }
  idle: { kind: service, operations: { get: [ { work: 1ms } ] } }
network: { same-zone: 0s, clients: 0s }
`;

function warningAfter(text: string, seconds: number): string | null {
  const { run } = experimentOf(text);
  run.advance(seconds * 1e9);
  return overloadOf(run);
}

test('a service that is offered more than it can serve is named, and by how much', () => {
  expect(warningAfter(at(260), 20)).toBe('api is offered 1.3 times what it can serve');
  expect(warningAfter(at(600), 20)).toMatch(/^api is offered (2\.9|3\.0|3\.1) times/);
});

test('one that can serve what it is offered is not, however busy it is', () => {
  for (let seconds = 5; seconds <= 60; seconds += 5) {
    expect(warningAfter(at(170), seconds)).toBeNull();
  }
});

test('a service that turns requests away warns although few wait', () => {
  const text = at(400).replace('queue: unlimited', 'queue: 1');
  expect(warningAfter(text, 20)).toMatch(/^api is offered (1\.9|2\.0|2\.1) times/);
});

test('nothing is said before some windows have passed', () => {
  expect(warningAfter(at(600), 3)).toBeNull();
});

test('a surge that is over leaves no warning once the queue is gone', () => {
  const text = at(100).replace(
    'rate: 100/s',
    'rate: 100/s, shape: [ { at: 5s, for: 10s, times: 4 } ]',
  );
  expect(warningAfter(text, 14)).toMatch(/^api is offered/);
  expect(warningAfter(text, 50)).toBeNull();
});
