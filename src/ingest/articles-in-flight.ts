/** Articles on their way at once: while one is embedded, the next is cut and the last is stored. */
export const ARTICLES_IN_FLIGHT = 3;
