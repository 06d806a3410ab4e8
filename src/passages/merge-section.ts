import type { PassageLimits } from './passage-limits.js';
import { PARAGRAPH_JOINT, type Piece, type Section } from './read-sections.js';

/**
 * Merges pieces under `minWords` with a neighbour: the one after, or for the last the one before.
 *
 * @returns The texts of the section's passages, in order. A piece that fits no neighbour stays short.
 */
export function mergeSection(section: Section, limits: PassageLimits): string[] {
  const merged: Piece[] = [];
  for (const piece of section) {
    const previous = merged.at(-1);
    const joined =
      previous !== undefined && previous.words < limits.minWords ? join(previous, piece, limits) : undefined;
    if (joined === undefined) {
      merged.push(piece);
    } else {
      merged.splice(-1, 1, joined);
    }
  }
  return mergeLast(merged, limits).map((piece) => piece.text);
}

function mergeLast(pieces: readonly Piece[], limits: PassageLimits): readonly Piece[] {
  const last = pieces.at(-1);
  const previous = pieces.at(-2);
  if (last === undefined || previous === undefined || last.words >= limits.minWords) return pieces;
  const joined = join(previous, last, limits);
  return joined === undefined ? pieces : [...pieces.slice(0, -2), joined];
}

function join(first: Piece, second: Piece, limits: PassageLimits): Piece | undefined {
  if (first.last === second.first) return undefined;
  const text = first.text + PARAGRAPH_JOINT + second.text;
  const words = first.words + second.words;
  if (words > limits.maxWords || text.length > limits.maxCharacters) return undefined;
  return { text, words, first: first.first, last: second.last };
}
