/**
 * `count` items, evenly spread over all of them: sets with several languages have one after the other.
 * @param count  Null takes all.
 */
export function pickEvenly(items, count) {
  if (count === null || count >= items.length) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]);
}

/**
 * Who is asked what, and when: every peer gets every block of questions, and each block begins with another peer, so that
 * what else the machine does meanwhile meets all alike.
 * @returns {Array<{ peer: number, questions: unknown[] }>}
 */
export function takeTurns(questions, { peers, blockSize }) {
  const turns = [];
  for (let from = 0, block = 0; from < questions.length; from += blockSize, block += 1) {
    const asked = questions.slice(from, from + blockSize);
    for (let i = 0; i < peers; i += 1) turns.push({ peer: (block + i) % peers, questions: asked });
  }
  return turns;
}

/** The opening words of texts, to warm up with what is no question of the set. */
export function openingWords(texts, { count, words }) {
  return pickEvenly(texts, count).map((text) => text.trim().split(/\s+/u).slice(0, words).join(' '));
}
