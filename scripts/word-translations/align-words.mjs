// IBM model 1 with places: how likely a word of one language is as the translation of a word of the other.
// Source: Brown et al. 1993; that words stand at about the same place in both texts, Dyer et al. 2013 (fast_align).

const ROUNDS = 8;
/** Part of the words that translate nothing. */
const FROM_NOTHING = 0.08;
/** How much more likely the same place is than the other end of the text: e to this. */
const PLACE_MATTERS = 4;

/**
 * @param pairs  Each `{[from]: stems, [to]: stems}`.
 * @returns By stem of `from`, by stem of `to`: its probability as a translation, which add up to 1 for each stem of `from`
 * Memory: 20 bytes for each word beside each word of its pair; 60 MB for 39,000 pairs. Cost: some seconds for these.
 */
export function alignWords(pairs, from, to) {
  const links = linkWords(pairs, from, to);
  const { sourceOf, targets, prior, tokenOf, typeOf, tokens } = links;
  const perSource = new Float64Array(links.sources.length);
  for (const source of sourceOf) perSource[source] += 1;
  let probabilities = Float64Array.from(sourceOf, (source) => 1 / perSource[source]);
  const perToken = new Float64Array(tokens);
  for (let round = 0; round < ROUNDS; round++) {
    perToken.fill(0);
    for (let i = 0; i < typeOf.length; i++) perToken[tokenOf[i]] += probabilities[typeOf[i]] * prior[i];
    const counts = new Float64Array(sourceOf.length);
    for (let i = 0; i < typeOf.length; i++) {
      counts[typeOf[i]] += (probabilities[typeOf[i]] * prior[i]) / perToken[tokenOf[i]];
    }
    perSource.fill(0);
    for (let type = 0; type < counts.length; type++) perSource[sourceOf[type]] += counts[type];
    probabilities = counts.map((count, type) => count / perSource[sourceOf[type]]);
  }
  const found = new Map(links.sources.map((stem) => [stem, new Map()]));
  for (let type = 0; type < sourceOf.length; type++) {
    found.get(links.sources[sourceOf[type]]).set(targets[type], probabilities[type]);
  }
  found.delete(null);
  return found;
}

/** Every word of `to` beside every word of `from` in its pair, and beside none (null). */
function linkWords(pairs, from, to) {
  const sources = [null];
  const numbers = new Map();
  const types = [new Map()];
  const sourceOf = [];
  const targets = [];
  const tokenOf = [];
  const typeOf = [];
  const prior = [];
  let tokens = 0;
  const numberOf = (stem) => {
    if (!numbers.has(stem)) {
      numbers.set(stem, sources.length);
      sources.push(stem);
      types.push(new Map());
    }
    return numbers.get(stem);
  };
  const link = (source, target, likely) => {
    const ofSource = types[source];
    if (!ofSource.has(target)) {
      ofSource.set(target, sourceOf.length);
      sourceOf.push(source);
      targets.push(target);
    }
    typeOf.push(ofSource.get(target));
    tokenOf.push(tokens);
    prior.push(likely);
  };
  for (const pair of pairs) {
    const words = pair[from].map(numberOf);
    if (words.length === 0) continue;
    for (const [place, target] of pair[to].entries()) {
      const near = words.map((_, i) => Math.exp(-PLACE_MATTERS * Math.abs(i / words.length - place / pair[to].length)));
      const all = near.reduce((sum, one) => sum + one, 0);
      link(0, target, FROM_NOTHING);
      for (const [i, source] of words.entries()) link(source, target, ((1 - FROM_NOTHING) * near[i]) / all);
      tokens += 1;
    }
  }
  return {
    sources,
    sourceOf: Int32Array.from(sourceOf),
    targets,
    tokenOf: Int32Array.from(tokenOf),
    typeOf: Int32Array.from(typeOf),
    prior: Float32Array.from(prior),
    tokens,
  };
}
