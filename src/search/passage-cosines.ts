import type { Centring } from '../embedding/centring.js';
import type { RankingData } from './kept-candidates.js';
import { prepareQuery } from './prepare-query.js';
import type { PassageCosines } from './rank-candidates.js';

/**
 * How near passages are to one another, from the vectors that ranking has at hand; 0 for what is gone.
 * Cost: one dot product each.
 */
export function passageCosines({ candidates, matrix }: RankingData, centring: Centring): PassageCosines {
  return (label, others) => {
    const own = candidates.get(label);
    const rows = others.map((other) => candidates.get(other)?.passageRow);
    if (own === undefined) return new Float64Array(others.length);
    const there = rows.map((row) => row ?? own.passageRow);
    const cosines = matrix.similarities(prepareQuery(matrix.vector(own.passageRow), centring), there);
    return cosines.map((cosine, i) => (rows[i] === undefined ? 0 : cosine));
  };
}
