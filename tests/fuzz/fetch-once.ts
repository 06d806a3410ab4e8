/** `fetch` over a connection of its own, so that none is left open for the service to be found with afterwards. */
export function fetchOnce(address: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('connection', 'close');
  return fetch(address, { ...init, headers });
}
