import { z } from 'zod';
import { INTERFACE_NAMES } from './http/compat/interface-names.js';

export interface SettingDescription {
  readonly schema: z.ZodType<unknown, string>;
  readonly defaultValue: string | null;
  /** What is allowed, in words, for messages and the README. */
  readonly allowed: string;
  readonly meaning: string;
}

/** A whole number, in decimal digits alone. */
export const integer = (min: number, max: number) =>
  z.string().regex(/^\d+$/, 'a whole number').transform(Number).pipe(z.int().min(min).max(max));

/** Whether something is on. */
export const switchedOn = z.enum(['on', 'off']).transform((value) => value === 'on');

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

/** Names of proxy-addr for the networks that nobody outside has. */
export const OWN_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'] as const;

/** An address or network of a proxy. One of all addresses (`/0`) would let everyone say who he is. */
export const proxyNetwork = z.union([
  z.enum(OWN_NETWORKS),
  z.ipv4(),
  z.ipv6(),
  z.union([z.cidrv4(), z.cidrv6()]).refine((network) => !/\/0+$/.test(network)),
]);

/** Which contracts are spoken; none by the word. */
export const interfaceNames = z
  .string()
  .transform((text) => (text === 'none' ? [] : text.split(',').map((item) => item.trim())))
  .pipe(z.array(z.enum(INTERFACE_NAMES)));
