import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AutoModel, AutoTokenizer, env, Tensor } from '@huggingface/transformers';
import type { Embedding } from '../domain/embedding.js';
import { FihristError } from '../domain/errors.js';
import type { ModelDescription } from './describe-model.js';
import type { Tokenizer } from './tokenizer.js';
import { UnigramTokenizer } from './unigram-tokenizer.js';
import { WordTokenCache } from './word-token-cache.js';

type LibraryTokenizer = Awaited<ReturnType<typeof AutoTokenizer.from_pretrained>>;
type Model = Awaited<ReturnType<typeof AutoModel.from_pretrained>>;

/**
 * A loaded model: token ids in, unit-length vector out. Computes on the thread that calls it.
 * One text a call: a quantised product takes its activation scale from all that is in the call, so a batch would
 * let a text's vector depend on its neighbours, and padding would cost what batching saves.
 */
export class TransformersModel {
  readonly #tokenizer: Tokenizer;
  readonly #model: Model;
  /** Null when the model has none. */
  readonly #sentenceLayers: Model | null;
  readonly #description: ModelDescription;
  /** Null when words cannot be tokenised one by one. */
  readonly #words: WordTokenCache | null;

  private constructor(
    tokenizer: Tokenizer,
    { model, sentenceLayers }: { model: Model; sentenceLayers: Model | null },
    description: ModelDescription,
  ) {
    this.#tokenizer = tokenizer;
    this.#model = model;
    this.#sentenceLayers = sentenceLayers;
    this.#description = description;
    this.#words = description.independentWords ? new WordTokenCache((word) => tokenizer.encode(word)) : null;
  }

  /** @throws MODEL_UNUSABLE (operator) */
  static async load(description: ModelDescription, threads: number): Promise<TransformersModel> {
    const { location } = description;
    const local = location.kind === 'folder';
    const name = local ? path.basename(location.folder) : location.id;
    if (local) env.localModelPath = path.dirname(location.folder);
    env.allowRemoteModels = !local;
    env.allowLocalModels = local;
    try {
      const tokenizer = await loadTokenizer(location, name);
      const open = (options: { dtype: ModelDescription['dtype']; model_file_name?: string }) =>
        AutoModel.from_pretrained(name, {
          ...options,
          device: 'cpu',
          session_options: {
            intraOpNumThreads: threads,
            interOpNumThreads: 1,
            // Texts differ in length: an arena would keep the largest of every shape for ever.
            enableCpuMemArena: false,
            enableMemPattern: false,
            // Threads that spin while they wait take the core that the event loop and the graph's thread need.
            extra: { session: { intra_op: { allow_spinning: '0' } } },
          },
        });
      const model = await open({ dtype: description.dtype });
      const layers = description.sentenceLayers;
      // The whole name is given, to which the library adds nothing for this one of its types.
      const sentenceLayers =
        layers && (await open({ dtype: 'fp32', model_file_name: path.basename(layers.file, '.onnx') }));
      return new TransformersModel(tokenizer, { model, sentenceLayers }, description);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      const advice = local ? '' : ' Without access to the hub, name a model folder instead.';
      throw new FihristError(
        'MODEL_UNUSABLE',
        `The model ${description.name} cannot be loaded: ${why}.${advice}`,
        {
          details: { model: description.name },
          cause,
        },
      );
    }
  }

  /** Token ids of a text that carries its prefix already, special tokens counted; cut to `maximumTokens`. */
  encode(text: string): number[] {
    const { opening, closing } = this.#tokenizer;
    const ids = [...opening, ...this.#tokens(text), ...closing];
    const limit = this.#description.maximumTokens;
    const last = ids.at(-1);
    if (ids.length <= limit || last === undefined) return ids;
    return [...ids.slice(0, limit - 1), last];
  }

  /** Tokens of a text without its cut, special tokens counted. */
  countTokens(text: string): number {
    const { opening, closing } = this.#tokenizer;
    return opening.length + this.#tokens(text).length + closing.length;
  }

  /**
   * The sentence of each of a passage's tokens, from 0, or −1 for what is of none: prefix and special tokens.
   * @param tokenIds  The passage's, from `encode`.
   * @param sentences  Their texts, prepared. All of the passage's, in order.
   * @returns Null when the sentences cannot be embedded along with their passage: there are none, the model has no layers for
   * it, or the passage's tokens are not those of its sentences one after another (it was cut, say).
   */
  placeSentences(tokenIds: readonly number[], sentences: readonly string[]): readonly number[] | null {
    if (this.#sentenceLayers === null || sentences.length === 0) return null;
    const { opening, closing } = this.#tokenizer;
    const parts = sentences.map((sentence) => this.#tokens(sentence));
    const before = [...opening, ...this.#tokens(this.#description.prefixes.passage.trim())];
    const ids = [...before, ...parts.flat(), ...closing];
    const areTheSame = ids.length === tokenIds.length && ids.every((id, i) => id === tokenIds[i]);
    if (!areTheSame || parts.some((part) => part.length === 0)) return null;
    return [
      ...before.map(() => -1),
      ...parts.flatMap((part, sentence) => part.map(() => sentence)),
      ...closing.map(() => -1),
    ];
  }

  /** @returns Shape [dimensions], unit length. @throws EMBEDDING_FAILED (bug) */
  embed(tokenIds: readonly number[]): Promise<Embedding> {
    return this.#run(tokenIds, async (outputs) => unitLength(this.#pool(outputs, tokenIds.length)));
  }

  /**
   * @param places  From `placeSentences`.
   * @returns The passage's embedding, as `embed` gives it, and behind it each sentence's. @throws EMBEDDING_FAILED (bug)
   */
  embedWithSentences(tokenIds: readonly number[], places: readonly number[]): Promise<Embedding[]> {
    return this.#run(tokenIds, async (outputs) => [
      unitLength(this.#pool(outputs, tokenIds.length)),
      ...(await this.#sentences(outputs, places)),
    ]);
  }

  async dispose(): Promise<void> {
    await this.#model.dispose();
    await this.#sentenceLayers?.dispose();
  }

  async #run<Result>(
    tokenIds: readonly number[],
    read: (outputs: Record<string, Tensor>) => Promise<Result>,
  ): Promise<Result> {
    const inputIds = toInt64(tokenIds);
    const attentionMask = toInt64(tokenIds.map(() => 1));
    const outputs: Record<string, Tensor> = await this.#model({
      input_ids: inputIds,
      attention_mask: attentionMask,
    });
    try {
      return await read(outputs);
    } finally {
      for (const tensor of [inputIds, attentionMask, ...Object.values(outputs)]) tensor.dispose();
    }
  }

  async #sentences(outputs: Record<string, Tensor>, places: readonly number[]): Promise<Embedding[]> {
    const reads = this.#description.sentenceLayers?.reads ?? '';
    const hiddenStates = outputs[reads];
    if (this.#sentenceLayers === null || hiddenStates === undefined) {
      throw new FihristError(
        'EMBEDDING_FAILED',
        `The model has no output "${reads}" for its sentence layers.`,
        {
          details: { reads, outputs: Object.keys(outputs) },
        },
      );
    }
    const sentenceIds = toInt64(places);
    const found: Record<string, Tensor> = await this.#sentenceLayers({
      hidden_states: hiddenStates,
      sentence_ids: sentenceIds,
    });
    try {
      const data = found.sentence_embeddings?.data as Float32Array;
      const count = Math.max(...places) + 1;
      const dimensions = data.length / count;
      return Array.from({ length: count }, (_, i) =>
        unitLength(data.slice(i * dimensions, (i + 1) * dimensions)),
      );
    } finally {
      for (const tensor of [sentenceIds, ...Object.values(found)]) tensor.dispose();
    }
  }

  #tokens(text: string): readonly number[] {
    return this.#words?.tokenise(text) ?? this.#tokenizer.encode(text);
  }

  #pool(outputs: Record<string, Tensor>, tokens: number): Float32Array {
    const { pooling } = this.#description;
    const output = pooling === 'in-graph' ? outputs.sentence_embedding : outputs.last_hidden_state;
    if (output === undefined) {
      throw new FihristError('EMBEDDING_FAILED', `The model has no output for pooling "${pooling}".`, {
        details: { pooling, outputs: Object.keys(outputs) },
      });
    }
    const data = Float32Array.from(output.data as Float32Array);
    if (pooling === 'in-graph') return data;
    const dimensions = data.length / tokens;
    if (pooling === 'cls') return data.slice(0, dimensions);
    const mean = new Float32Array(dimensions);
    for (let i = 0; i < data.length; i++) mean[i % dimensions] = (mean[i % dimensions] ?? 0) + (data[i] ?? 0);
    return mean;
  }
}

/** @returns Shape [1, values]. */
function toInt64(values: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
}

function unitLength(vector: Float32Array): Embedding {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  if (!Number.isFinite(length) || length === 0) {
    throw new FihristError('EMBEDDING_FAILED', `The model gave a vector of length ${length}.`, {
      details: { length: String(length) },
    });
  }
  return vector.map((value) => value / length);
}

/**
 * The tokenizer of a model: our own one for files that it can read, that of transformers.js for all others.
 * @param name  The model's, as transformers.js knows it.
 * @throws an Error when the files are missing or no tokenizer
 */
async function loadTokenizer(location: ModelDescription['location'], name: string): Promise<Tokenizer> {
  const own =
    location.kind === 'folder'
      ? UnigramTokenizer.read((await readFile(path.join(location.folder, 'tokenizer.json'))).toString())
      : null;
  return own ?? fromLibrary(await AutoTokenizer.from_pretrained(name));
}

/** What it adds to a text is seen by what it adds to a letter. */
function fromLibrary(tokenizer: LibraryTokenizer): Tokenizer {
  const encode = (text: string) => tokenizer.encode(text, { add_special_tokens: false });
  const letter = encode('a');
  const whole = tokenizer.encode('a');
  const added = whole.length - letter.length;
  const at = Array.from({ length: added + 1 }, (_, first) => first).find((first) =>
    letter.every((id, i) => whole[first + i] === id),
  );
  if (at === undefined) throw new Error('its tokenizer does more to a text than to open and close it');
  return { opening: whole.slice(0, at), closing: whole.slice(at + letter.length), encode };
}
