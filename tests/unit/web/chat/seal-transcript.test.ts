import { describe, expect, it } from 'vitest';
import { TranscriptSeal } from '../../../../src/web/chat/seal-transcript.js';
import { addTurn, type KeptTurn } from '../../../../src/web/chat/transcript.js';

const turn: KeptTurn = {
  question: 'لماذا؟',
  status: 'answered',
  text: 'لأن. [1]',
  citations: [],
  sources: [],
};

describe('TranscriptSeal', () => {
  it('opens what it sealed', () => {
    const seal = new TranscriptSeal();
    expect(seal.open(seal.seal([turn]))).toEqual([turn]);
  });

  it.each(['', '.', 'W10.', 'W10.AAAA', 'not sealed'])('does not open %j', (forged) => {
    expect(new TranscriptSeal().open(forged)).toBeNull();
  });

  it('does not open what was changed, or sealed by another process', () => {
    const seal = new TranscriptSeal();
    const [, mac = ''] = seal.seal([turn]).split('.');
    const changed = Buffer.from(JSON.stringify([{ ...turn, text: 'forged' }])).toString('base64url');
    expect(seal.open(`${changed}.${mac}`)).toBeNull();
    expect(seal.open(new TranscriptSeal().seal([turn]))).toBeNull();
  });

  it('carries the last eight turns', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ ...turn, question: String(i) }));
    const transcript = many.reduce<readonly KeptTurn[]>(addTurn, []);
    expect(transcript.map(({ question }) => question)).toEqual(['4', '5', '6', '7', '8', '9', '10', '11']);
  });
});
