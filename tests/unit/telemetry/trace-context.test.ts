import { describe, expect, it } from 'vitest';
import { formatTraceParent, parseTraceContext } from '../../../src/telemetry/trace-context.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const PARENT = `00-${TRACE}-${SPAN}-01`;

describe('parseTraceContext', () => {
  it('reads where a request stands, and writes it again as it was', () => {
    const context = parseTraceContext(PARENT, 'vendor=1, other@tenant=2');
    expect(context).toEqual({ traceId: TRACE, spanId: SPAN, flags: 1, state: 'vendor=1, other@tenant=2' });
    expect(formatTraceParent(context!)).toBe(PARENT);
    expect(formatTraceParent({ ...context!, flags: 0 })).toBe(`00-${TRACE}-${SPAN}-00`);
  });

  it('reads what later versions may send, as far as it is known', () => {
    expect(parseTraceContext(`01-${TRACE}-${SPAN}-03-more`, undefined)).toMatchObject({
      flags: 3,
      state: null,
    });
  });

  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['two headers in one', `${PARENT}, ${PARENT}`],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['a span of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['capital letters', PARENT.toUpperCase()],
    ['a short trace', `00-${TRACE.slice(1)}-${SPAN}-01`],
    ['the version that does not exist', `ff-${TRACE}-${SPAN}-01`],
    ['more than its version has', `${PARENT}-more`],
    ['a line break', `${PARENT}\n`],
  ])('takes %s for no trace', (_, header) => {
    expect(parseTraceContext(header, 'a=1')).toBeNull();
  });

  it.each([
    ['what is not ASCII', 'a=é'],
    ['what is longer than has to be handed on', 'a'.repeat(513)],
    ['several headers', ['a=1']],
  ])('leaves out a state that is %s', (_, state) => {
    expect(parseTraceContext(PARENT, state)).toMatchObject({ traceId: TRACE, state: null });
  });
});
