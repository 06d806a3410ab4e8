import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { GRAPH_EF_CONSTRUCTION, GRAPH_M } from './graph-parameters.js';

/** One point of a graph file. */
export interface GraphFilePoint {
  readonly label: number;
  /** A view, valid during the call only. */
  readonly vector: Float32Array;
  readonly isDeleted: boolean;
}

export interface GraphFileFacts {
  readonly points: number;
  readonly byteLength: number;
  readonly sha256: string;
}

/** The file is not a whole graph of the expected shape; the message says what is wrong with it. */
export class GraphFileError extends Error {
  override readonly name = 'GraphFileError';
}

const HEADER_BYTES = 96;
const CHUNK_BYTES = 1 << 20;
const LINK_BYTES = 4;

/**
 * Reads a file that hnswlib wrote, without hnswlib: every byte into the checksum, every point to `onPoint`, and the
 * layout checked down to the last link list. hnswlib itself reports success after a write that failed, and a file that
 * is damaged ends the process when it is loaded.
 * @throws GraphFileError; file system errors
 * Cost: one pass over the file, about 0.2 s for 168 MB; others get the thread after each megabyte.
 * Source: hnswlib, hnswalg.h, saveIndex and loadIndex.
 */
export async function readGraphFile(
  path: string,
  dimensions: number,
  onPoint: (point: GraphFilePoint) => void,
): Promise<GraphFileFacts> {
  const handle = await open(path, 'r');
  try {
    return await readAll(handle, dimensions, onPoint);
  } finally {
    await handle.close();
  }
}

async function readAll(
  handle: FileHandle,
  dimensions: number,
  onPoint: (point: GraphFilePoint) => void,
): Promise<GraphFileFacts> {
  const hash = createHash('sha256');
  const byteLength = (await handle.stat()).size;
  const header = await readExactly(handle, new Uint8Array(HEADER_BYTES), hash);
  const points = checkGraphHeader(header, dimensions);

  const stride = pointBytes(dimensions);
  const linksStart = HEADER_BYTES + points * stride;
  if (linksStart > byteLength)
    throw new GraphFileError(`it is cut: ${byteLength} bytes for ${points} points`);

  const pointsAtOnce = Math.max(1, Math.floor(CHUNK_BYTES / stride));
  const chunk = new Uint8Array(pointsAtOnce * stride);
  for (let first = 0; first < points; first += pointsAtOnce) {
    const count = Math.min(pointsAtOnce, points - first);
    const bytes = await readExactly(handle, chunk.subarray(0, count * stride), hash);
    readPoints(bytes, dimensions, onPoint);
  }
  checkLinkLists(await readExactly(handle, new Uint8Array(byteLength - linksStart), hash), points);
  return { points, byteLength, sha256: hash.digest('hex') };
}

/** Bytes of one point: a count and 2 × M links, the vector, a 64-bit label. */
function pointBytes(dimensions: number): number {
  return vectorOffset() + dimensions * 4 + 8;
}

function vectorOffset(): number {
  return LINK_BYTES + 2 * GRAPH_M * LINK_BYTES;
}

function upperLevelBytes(): number {
  return LINK_BYTES + GRAPH_M * LINK_BYTES;
}

/** @returns Points in the file. */
function checkGraphHeader(header: Uint8Array, dimensions: number): number {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const u64 = (at: number) => Number(view.getBigUint64(at, true));
  const points = u64(16);
  const expected: ReadonlyArray<[string, number, number]> = [
    ['start of points', u64(0), 0],
    ['bytes a point', u64(24), pointBytes(dimensions)],
    ['place of the label', u64(32), vectorOffset() + dimensions * 4],
    ['place of the vector', u64(40), vectorOffset()],
    ['links a level', u64(56), GRAPH_M],
    ['links on the lowest level', u64(64), 2 * GRAPH_M],
    ['M', u64(72), GRAPH_M],
    ['efConstruction', u64(88), GRAPH_EF_CONSTRUCTION],
  ];
  for (const [name, found, wanted] of expected) {
    if (found !== wanted) throw new GraphFileError(`its header says ${name} ${found}, not ${wanted}`);
  }
  const capacity = u64(8);
  const entryPoint = view.getUint32(52, true);
  if (points > capacity) throw new GraphFileError(`its header says ${points} points of at most ${capacity}`);
  if (points > 0 && entryPoint >= points)
    throw new GraphFileError(`its entry point ${entryPoint} is no point`);
  return points;
}

function readPoints(bytes: Uint8Array, dimensions: number, onPoint: (point: GraphFilePoint) => void): void {
  const stride = pointBytes(dimensions);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 0; start < bytes.byteLength; start += stride) {
    const vectorStart = start + vectorOffset();
    const labelStart = vectorStart + dimensions * 4;
    if (view.getUint32(labelStart + 4, true) !== 0) throw new GraphFileError('a label is over 32 bits');
    onPoint({
      label: view.getUint32(labelStart, true),
      vector: new Float32Array(bytes.buffer, bytes.byteOffset + vectorStart, dimensions),
      isDeleted: (view.getUint8(start + 2) & 1) === 1,
    });
  }
}

/** After the points, each one's links on upper levels: their bytes, then the links. */
function checkLinkLists(bytes: Uint8Array, points: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (let point = 0; point < points; point += 1) {
    if (at + LINK_BYTES > bytes.byteLength)
      throw new GraphFileError(`it is cut in the links of point ${point}`);
    const size = view.getUint32(at, true);
    if (size % upperLevelBytes() !== 0) throw new GraphFileError(`point ${point} has ${size} bytes of links`);
    at += LINK_BYTES + size;
  }
  if (at !== bytes.byteLength) throw new GraphFileError(`it has ${bytes.byteLength - at} bytes too many`);
}

async function readExactly(
  handle: FileHandle,
  target: Uint8Array,
  hash: ReturnType<typeof createHash>,
): Promise<Uint8Array> {
  let filled = 0;
  while (filled < target.byteLength) {
    const { bytesRead } = await handle.read(target, filled, target.byteLength - filled);
    if (bytesRead === 0)
      throw new GraphFileError(`it is cut: ${target.byteLength - filled} bytes are missing`);
    filled += bytesRead;
  }
  hash.update(target);
  return target;
}
