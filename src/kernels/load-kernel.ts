/**
 * Computes dot products of one vector with many: a loop in WebAssembly, which has the processor's instructions for
 * many numbers at once, as JavaScript has not. All positions and lengths in bytes.
 *
 * @param query  Where the vector lies.
 * @param positions  Where a list of `count` u32 row positions lies.
 * @param rowBytes  A multiple of what the kernel says.
 * @param results  Where `count` f32 results go.
 */
export type DotProductKernel = (
  query: number,
  positions: number,
  count: number,
  rowBytes: number,
  results: number,
) => void;

/** The part of WebAssembly that is used; the compiler's `lib` has it for browsers only. */
declare const WebAssembly: {
  Memory: new (descriptor: { initial: number }) => KernelMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
    imports: { env: { memory: KernelMemory } },
  ) => { exports: { dots: DotProductKernel } };
};

export interface KernelMemory {
  /** Another one after every `grow`. */
  readonly buffer: ArrayBuffer;
  /** @throws RangeError beyond 65,536 pages (4 GiB) */
  grow(pages: number): number;
}

export const KERNEL_PAGE_BYTES = 65_536;

/**
 * A kernel with a memory of its own, at first `pages` large. Needs a processor with SSE4.1 or NEON.
 * @param binary  In base64: a module that imports `env.memory` and exports `dots`.
 */
export function loadKernel(binary: string, pages: number): { dots: DotProductKernel; memory: KernelMemory } {
  const memory = new WebAssembly.Memory({ initial: pages });
  const module = new WebAssembly.Module(Buffer.from(binary, 'base64'));
  const { dots } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  return { dots, memory };
}
