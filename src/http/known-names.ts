import { isIP } from 'node:net';

export interface KnownNamesOptions {
  /** What the service listens on: an address or a name. */
  readonly listenHost: string;
  /** More names that the service is reached by, in lower case. */
  readonly allowedHosts: readonly string[];
  /** Origins of web pages that may use the service: `https://example.org`. */
  readonly corsOrigins: readonly string[];
}

/**
 * Tells names of this service from names that a web page has made point to it (DNS rebinding): a page that is served
 * from a name of its own, which then resolves to this machine, could read what is answered as if it were its own.
 * An address cannot be made to point elsewhere, so that every address is known.
 */
export class KnownNames {
  readonly #listenHost: string;
  readonly #allowedHosts: ReadonlySet<string>;
  readonly #corsOrigins: ReadonlySet<string>;

  constructor({ listenHost, allowedHosts, corsOrigins }: KnownNamesOptions) {
    this.#listenHost = listenHost.toLowerCase();
    this.#allowedHosts = new Set(allowedHosts);
    this.#corsOrigins = new Set(corsOrigins);
  }

  /** @param host  The header of that name: a name or address, perhaps with a port. */
  knowsHost(host: string | undefined): boolean {
    const name = nameOf(host);
    if (name === null) return false;
    return (
      name === 'localhost' ||
      name.endsWith('.localhost') ||
      isIP(name) !== 0 ||
      name === this.#listenHost ||
      this.#allowedHosts.has(name)
    );
  }

  /** Whether a page of this origin may use the service: its own pages, and those of the list. @param origin  The header. */
  knowsOrigin(origin: string, host: string | undefined): boolean {
    return this.#corsOrigins.has(origin) || this.isOwnOrigin(origin, host);
  }

  /**
   * Whether a page of this origin is one of the service itself: it came from the very host that the request goes to, or,
   * behind a proxy that changes that header, from a name that was allowed.
   * @param origin  The header of that name.
   */
  isOwnOrigin(origin: string, host: string | undefined): boolean {
    const page = URL.canParse(origin) ? new URL(origin) : null;
    if (page === null || page.host === '') return false;
    return page.host === host?.toLowerCase() || this.#allowedHosts.has(page.hostname);
  }
}

/** Without port, brackets and the dot that may end a name; null when it is none. */
function nameOf(host: string | undefined): string | null {
  const { address, name } =
    /^(?:\[(?<address>[\d.:a-f]+)\]|(?<name>[\w.-]+?)\.?)(?::\d+)?$/i.exec(host ?? '')?.groups ?? {};
  return (address ?? name)?.toLowerCase() ?? null;
}
