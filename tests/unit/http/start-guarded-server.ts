import { type GatesOptions, listGates } from '../../../src/http/gates/list-gates.js';
import type { HttpServerOptions } from '../../../src/http/http-server-options.js';
import { KnownNames } from '../../../src/http/known-names.js';
import { AdmissionController, type AdmissionLimits } from '../../../src/http/limits/admission-controller.js';
import { FixedPlaces } from '../../../src/http/limits/fixed-places.js';
import { BrowserSessions } from '../../../src/http/sessions/browser-sessions.js';
import { createKey, type KeyRequest } from '../../../src/keys/create-key.js';
import { type KeyPolicy, KeyRing } from '../../../src/keys/key-ring.js';
import type { KeyStore } from '../../../src/keys/key-store.js';
import { MemoryKeyStore } from '../../../src/keys/memory-key-store.js';
import { Sessions } from '../../../src/keys/sessions.js';
import { startTestServer, type TestServer } from './start-test-server.js';

export interface GuardOptions {
  readonly keyStore?: KeyStore;
  readonly policy?: KeyPolicy;
  readonly ratePerMinute?: number;
  readonly allowedHosts?: readonly string[];
  readonly corsOrigins?: readonly string[];
  readonly searches?: Partial<AdmissionLimits>;
  /** Answers at once. Default: no limit. */
  readonly answers?: number;
  readonly trustedProxies?: readonly string[];
  readonly wrongKeysPerMinute?: number;
  /** Default: there is no memory ceiling. */
  readonly memory?: GatesOptions['memory'];
  /** Pages that are served, with the sessions of their readers. */
  readonly pages?: (
    readers: BrowserSessions,
  ) => Pick<HttpServerOptions, 'pages' | 'errorPage' | 'signInAddress'>;
}

export interface GuardedServer extends TestServer {
  readonly keyStore: KeyStore;
  makeKey(request?: Partial<KeyRequest>): ReturnType<typeof createKey>;
}

const PLENTY: AdmissionLimits = { maxRunning: 100, targetWaitMs: 1_000, burstWaitMs: 5_000 };

/** A test server behind every gate of the real one. */
export async function startGuardedServer(
  guard: GuardOptions = {},
  overrides: Partial<HttpServerOptions> = {},
): Promise<GuardedServer> {
  const { keyStore = new MemoryKeyStore(), policy = 'auto', corsOrigins = [], allowedHosts = [] } = guard;
  const { trustedProxies = [], wrongKeysPerMinute } = guard;
  const keys = new KeyRing({ store: keyStore, policy });
  const names = new KnownNames({ listenHost: '127.0.0.1', allowedHosts, corsOrigins });
  const readers = new BrowserSessions({
    keys,
    names,
    trustedProxies,
    sessions: new Sessions(),
    ...(wrongKeysPerMinute === undefined ? {} : { wrongKeysPerMinute }),
  });
  const gates = listGates({
    keys,
    names,
    sessions: readers,
    ratePerMinute: guard.ratePerMinute ?? null,
    memory: guard.memory ?? null,
    controllers: {
      search: new AdmissionController({ ...PLENTY, ...guard.searches }),
      answer:
        guard.answers === undefined ? null : new FixedPlaces({ places: guard.answers, setting: 'A_SETTING' }),
      embedding: new AdmissionController(PLENTY),
      write: new AdmissionController(PLENTY),
    },
  });
  const service = await startTestServer({
    gates,
    corsOrigins,
    trustedProxies,
    ...guard.pages?.(readers),
    ...overrides,
  });
  return {
    ...service,
    keyStore,
    makeKey: (request = {}) =>
      createKey(keyStore, { name: 'test', scopes: ['search'], ...request }, Date.now()),
  };
}

export function searchWith(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${url}/v1/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"query": "sleep"}',
  });
}

export const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
