import type { IncomingMessage, ServerResponse } from 'node:http';
import cors from 'cors';
import helmet from 'helmet';

/**
 * Headers of every reply, whatever comes of the request. They are for JSON, which may load nothing and be shown nowhere;
 * a route that serves a page sets a policy of its own over them.
 * HSTS is left out: only whoever ends TLS, which is not this program, can promise that it will be there.
 */
const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
  xFrameOptions: { action: 'deny' },
});

const PREFLIGHT_KEPT_S = 600;

/**
 * Sets the headers that tell browsers what may be done with a reply, and answers preflight requests.
 * @param corsOrigins  Origins whose pages may use the service. None: no CORS headers at all.
 * @returns Whether the reply is complete already.
 */
export function securityHeaders(
  corsOrigins: readonly string[],
): (req: IncomingMessage, res: ServerResponse) => boolean {
  const share =
    corsOrigins.length === 0
      ? null
      : cors({
          origin: [...corsOrigins],
          methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
          allowedHeaders: ['authorization', 'content-type', 'x-api-key', 'x-request-id'],
          exposedHeaders: ['x-request-id', 'ratelimit', 'ratelimit-policy', 'retry-after'],
          maxAge: PREFLIGHT_KEPT_S,
        });
  return (req, res) => {
    protect(req, res, () => {});
    share?.(req, res, () => {});
    return res.writableEnded;
  };
}
