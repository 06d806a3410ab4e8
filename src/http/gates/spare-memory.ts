import type { ServerResponse } from 'node:http';
import { memoryShort, RETRY_AFTER_S } from '../../memory/memory-short.js';
import type { MemoryWatch } from '../../memory/memory-watch.js';
import type { Gate } from '../gate.js';
import type { Route, RouteLane } from '../route.js';

type Watch = Pick<MemoryWatch, 'level' | 'figures'>;

const NOUN_OF = {
  search: 'searches',
  answer: 'answers',
  embedding: 'texts to embed',
  write: 'changes of the archive',
} as const satisfies Record<Exclude<RouteLane, 'light'>, string>;

/**
 * Turns away what takes memory while it is short: first what adds to the archive or has much embedded, at the ceiling
 * itself whatever is more than a moment's work. Taking an article out needs little, and helps.
 * @param watch  Null where there is no ceiling.
 */
export function spareMemory(watch: Watch | null): Gate {
  const refuseWithoutRoom = (route: Route, lane: RouteLane, res: ServerResponse) => {
    if (watch === null || lane === 'light') return;
    const { level } = watch;
    if (level === 'full' || (level === 'short' && isLarge(route, lane))) {
      res.setHeader('retry-after', RETRY_AFTER_S);
      throw memoryShort(NOUN_OF[lane], watch.figures());
    }
  };
  return {
    errorsOf: ({ lane }) => (lane === 'light' ? [] : ['MEMORY_SHORT']),
    check: ({ route, res }) => refuseWithoutRoom(route, route.lane, res),
    enter: async ({ route, res }, lane) => {
      refuseWithoutRoom(route, lane, res);
      return null;
    },
  };
}

function isLarge({ method }: Route, lane: RouteLane): boolean {
  return lane === 'embedding' || (lane === 'write' && method !== 'delete');
}
