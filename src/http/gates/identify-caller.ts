import type { IncomingMessage } from 'node:http';
import { FihristError } from '../../domain/errors.js';
import { isAllowed } from '../../keys/caller.js';
import type { KeyRing } from '../../keys/key-ring.js';
import type { Gate } from '../gate.js';
import { searchOf } from '../path-of.js';
import { replyFacts } from '../reply-facts.js';
import type { BrowserSessions } from '../sessions/browser-sessions.js';
import { findKeyInAddress } from './find-key-in-address.js';
import { refuseScope } from './refuse-scope.js';

/**
 * Finds out who asks: by the key that was sent, else by the session of a browser. A key that is refused is not thrown here but kept for `checkScope`, so that whoever tries out keys
 * meets the rate limit first. Routes that are public do not look at keys.
 */
export function identifyCaller(
  keys: Pick<KeyRing, 'identify' | 'identifyHolder'>,
  sessions: Pick<BrowserSessions, 'keyIdOf'> | null,
): Gate {
  return {
    errorsOf: ({ scope }) => (scope === 'public' ? ['KEY_IN_ADDRESS'] : ['KEY_IN_ADDRESS', 'STORE_UNUSABLE']),
    check: async ({ route, req, res }) => {
      const facts = replyFacts(res);
      const inAddress = findKeyInAddress(searchOf(req.originalUrl));
      if (inAddress !== null) {
        facts.redactedQuery = inAddress;
        throw keyInAddress();
      }
      if (route.scope === 'public') return;
      let sentNoKey = false;
      try {
        const text = keyOf(req);
        sentNoKey = text === null;
        const holderId = sentNoKey ? (sessions?.keyIdOf(route, req) ?? null) : null;
        facts.caller = holderId === null ? await keys.identify(text) : await keys.identifyHolder(holderId);
        facts.isSignedIn = holderId !== null && facts.caller.keyId !== null;
        // On a machine that others use too, what was read must not be a step back away once its reader has signed out.
        if (facts.isSignedIn) res.setHeader('cache-control', 'no-store');
      } catch (error) {
        if (!(error instanceof FihristError) || error.fault !== 'caller') throw error;
        facts.keyRefusal = error;
        facts.sentNoKey = sentNoKey;
        const { key_id: keyId } = error.details;
        // It was that key: the log must tell that it is still tried.
        if (typeof keyId === 'string') facts.refusedKeyId = keyId;
      }
    },
  };
}

/** Lets only those pass whose key allows what the route is for. */
export function checkScope(): Gate {
  return {
    errorsOf: ({ scope }) =>
      scope === 'public'
        ? []
        : ['KEY_MISSING', 'KEY_INVALID', 'KEY_EXPIRED', 'KEY_REVOKED', 'KEY_SCOPE_MISSING'],
    check: ({ route: { scope }, res }) => {
      if (scope === 'public') return;
      const { keyRefusal, caller } = replyFacts(res);
      if (keyRefusal !== null) {
        // Source: RFC 6750, section 3.1: no error code where no key was sent.
        const error = keyRefusal.code === 'KEY_MISSING' ? '' : ', error="invalid_token"';
        res.setHeader('www-authenticate', `Bearer realm="fihrist"${error}`);
        throw keyRefusal;
      }
      if (isAllowed(caller, scope)) return;
      res.setHeader(
        'www-authenticate',
        `Bearer realm="fihrist", error="insufficient_scope", scope="${scope}"`,
      );
      throw refuseScope(caller, scope);
    },
  };
}

/**
 * The key that a request was sent with, from `Authorization: Bearer` or `X-API-Key`; null when there is none. Other
 * schemes of `Authorization` are for somebody on the way, such as a proxy that asks for a password.
 * @throws KEY_INVALID (caller) when the two headers hold different keys
 */
function keyOf({ headers }: IncomingMessage): string | null {
  const bearer = /^bearer +(?<key>\S+) *$/i.exec(headers.authorization ?? '')?.groups?.key ?? null;
  const given = headers['x-api-key'];
  const other = typeof given === 'string' ? given.trim() : null;
  if (bearer !== null && other !== null && bearer !== other) {
    throw new FihristError(
      'KEY_INVALID',
      'The headers "Authorization" and "X-API-Key" hold two different keys; send one.',
    );
  }
  return bearer ?? other;
}

function keyInAddress(): FihristError {
  return new FihristError(
    'KEY_IN_ADDRESS',
    'A key must not be in the address: send it in the header "Authorization: Bearer <key>", and have this one revoked, as addresses are logged on the way.',
    { details: { header: 'authorization' } },
  );
}
