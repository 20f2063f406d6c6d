import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Seeker } from '../../src/panels/seeker.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Journeys that arrive when they are told to. */
function journeys() {
  const made: { to: number; arrive: () => void }[] = [];
  const seeker = new Seeker((to) => new Promise((arrive) => made.push({ to, arrive })));
  return { made, seeker };
}

test('of the places wished for on the way only the last is gone to', async () => {
  const { made, seeker } = journeys();
  const arrived = seeker.seek(1);
  void seeker.seek(2);
  void seeker.seek(3);
  expect(made.map(({ to }) => to)).toEqual([1]);
  expect(seeker.destination).toBe(3);
  made[0]!.arrive();
  await vi.advanceTimersByTimeAsync(1);
  expect(made.map(({ to }) => to)).toEqual([1, 3]);
  made[1]!.arrive();
  await arrived;
});

test('a journey that takes long is overtaken by the next wish', async () => {
  const { made, seeker } = journeys();
  void seeker.seek(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(made).toHaveLength(1);
  void seeker.seek(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(made.map(({ to }) => to)).toEqual([1, 2]);
});

test('after a journey has arrived the next one begins at once', async () => {
  const { made, seeker } = journeys();
  const first = seeker.seek(1);
  made[0]!.arrive();
  await first;
  void seeker.seek(5);
  expect(made.map(({ to }) => to)).toEqual([1, 5]);
});
