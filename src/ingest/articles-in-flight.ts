/**
 * Articles on their way at once. Two copies of the model have one each under way and one each waiting, while others are cut and
 * stored: with three, a copy waited for an article a quarter of the time.
 */
export const ARTICLES_IN_FLIGHT = 6;
