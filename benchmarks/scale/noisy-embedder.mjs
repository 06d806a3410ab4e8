import { embedApart } from '../../dist/embedding/embed-apart.js';
import { seededRandom } from '../load/offer-load.mjs';

/** Length of the noise beside a vector of length 1: a passage and its copy have a cosine of about .8, as near retellings do. */
const NOISE = 0.75;

/**
 * Stands in for the model where embedding would take hours: gives each text the vector of some real text with noise. It says
 * that it is the model, so that the service opens what was made with it.
 * @param model  The real embedder.
 * @param vectors  Of real texts, unit length.
 */
export function createNoisyEmbedder(model, vectors, seed = 11) {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const near = (vector) => {
    const scale = NOISE / Math.sqrt(vector.length);
    const noisy = Float32Array.from(vector, (value) => value + scale * normal());
    const length = Math.hypot(...noisy);
    return noisy.map((value) => value / length);
  };
  const { fingerprint, dimensions, maxInputTokens, maxBatchSize } = model;
  const embed = async (texts) => texts.map(() => near(vectors[Math.floor(random() * vectors.length)]));
  return {
    fingerprint,
    dimensions,
    maxInputTokens,
    maxBatchSize,
    embedQueries: embed,
    embedPassages: embed,
    embedWithSentences: (passages) => embedApart(passages, embed),
    // Generated passages are far below what a model takes.
    countTokens: async (texts) => texts.map((text) => Math.ceil(text.length / 3)),
    close: async () => {},
  };
}
