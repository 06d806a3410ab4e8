import type { Config } from './config.js';
import { FihristError } from './domain/errors.js';
import type { Gate } from './http/gate.js';
import { type GatesOptions, listGates } from './http/gates/list-gates.js';
import { KnownNames } from './http/known-names.js';
import { AdmissionController } from './http/limits/admission-controller.js';
import { FixedPlaces } from './http/limits/fixed-places.js';
import type { TimeLimits } from './http/work-time.js';
import type { KeyStore } from './keys/key-store.js';

/** Where other machines can reach the service. */
const PUBLIC_REQUESTS_PER_MINUTE = 1_200;

/**
 * Searches that run at once for each copy of the model: one that it works on, and one that is looked up, ranked or written
 * meanwhile.
 */
const SEARCHES_A_COPY = 2;
/** Beside them: one whose words are looked for, so that no copy waits for its next text. */
const SEARCHES_AHEAD = 1;
/** How many times as long as otherwise a search may wait in a burst. */
const BURST = 5;

/**
 * Texts of others to embed: programs that wait, a few at a time. Searches overtake them in the model's queue, and they
 * take turns there by the batch.
 */
const EMBEDDINGS = { maxRunning: 4, targetWaitMs: 5_000, burstWaitMs: 30_000 };

/** Changes of the archive take seconds; whoever makes them is a program, and waits. */
const WRITES = { maxRunning: 1, targetWaitMs: 5_000, burstWaitMs: 30_000 };

/** The names that the service is reached by, and pages of which it may be used from. */
export function knownNamesOf({
  host,
  allowedHosts,
  corsOrigins,
}: Pick<Config, 'host' | 'allowedHosts' | 'corsOrigins'>): KnownNames {
  return new KnownNames({ listenHost: host, allowedHosts, corsOrigins });
}

/** What stands between the network and the archive, by the settings. @param sessions  Null without pages to sign in on. */
export function gatesOf(
  config: Config,
  { keys, names, sessions, memory }: Pick<GatesOptions, 'keys' | 'names' | 'sessions' | 'memory'>,
): readonly Gate[] {
  const { searchWaitMs, languageModel } = config;
  const perMinute = config.requestsPerMinute ?? (openedBy(config) === null ? 0 : PUBLIC_REQUESTS_PER_MINUTE);
  return listGates({
    keys,
    names,
    sessions,
    memory,
    ratePerMinute: perMinute === 0 ? null : perMinute,
    controllers: {
      search: new AdmissionController({
        maxRunning: SEARCHES_A_COPY * config.modelCopies + SEARCHES_AHEAD,
        targetWaitMs: searchWaitMs,
        burstWaitMs: BURST * searchWaitMs,
      }),
      // Without a language model an answer is a search, and a moment.
      answer:
        languageModel === null
          ? null
          : new FixedPlaces({ places: languageModel.answersAtOnce, setting: 'FIHRIST_ANSWERS_AT_ONCE' }),
      embedding: new AdmissionController(EMBEDDINGS),
      write: new AdmissionController(WRITES),
    },
  });
}

/** How long each kind of work may take. Embedding many texts takes as long as storing them does. */
export function timeLimitsOf({ searchTimeoutMs, writeTimeoutMs }: Config): TimeLimits {
  // The language model has limits of its own (FIHRIST_LLM_TIMEOUT_S).
  return {
    light: null,
    search: searchTimeoutMs,
    answer: null,
    embedding: writeTimeoutMs,
    write: writeTimeoutMs,
  };
}

/**
 * Refuses to open the archive to a network without anybody having wanted that.
 * @throws KEYS_NEEDED (operator) with what to do
 */
export async function refuseOpenDoor(
  config: Pick<Config, 'host' | 'trustedProxies' | 'keys'>,
  store: Pick<KeyStore, 'isEmpty'>,
): Promise<void> {
  const opened = openedBy(config);
  if (config.keys !== 'auto' || opened === null || !(await store.isEmpty())) return;
  const { setting, value } = opened;
  const how =
    setting === 'FIHRIST_HOST' ? 'which other machines can reach' : 'so that other machines can come';
  throw new FihristError(
    'KEYS_NEEDED',
    `${setting} is ${value}, ${how}, and there is no key. Make one: fihrist keys create --name me --scope search. Or set FIHRIST_KEYS=on to make it later, or FIHRIST_KEYS=off-anyone-may-read-and-write.`,
    { details: { setting, value } },
  );
}

/** What lets other machines reach the service: the address it listens on, or a proxy before it. Null when nothing does. */
function openedBy({ host, trustedProxies }: Pick<Config, 'host' | 'trustedProxies'>) {
  if (!isThisMachineOnly(host)) return { setting: 'FIHRIST_HOST', value: host };
  if (trustedProxies.length === 0) return null;
  return { setting: 'FIHRIST_TRUST_PROXY', value: trustedProxies.join(',') };
}

function isThisMachineOnly(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
