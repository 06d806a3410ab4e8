/** Fewer consonants say too little: half the words of a language share two. */
const LEAST_CONSONANTS = 3;

/** Letters that are written together and mean one consonant, in the order in which they are tried. */
const LATIN_CLUSTERS: ReadonlyArray<readonly [RegExp, string]> = [
  [/ch(?=r)/g, 'K'],
  [/tch|sch|sh|ch/g, 'X'],
  [/ph/g, 'F'],
  [/kh|gh|ck|qu/g, 'K'],
  [/th/g, 'T'],
  [/dh|dj/g, 'D'],
  [/x/g, 'KS'],
  [/c(?=[eiy])/g, 'S'],
];

/** Consonants of both scripts by the sound that they share. What is not here (vowels, h, w, y, ع, ه, و, ي) is dropped. */
const LATIN_CLASSES = classesOf({
  P: 'bp',
  T: 't',
  K: 'ckgqj',
  F: 'fv',
  S: 'sz',
  D: 'd',
  L: 'l',
  M: 'm',
  N: 'n',
  R: 'r',
});
const ARABIC_CLASSES = classesOf({
  P: 'بپ',
  T: 'تثط',
  K: 'جقكخغگ',
  F: 'فڤ',
  S: 'سزصظ',
  D: 'دذض',
  X: 'شچ',
  L: 'ل',
  M: 'م',
  N: 'ن',
  R: 'ر',
});

/** How Arabic writes the ch of Churchill: one sound. */
const ARABIC_CH = /تش/g;

const ARTICLE = /^(?:[وف]?[بكل]?ال|[وف]?لل)(?=.{3})/u;
const ATTACHED = /^[وف]?[بكلف](?=.{3})/u;

/**
 * The consonants of a name, the same in both scripts: لافرنتييف and Lavrentiev are both LFRNTF. Doubled consonants
 * count once. An Arabic word whose first letter may be an attached preposition has a second reading without it.
 *
 * @param folded  `MatchToken.folded`.
 * @returns One or two keys of at least three consonants; none for shorter words
 */
export function consonantSkeletons(folded: string): string[] {
  if (!/^\p{Script=Arabic}/u.test(folded)) return longEnough([latinSkeleton(folded)]);
  const bare = folded.replace(ARTICLE, '');
  const readings = bare === folded && ATTACHED.test(folded) ? [folded, folded.replace(ATTACHED, '')] : [bare];
  return longEnough(readings.map((reading) => skeleton(reading.replace(ARABIC_CH, 'ش'), ARABIC_CLASSES)));
}

function latinSkeleton(folded: string): string {
  const clustered = LATIN_CLUSTERS.reduce(
    (word, [cluster, consonant]) => word.replace(cluster, consonant),
    folded,
  );
  return skeleton(clustered, LATIN_CLASSES);
}

function skeleton(word: string, classes: ReadonlyMap<string, string>): string {
  let consonants = '';
  for (const letter of word) {
    const consonant = classes.get(letter) ?? (/[A-Z]/.test(letter) ? letter : '');
    if (consonant !== consonants.at(-1)) consonants += consonant;
  }
  return consonants;
}

function longEnough(skeletons: readonly string[]): string[] {
  return [...new Set(skeletons)].filter((consonants) => consonants.length >= LEAST_CONSONANTS);
}

function classesOf(letters: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(letters).flatMap(([consonant, same]) => [...same].map((letter) => [letter, consonant])),
  );
}
