/** What a curl command asks for. */
export interface CurlRequest {
  readonly method: string;
  /** Path and what stands after `?`, as written. */
  readonly target: string;
  /** Parsed when it is JSON, else as it is; undefined when there is none. */
  readonly body: unknown;
}

/** Reads a curl command as the documentation writes it: `curl -s [-X METHOD] URL [-H HEADER] [-d BODY]`. */
export function readCurl(command: string): CurlRequest {
  const words = [...command.matchAll(/'([^']*)'|([^\s'\\]+)/g)].map((match) => match[1] ?? match[2] ?? '');
  const after = (...options: readonly string[]) => {
    const at = words.findIndex((word) => options.includes(word));
    return at === -1 ? undefined : words[at + 1];
  };
  const address = words.find((word) => word.startsWith('http://'));
  if (words[0] !== 'curl' || address === undefined) throw new Error(`not a curl command: ${command}`);
  const body = after('-d', '--data-binary');
  return {
    method: after('-X', '--request') ?? (body === undefined ? 'GET' : 'POST'),
    target: address.replace(/^http:\/\/[^/]+/, ''),
    body: body === undefined ? undefined : parsed(body),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
