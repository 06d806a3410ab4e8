import { expect, test } from 'vitest';
import { FixedPlaces } from '../../../../src/http/limits/fixed-places.js';

test('places are taken up to their number, and given back once each', () => {
  const places = new FixedPlaces({ places: 2, setting: 'A_SETTING' });
  const [first, second] = [places.enter(), places.enter()];
  expect(places.isFull).toBe(true);
  first();
  first();
  expect(places.isFull).toBe(false);
  const third = places.enter();
  expect(places.isFull).toBe(true);
  for (const leave of [second, third]) leave();
  expect(places.isFull).toBe(false);
});

test('how soon a place is free is told by how long works took, each new one counting a tenth', () => {
  const clock = { nowMs: 0 };
  const places = new FixedPlaces({ places: 4, setting: 'A_SETTING' }, () => clock.nowMs);
  expect(places.meanIntervalMs).toBe(1_250);
  for (const tookMs of [8_000, 18_000]) {
    const leave = places.enter();
    clock.nowMs += tookMs;
    leave();
  }
  expect(places.meanIntervalMs).toBe(9_000 / 4);
});
