import type { CreatedKey } from '../keys/create-key.js';
import type { StoredKey } from '../keys/key-store.js';
import { inlineText } from './terminal-text.js';

/** A key for programs: times as ISO 8601, the filter as it was given, and never the secret or its hash. */
export function keyToJson(key: StoredKey) {
  return {
    id: key.id,
    name: key.name,
    scopes: key.scopes,
    filter: key.filterJson === null ? null : (JSON.parse(key.filterJson) as unknown),
    created_at: isoTime(key.createdAtMs),
    expires_at: isoTime(key.expiresAtMs),
    revoked_at: isoTime(key.revokedAtMs),
    last_used_at: isoTime(key.lastUsedAtMs),
  };
}

/** The one time that the key is shown whole: on a line of its own, so that it can be copied. */
export function formatCreatedKey({ key, text }: CreatedKey): string[] {
  const end = key.expiresAtMs === null ? 'does not expire' : `expires ${isoTime(key.expiresAtMs)}`;
  return [
    `Key ${key.id} (${inlineText(key.name)}) may ${key.scopes.join(', ')}; it ${end}.`,
    ...(key.filterJson === null ? [] : [`It sees only: ${inlineText(key.filterJson)}`]),
    '',
    text,
    '',
    'This is the only time that it is shown: what is kept cannot be turned back into it.',
    'Send it as a header: Authorization: Bearer <key>',
  ];
}

/** A few lines a key, oldest first. */
export function formatKeys(keys: readonly StoredKey[], nowMs: number): string[] {
  if (keys.length === 0) return ['There are no keys. Make one: fihrist keys create --name me --scope search'];
  return keys.flatMap((key, place) => [
    ...(place === 0 ? [] : ['']),
    `${key.id}  ${inlineText(key.name)}`,
    `  may        ${key.scopes.join(', ')}`,
    ...(key.filterJson === null ? [] : [`  sees only  ${inlineText(key.filterJson)}`]),
    `  created    ${isoTime(key.createdAtMs)}`,
    `  ${endOf(key, nowMs)}`,
    `  last used  ${isoTime(key.lastUsedAtMs) ?? 'never'}`,
  ]);
}

function endOf({ revokedAtMs, expiresAtMs }: StoredKey, nowMs: number): string {
  if (revokedAtMs !== null) return `revoked    ${isoTime(revokedAtMs)}`;
  if (expiresAtMs === null) return 'expires    never';
  return `${expiresAtMs <= nowMs ? 'expired    ' : 'expires    '}${isoTime(expiresAtMs)}`;
}

function isoTime(timeMs: number): string;
function isoTime(timeMs: number | null): string | null;
function isoTime(timeMs: number | null): string | null {
  return timeMs === null ? null : new Date(timeMs).toISOString();
}
