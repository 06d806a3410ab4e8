import { totalmem } from 'node:os';

/** How much memory the process may take, and who says so. */
export interface MemoryCeiling {
  readonly bytes: number;
  /** `container`: what its container allows, less what is kept back for the kernel's part. */
  readonly origin: 'setting' | 'container';
}

/** What the machine tells about its memory, in bytes. */
export interface MachineMemory {
  /** Of the process's control group; 0 or beyond `total` when there is none. */
  readonly constrained: number;
  readonly total: number;
}

/** Of a container's limit: sockets, page tables and files that are being written count there, and not as the process's own. */
const CONTAINER_SHARE = 0.9;

/**
 * @param setting  Bytes, 0 for no ceiling; `auto` for what the container allows, if it has a limit.
 * @returns Null for no ceiling.
 */
export function memoryCeiling(
  setting: number | 'auto',
  { constrained, total }: MachineMemory = { constrained: process.constrainedMemory(), total: totalmem() },
): MemoryCeiling | null {
  if (setting !== 'auto') return setting === 0 ? null : { bytes: setting, origin: 'setting' };
  if (constrained <= 0 || constrained >= total) return null;
  return { bytes: Math.floor(CONTAINER_SHARE * constrained), origin: 'container' };
}
