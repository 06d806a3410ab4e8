/**
 * A text's place in the model's space: shape [dimensions] (384 for the default model), unit length, finite.
 * Cosine similarity of two embeddings is their dot product.
 */
export type Embedding = Float32Array;

/** What a text is to the model: asked, or found. Sentences are embedded as passages but centred on their own. */
export type EmbeddingRole = 'query' | 'passage' | 'sentence';

/** What a text is embedded as: each role has a prefix of its own. */
export type TextRole = Exclude<EmbeddingRole, 'sentence'>;
