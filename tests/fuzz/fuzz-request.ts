/** What is sent, byte by byte, except for the headers that HTTP itself needs. */
export interface FuzzRequest {
  /** Null when it is not told whether there is such an operation at all. */
  readonly operationId: string | null;
  /** `valid`: as the document has it. `nearly_valid`: with some changes. `wild`: whatever. */
  readonly kind: 'valid' | 'nearly_valid' | 'wild';
  readonly method: string;
  /** Path and query as they stand in the request line. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Latin-1: a character a byte. Null for none. */
  readonly body: string | null;
  /** Whether the body comes in chunks, without a length. */
  readonly isChunked: boolean;
}

const MAX_SHOWN_BODY = 2_000;

/** A request as a line of JSON that tells all there is to tell, unless its body is long. */
export function showRequest(request: FuzzRequest): string {
  const { body } = request;
  const shown =
    body === null || body.length <= MAX_SHOWN_BODY
      ? body
      : `${body.slice(0, MAX_SHOWN_BODY)}… (${body.length} bytes)`;
  return JSON.stringify({ ...request, body: shown });
}
