import { FihristError } from '../../domain/errors.js';
import { describeValue, quoteValue } from '../../text/describe-value.js';
import type { Gate } from '../gate.js';
import type { KnownNames } from '../known-names.js';
import { replyFacts } from '../reply-facts.js';

/**
 * Keeps out web pages that have no business here. Only requests that would be answered without a key are asked for the
 * name that they were sent to: a page that made a name point here has no key. What is public is not asked for anything.
 */
export function checkNames(names: Pick<KnownNames, 'knowsHost' | 'knowsOrigin'>): Gate {
  return {
    errorsOf: ({ scope }) => (scope === 'public' ? [] : ['HOST_NOT_ALLOWED', 'ORIGIN_NOT_ALLOWED']),
    check: ({ route, req, res }) => {
      if (route.scope === 'public') return;
      const { host, origin } = req.headers;
      if (origin !== undefined && !names.knowsOrigin(origin, host)) throw originNotAllowed(origin);
      const { caller, keyRefusal } = replyFacts(res);
      const isWithoutKey = caller.keyId === null && keyRefusal === null;
      if (isWithoutKey && !names.knowsHost(host)) throw hostNotAllowed(host);
    },
  };
}

function hostNotAllowed(host: string | undefined): FihristError {
  return new FihristError(
    'HOST_NOT_ALLOWED',
    `The request was sent to ${quoteValue(host ?? '')}, which is no name of this service; names are allowed in FIHRIST_ALLOWED_HOSTS.`,
    { details: { header: 'host', value: describeValue(host ?? null), setting: 'FIHRIST_ALLOWED_HOSTS' } },
  );
}

function originNotAllowed(origin: string): FihristError {
  return new FihristError(
    'ORIGIN_NOT_ALLOWED',
    `Pages of ${quoteValue(origin)} may not use this service; origins are allowed in FIHRIST_CORS_ORIGINS.`,
    { details: { header: 'origin', value: describeValue(origin), setting: 'FIHRIST_CORS_ORIGINS' } },
  );
}
