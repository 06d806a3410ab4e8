import { z } from 'zod';
import { INTERFACE_NAMES } from './http/compat/interface-names.js';

/* How settings are read that have more than one of their kind. */

/** A whole number, written in digits. */
export const integer = (min: number, max: number) =>
  z.string().regex(/^\d+$/, 'a whole number').transform(Number).pipe(z.int().min(min).max(max));

/** A list with commas; blanks around items do not count, and an empty text is an empty list. */
export const list = (isItem: (item: string) => boolean) =>
  z
    .string()
    .transform((text) => text.split(',').map((item) => item.trim()))
    .transform((items) => items.filter((item) => item !== ''))
    .refine((items) => items.every(isItem));

/** An address that paths can be put behind: http or https, nothing after `?` or `#`. The slash at its end is dropped. */
export const baseUrl = z
  .url({ protocol: /^https?$/ })
  .regex(/^[^?#]*$/)
  .transform((url) => url.replace(/\/+$/, ''));

/** Which contracts are spoken; none by the word. */
export const interfaceNames = z
  .string()
  .transform((text) => (text === 'none' ? [] : text.split(',').map((item) => item.trim())))
  .pipe(z.array(z.enum(INTERFACE_NAMES)));
