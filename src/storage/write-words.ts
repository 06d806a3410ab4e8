import { type MatchToken, matchTokens } from '../text/match-tokens.js';
import { passageTerms, TERMS_VERSION } from '../text/passage-terms.js';
import { OCCURRENCE_MARKS, weighOccurrences } from './bm25.js';
import { encodeToken, stemToken } from './encode-token.js';
import type { SqliteConnection } from './sqlite-connection.js';
import { termsToBlob } from './terms-blob.js';

/** A passage as far as its words go. */
export interface WordedPassage {
  readonly label: number;
  readonly text: string;
  /** Of its article. */
  readonly title: string;
  /** Number of its fingerprint. */
  readonly fingerprint: number;
}

/** What the full-text tables hold of one passage: tokens joined by blanks. */
export interface PassageWords {
  readonly stems: string;
  readonly titlePhrase: string;
  readonly bodyPhrase: string;
}

export function passageWords({ text, title, fingerprint }: Omit<WordedPassage, 'label'>): PassageWords {
  const inText = matchTokens(text);
  const inTitle = matchTokens(title);
  const occurrences = new Map<string, number>();
  const count = (tokens: readonly MatchToken[], weight: number) => {
    for (const { stem, stopWord } of tokens) {
      if (!stopWord) occurrences.set(stem, (occurrences.get(stem) ?? 0) + weight);
    }
  };
  count(inText, weighOccurrences(1, 0));
  count(inTitle, weighOccurrences(0, 1));
  const stems = [...occurrences].flatMap(([stem, weight]) =>
    OCCURRENCE_MARKS.filter(({ from }) => weight >= from).map(({ name }) =>
      stemToken(stem, { fingerprint, mark: name }),
    ),
  );
  return { stems: stems.join(' '), titlePhrase: phraseTokens(inTitle), bodyPhrase: phraseTokens(inText) };
}

function phraseTokens(tokens: readonly MatchToken[]): string {
  return tokens.map(({ folded }) => encodeToken(folded)).join(' ');
}

/**
 * Prepares the write of a passage's words and terms, over what it had before. Belongs into the transaction that
 * writes the passage; what removes the passage removes them too (0002-words-and-terms.ts).
 */
export function prepareWordsWrite(connection: SqliteConnection): (passage: WordedPassage) => void {
  const putTerms = connection.prepare(
    'INSERT OR REPLACE INTO passage_terms (label, fingerprint, version, length, terms) VALUES (?, ?, ?, ?, ?)',
  );
  const putStems = connection.prepare('INSERT OR REPLACE INTO passage_words (rowid, stems) VALUES (?, ?)');
  const putPhrases = connection.prepare(
    'INSERT OR REPLACE INTO passage_phrases (rowid, title, body) VALUES (?, ?, ?)',
  );
  return (passage) => {
    const { label, text, title, fingerprint } = passage;
    const terms = passageTerms(text, title);
    const words = passageWords(passage);
    putTerms.run(label, fingerprint, TERMS_VERSION, terms.length, termsToBlob(terms));
    putStems.run(label, words.stems);
    putPhrases.run(label, words.titlePhrase, words.bodyPhrase);
  };
}
