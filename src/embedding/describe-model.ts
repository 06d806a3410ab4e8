import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { FihristError } from '../domain/errors.js';
import { EMBEDDING_TEXT_VERSION } from '../text/to-embedding-text.js';
import { type ModelCard, readModelCard } from './model-card.js';
import { verifyModelFiles } from './verify-model-files.js';

export type Pooling = ModelCard['pooling'];
export type ModelDtype = ModelCard['dtype'];

/** What the settings may say of a model that has no card of ours. */
export interface HubModelSettings {
  readonly queryPrefix?: string;
  readonly passagePrefix?: string;
  readonly pooling?: Pooling;
  readonly dtype?: ModelDtype;
  readonly maximumTokens?: number;
}

/** All that a worker needs to load a model, and all that its vectors depend on. */
export interface ModelDescription {
  readonly location:
    | { readonly kind: 'folder'; readonly folder: string }
    | { readonly kind: 'hub'; readonly id: string };
  readonly name: string;
  /** Null until the model has run once (hub models). */
  readonly dimensions: number | null;
  readonly prefixes: { readonly query: string; readonly passage: string };
  readonly pooling: Pooling;
  readonly maximumTokens: number;
  /** Whether each word may be tokenised by itself: a promise of the card, never made for hub models. */
  readonly independentWords: boolean;
  readonly dtype: ModelDtype;
  /** Of the card; null when sentences have to be embedded by themselves. */
  readonly sentenceLayers: ModelCard['sentenceLayers'];
  /** Absolute path of the centres, or null. */
  readonly centresFile: string | null;
  readonly fingerprint: string;
}

const HUB_ID = /^[\w.-]+\/[\w.-]+$/;

/**
 * Finds out what `model` names: a folder with a model card (checked file by file), else a hub id.
 * @throws MODEL_NOT_FOUND, MODEL_CARD_INVALID, MODEL_FILE_ALTERED (operator)
 */
export async function describeModel(model: string, hub: HubModelSettings = {}): Promise<ModelDescription> {
  if (existsSync(model)) return describeFolder(path.resolve(model));
  if (HUB_ID.test(model) && !model.startsWith('.')) return describeHubModel(model, hub);
  throw new FihristError(
    'MODEL_NOT_FOUND',
    `The model "${model}" is neither a folder nor a hub id (owner/name).`,
    {
      details: { setting: 'FIHRIST_MODEL', value: model },
    },
  );
}

async function describeFolder(folder: string): Promise<ModelDescription> {
  const card = await readModelCard(folder);
  await verifyModelFiles(folder, card);
  const identity = [
    ...card.files
      .filter((file) => file.path !== card.centring)
      .map((file) => `${file.path} ${file.sha256}`)
      .sort(),
    JSON.stringify([
      card.prefixes.query,
      card.prefixes.passage,
      card.pooling,
      card.maximumTokens,
      card.dtype,
    ]),
    ...(card.sentenceLayers === null ? [] : [JSON.stringify(card.sentenceLayers)]),
  ];
  return {
    location: { kind: 'folder', folder },
    name: card.name,
    dimensions: card.dimensions,
    prefixes: card.prefixes,
    pooling: card.pooling,
    maximumTokens: card.maximumTokens,
    independentWords: card.independentWords,
    dtype: card.dtype,
    sentenceLayers: card.sentenceLayers,
    centresFile: card.centring === null ? null : path.join(folder, card.centring),
    fingerprint: fingerprintOf(card.name, identity),
  };
}

function describeHubModel(id: string, settings: HubModelSettings): ModelDescription {
  const isE5 = /e5/i.test(id);
  const prefixes = {
    query: settings.queryPrefix ?? (isE5 ? 'query: ' : ''),
    passage: settings.passagePrefix ?? (isE5 ? 'passage: ' : ''),
  };
  const pooling = settings.pooling ?? 'mean';
  const dtype = settings.dtype ?? 'q8';
  const maximumTokens = settings.maximumTokens ?? 512;
  return {
    location: { kind: 'hub', id },
    name: id,
    dimensions: null,
    prefixes,
    pooling,
    maximumTokens,
    independentWords: false,
    dtype,
    sentenceLayers: null,
    centresFile: null,
    fingerprint: fingerprintOf(id, [JSON.stringify([prefixes, pooling, dtype, maximumTokens])]),
  };
}

/** `<name>@<16 hex digits>`: another file, prefix, pooling or text preparation gives another fingerprint. */
function fingerprintOf(name: string, identity: readonly string[]): string {
  const hash = createHash('sha256').update([EMBEDDING_TEXT_VERSION, ...identity].join('\n'));
  return `${name}@${hash.digest('hex').slice(0, 16)}`;
}
