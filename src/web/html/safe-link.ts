/** An address that may stand in `href`, and the host to show for it. */
export interface SafeLink {
  readonly href: string;
  /** As people read it: `example.org`, without `www.`. */
  readonly host: string;
}

/** @returns Null for whatever is no http(s) address: `javascript:`, `data:`, relative ones. */
export function safeLink(url: string | null): SafeLink | null {
  if (url === null || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  // Whoever writes a name and password into an address means to be taken for another host.
  if (parsed.username !== '' || parsed.password !== '') return null;
  return { href: parsed.href, host: parsed.hostname.replace(/^www\./, '') };
}
