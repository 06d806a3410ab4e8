declare module 'wink-porter2-stemmer' {
  /** @param word  Lower case. */
  const porter2: (word: string) => string;
  export = porter2;
}
