/**
 * Articles on their way at once. Two copies of the model have one each under way and one each waiting, while others are cut and
 * stored: with three, one of the copies had nothing to do a quarter of the time.
 */
export const ARTICLES_IN_FLIGHT = 6;
