import { readConfig } from '../../dist/config.js';
import { describeModel } from '../../dist/embedding/describe-model.js';
import { TransformersModel } from '../../dist/embedding/transformers-model.js';
import { toEmbeddingText } from '../../dist/text/to-embedding-text.js';

/** The shipped model, and the threads that the service gives it here. */
export async function describeServiceModel() {
  const { model, hubModel, threads } = readConfig({});
  return { description: await describeModel(model, hubModel), threads };
}

/**
 * The model as the service runs it, for those who take vectors: the same session, text preparation and prefixes, but on
 * the calling thread.
 * @returns {Promise<{ embed: (role: 'query' | 'passage', text: string) => Promise<Float32Array>, close: () => Promise<void> }>}
 */
export async function openModel() {
  const { description, threads } = await describeServiceModel();
  const model = await TransformersModel.load(description, threads);
  return {
    embed: (role, text) => model.embed(model.encode(description.prefixes[role] + toEmbeddingText(text))),
    close: () => model.dispose(),
  };
}

/** The session of the service, for those who load the model file themselves: see src/embedding/transformers-model.ts. */
export function sessionOptions(threads) {
  return {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    enableCpuMemArena: false,
    enableMemPattern: false,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
}
