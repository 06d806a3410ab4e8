import { createHash } from 'node:crypto';

/** SHA-256 of labels as little-endian u32. @param labels  Rising. */
export function hashLabels(labels: Uint32Array): string {
  return createHash('sha256')
    .update(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength))
    .digest('hex');
}
