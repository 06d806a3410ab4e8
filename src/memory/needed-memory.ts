/** What an archive is to be opened with. */
export interface MemoryNeed {
  /** All files of the model together. */
  readonly modelBytes: number;
  readonly dimensions: number;
  readonly passages: number;
}

const MB = 2 ** 20;

/** Program, packages, four threads and what they do when nobody asks anything. */
const PROGRAM_BYTES = 180 * MB;
/** The weights as they are read, as they are laid out to compute with, and the tokenizer's words. */
const MODEL_FACTOR = 3;
/** The same once what loading leaves behind has been collected. */
const COPY_FACTOR = 2;
/** A thread of the program, with the packages that it loads. */
const COPY_BYTES = 40 * MB;
/** Beside a passage's vector in the graph and its plain copy: links, labels, the length of its text. */
const PASSAGE_BYTES = 550;

/** Of a further copy of the model; as measured with the shipped one, 130 to 140 MB. */
export function modelCopyMemory(modelBytes: number): number {
  return COPY_FACTOR * modelBytes + COPY_BYTES;
}

/**
 * What the service takes before it keeps anything to be faster, in bytes: 180 MB, three times the files of the model, and for
 * each passage two vectors of floats and 550 bytes (3.6 KB at 384 dimensions). As measured with the shipped model (57 MB of
 * files), idle after the start: 340 MB with 300 passages, 670 with 100,000.
 */
export function neededMemory({ modelBytes, dimensions, passages }: MemoryNeed): number {
  const passageBytes = 2 * Float32Array.BYTES_PER_ELEMENT * dimensions + PASSAGE_BYTES;
  return PROGRAM_BYTES + MODEL_FACTOR * modelBytes + passageBytes * passages;
}
