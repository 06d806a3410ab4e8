/** The token of a session as browsers keep it: out of reach of scripts, and sent by pages of this service alone. */
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Strict';

/** Over https, browsers take a name with this prefix from this very host alone, and never by way of http. */
function nameOf(isHttps: boolean): string {
  return isHttps ? '__Host-fihrist-session' : 'fihrist-session';
}

/** The token that a browser sends along, or null. @param header  The header `cookie`. */
export function readSessionCookie(header: string | undefined, isHttps: boolean): string | null {
  const name = nameOf(isHttps);
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at !== -1 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

/** A value of `set-cookie`. Without an end of its own: it ends with the browser, or with the session. */
export function writeSessionCookie(token: string, isHttps: boolean): string {
  return `${nameOf(isHttps)}=${token}; ${ATTRIBUTES}${isHttps ? '; Secure' : ''}`;
}

/** A value of `set-cookie` that takes the cookie back. */
export function clearSessionCookie(isHttps: boolean): string {
  return `${writeSessionCookie('', isHttps)}; Max-Age=0`;
}
