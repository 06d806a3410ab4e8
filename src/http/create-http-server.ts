import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FihristError } from '../domain/errors.js';
import { quoteValue } from '../text/describe-value.js';
import { letMoreIn } from '../threads/loop-turns.js';
import { assignTrace } from './assign-trace.js';
import { clientAddressReader } from './client-address.js';
import { OpenConnections } from './connections/open-connections.js';
import { createApp } from './create-app.js';
import type { CallerPatience, HttpServerOptions } from './http-server-options.js';
import { limitArrival } from './limit-arrival.js';
import { listObservers } from './list-observers.js';
import { toListenError } from './listen-error.js';
import { observeRequest } from './observe-request.js';
import { pathOf } from './path-of.js';
import { whileClosing } from './readiness.js';
import { type BrokenRequest, refuseBrokenRequest, refuseUnfinishedRequest } from './refuse-broken-request.js';
import { replyFacts } from './reply-facts.js';
import { replyWithError } from './reply-with-error.js';
import { assignRequestId } from './request-id.js';
import { READINESS_PATH } from './routes/readiness-route.js';
import { securityHeaders } from './security-headers.js';
import { serverUrl } from './server-url.js';

const PATIENCE_MS: CallerPatience = {
  headers: 10_000,
  request: 30_000,
  stalledReply: 30_000,
  lookEvery: 1_000,
};
/** Longer than the 60 s of common load balancers, so that it is they who close idle connections. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

export interface HttpServer {
  /**
   * @param port  0 takes any free port.
   * @throws PORT_IN_USE, SETTING_INVALID (operator)
   */
  listen(host: string, port: number): Promise<{ readonly url: string; readonly port: number }>;
  /**
   * Takes no new connections, closes the idle ones and lets requests under way finish; a request that arrives on an
   * open connection gets SHUTTING_DOWN, or is told so by the probe for readiness. After `graceMs` the rest is destroyed and its searches are aborted.
   */
  close(graceMs: number): Promise<void>;
  /** Requests that are being answered. */
  requestsInFlight(): number;
}

/** The HTTP front door. Nothing is listened on before `listen`. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const patienceMs = { ...PATIENCE_MS, ...options.patienceMs };
  const server = createServer({
    headersTimeout: patienceMs.headers,
    // Kept by limitArrival, since a body that is read as it comes in may take longer.
    requestTimeout: 0,
    connectionsCheckingInterval: patienceMs.lookEvery,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
  });
  const connections = new OpenConnections(server, options.maxConnections);
  const app = createApp({
    ...options,
    readiness: () => (connections.closing ? whileClosing(options.readiness()) : options.readiness()),
  });
  const setSecurityHeaders = securityHeaders(options.corsOrigins);
  const addressOf = clientAddressReader(options.trustedProxies ?? []);
  const observers = listObservers(options);
  const tracer = options.tracer ?? null;

  const onRequest = (req: IncomingMessage, res: ServerResponse) => {
    connections.track(res);
    limitArrival(req, res, {
      limitMs: patienceMs.request,
      onLate: () => refuseUnfinishedRequest({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }, res, options),
    });
    assignRequestId(req, res);
    replyFacts(res).address = addressOf(req);
    const startedAt = observeRequest(req, res, observers);
    assignTrace(req, res, { tracer, startedAt });
    res.once('prefinish', () => res.socket?.setTimeout(patienceMs.stalledReply));
    if (setSecurityHeaders(req, res)) return;
    try {
      if (connections.closing) refuseUnlessProbe(req, res);
      checkTarget(req);
    } catch (refusal) {
      replyWithError(res, refusal, options);
      return;
    }
    app(req, res);
  };
  server.on('request', onRequest);
  server.on('connection', letMoreIn);
  // `Expect` with anything else than 100-continue may be passed over (RFC 9110, 10.1.1). By itself, node would answer it
  // past all that stands before a reply here.
  server.on('checkExpectation', onRequest);
  // A connection that cannot be accepted (too many open files) must not end the program.
  server.on('error', (error) => options.logger.error({ err: error }, 'server error'));
  server.on('clientError', (error: BrokenRequest, socket) => {
    const reply = connections.replyOn(socket);
    if (reply !== null) refuseUnfinishedRequest(error, reply, options);
    else if (refuseBrokenRequest(error, socket)) options.metrics?.refused('INVALID_REQUEST');
  });

  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        const onError = (error: Error) => reject(toListenError(error, host, port));
        server.once('error', onError);
        server.listen({ host, port }, () => {
          server.off('error', onError);
          const address = server.address() as AddressInfo;
          resolve({ url: serverUrl(host, address.port), port: address.port });
        });
      }),
    close: (graceMs) => connections.close(graceMs),
    requestsInFlight: () => connections.requestsInFlight,
  };
}

/** Whoever asks whether the service is ready is told why it is not. */
function refuseUnlessProbe(req: IncomingMessage, res: ServerResponse): void {
  res.setHeader('connection', 'close');
  if (pathOf(req.url) === READINESS_PATH) return;
  throw new FihristError('SHUTTING_DOWN', 'The service is stopping and takes no new requests.');
}

/** Refuses targets that routing cannot read: not a path, or with a broken `%` in it. */
function checkTarget(req: IncomingMessage): void {
  const path = pathOf(req.url);
  try {
    if (!path.startsWith('/')) throw new URIError('not a path');
    if (path.includes('%')) decodeURIComponent(path);
  } catch (cause) {
    throw new FihristError(
      'INVALID_REQUEST',
      `The path ${quoteValue(path)} cannot be read; it must start with "/", and "%" must begin percent-encoded UTF-8 (%D8%B9 for "ع").`,
      {
        details: { field: 'path', allowed: 'a percent-encoded UTF-8 path', value: path.slice(0, 100) },
        cause,
      },
    );
  }
}
