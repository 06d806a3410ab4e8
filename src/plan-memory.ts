import { existsSync } from 'node:fs';
import type { Config } from './config.js';
import { FihristError } from './domain/errors.js';
import { readModelCard } from './embedding/model-card.js';
import { type MachineMemory, type MemoryCeiling, memoryCeiling } from './memory/memory-ceiling.js';
import { MARKS } from './memory/memory-watch.js';
import { type MemoryNeed, modelCopyMemory, neededMemory } from './memory/needed-memory.js';
import { type MemoryShares, shareMemory } from './memory/share-memory.js';
import { countPassages } from './storage/count-passages.js';

const MB = 2 ** 20;

/** What a model that is not in a folder counts as until it is there: as the one that comes along. */
const USUAL_MODEL = { modelBytes: 57 * MB, dimensions: 384 };

type MemoryConfig = Pick<
  Config,
  'maxMemoryBytes' | 'model' | 'modelCopies' | 'queryCacheEntries' | 'resultCacheBytes'
>;

/**
 * What each part may take, by the ceiling and by what is in the index folder.
 * @throws SETTING_INVALID (operator) when the ceiling is too low for the model and the archive; MODEL_* of its card
 */
export async function planMemory(
  config: MemoryConfig,
  folder: string,
  machine?: MachineMemory,
): Promise<MemoryShares> {
  const ceiling = memoryCeiling(config.maxMemoryBytes, machine);
  const wished = {
    queryEntries: config.queryCacheEntries,
    resultBytes: config.resultCacheBytes,
    modelCopies: config.modelCopies,
  };
  if (ceiling === null) {
    return shareMemory({ ceilingBytes: null, neededBytes: 0, wished, modelCopyBytes: 0 });
  }
  const need = { ...(await modelNeed(config.model)), passages: countPassages(folder) };
  const neededBytes = neededMemory(need);
  if (neededBytes > MARKS.short * ceiling.bytes) throw tooLow(ceiling, neededBytes, need);
  const modelCopyBytes = modelCopyMemory(need.modelBytes);
  return shareMemory({ ceilingBytes: ceiling.bytes, neededBytes, wished, modelCopyBytes });
}

async function modelNeed(model: string): Promise<Omit<MemoryNeed, 'passages'>> {
  if (!existsSync(model)) return USUAL_MODEL;
  const { files, dimensions } = await readModelCard(model);
  return { modelBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0), dimensions };
}

/** A ceiling at which nothing could be written from the first moment on. */
function tooLow(ceiling: MemoryCeiling, neededBytes: number, { passages }: MemoryNeed): FihristError {
  const ceilingMb = Math.floor(ceiling.bytes / MB);
  const neededMb = Math.ceil(neededBytes / MARKS.short / MB);
  const whose =
    ceiling.origin === 'setting'
      ? `FIHRIST_MAX_MEMORY_MB is ${ceilingMb}`
      : `FIHRIST_MAX_MEMORY_MB is "auto", which is ${ceilingMb} in a container of this size`;
  const instead =
    ceiling.origin === 'setting'
      ? 'Raise it, use a smaller model (FIHRIST_MODEL), or divide the archive'
      : 'Give the container more memory, use a smaller model (FIHRIST_MODEL), or divide the archive';
  return new FihristError(
    'SETTING_INVALID',
    `${whose}; the model and ${passages} passages need at least ${neededMb}. ${instead}; 0 is no ceiling.`,
    {
      details: {
        setting: 'FIHRIST_MAX_MEMORY_MB',
        value: ceilingMb,
        needed: neededMb,
        passages,
      },
    },
  );
}
