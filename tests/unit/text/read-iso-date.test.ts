import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIsoDate } from '../../../src/text/read-iso-date.js';

const day = (year: number, month: number, date: number) => Date.UTC(year, month - 1, date);

describe('readIsoDate', () => {
  it.each([
    ['2024', day(2024, 1, 1), day(2025, 1, 1)],
    ['2024-12', day(2024, 12, 1), day(2025, 1, 1)],
    ['2024-02-29', day(2024, 2, 29), day(2024, 3, 1)],
    ['1999-12-31', day(1999, 12, 31), day(2000, 1, 1)],
  ])('takes %s for all of its time, in UTC', (text, startMs, endMs) => {
    expect(readIsoDate(text)).toEqual({ startMs, endMs });
  });

  it.each([
    ['2024-03-01T10:20', '2024-03-01T10:20:00.000Z'],
    ['2024-03-01 10:20:30', '2024-03-01T10:20:30.000Z'],
    ['2024-03-01T10:20:30.5Z', '2024-03-01T10:20:30.500Z'],
    ['2024-03-01T10:20:30.123999999Z', '2024-03-01T10:20:30.123Z'],
    ['2024-03-01T01:00+02:00', '2024-02-29T23:00:00.000Z'],
    ['2024-03-01T21:30:00-0530', '2024-03-02T03:00:00.000Z'],
    ['2024-12-31T24:00Z', '2025-01-01T00:00:00.000Z'],
    ['0007-01-02T00:00Z', '0007-01-02T00:00:00.000Z'],
  ])('takes %s for one instant', (text, instant) => {
    const period = readIsoDate(text)!;
    expect(new Date(period.startMs).toJSON()).toBe(instant);
    expect(period.endMs - period.startMs).toBe(1);
  });

  it.each([
    '',
    'yesterday',
    '24-03-01',
    '2024-3-1',
    '2024-13',
    '2024-00-01',
    '2024-02-30',
    '2023-02-29',
    '1900-02-29',
    '2024-04-31',
    '2024-01-00',
    '2024-01-01T25:00',
    '2024-01-01T24:01',
    '2024-01-01T10:60',
    '2024-01-01T10:00:60',
    '2024-01-01T10:00+24:00',
    '2024-01-01T10:00+02:60',
    '2024-01-01T10:00 Z',
    ' 2024',
    '2024\n',
    '٢٠٢٤',
  ])('does not take %j for a date', (text) => {
    expect(readIsoDate(text)).toBeNull();
  });

  it('reads every instant that a computer writes', () => {
    const min = new Date('0000-01-01T00:00:00Z');
    const max = new Date('9999-12-31T23:59:59.999Z');
    fc.assert(
      fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
        expect(readIsoDate(date.toJSON())?.startMs).toBe(date.getTime());
        const period = readIsoDate(date.toJSON().slice(0, 10))!;
        expect(period.startMs <= date.getTime() && date.getTime() < period.endMs).toBe(true);
        expect(period.endMs - period.startMs).toBe(86_400_000);
      }),
    );
  });
});
