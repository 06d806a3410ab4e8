/**
 * Computes dot products of one vector with many, sixteen numbers at a time: four times as fast as the same loop in
 * JavaScript, which has no such instructions. All positions and lengths in bytes; `rowBytes` is a multiple of 64.
 *
 * @param positions  Where a list of `count` u32 row positions lies.
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
 * The binary of this text:
 *
 *     (func (export "dots") (param $query i32) (param $positions i32) (param $count i32) (param $rowBytes i32)
 *                           (param $results i32) (local $row $at $end i32) (local $a $b $c $d v128)
 *       block loop $rows
 *         (br_if 1 (i32.eqz $count))
 *         $row = (i32.load $positions);  $at = $query;  $end = $query + $rowBytes;  $a = $b = $c = $d = 0
 *         loop $numbers
 *           $a += (v128.load offset=0 $at) × (v128.load offset=0 $row)     ;; f32x4; so $b, $c, $d at 16, 32, 48
 *           $row += 64;  $at += 64
 *           (br_if $numbers (i32.lt_u $at $end))
 *         end
 *         $a = ($a + $b) + ($c + $d)
 *         (f32.store $results (lane 0 + lane 1) + (lane 2 + lane 3))
 *         $positions += 4;  $results += 4;  $count −= 1
 *         br $rows
 *       end end)
 */
const BINARY =
  'AGFzbQEAAAABCQFgBX9/f39/AAIPAQNlbnYGbWVtb3J5AgABAwIBAAcIAQRkb3RzAAAKqgIBpwICA38EewJAA0AgAkUNASABKAIAIQUg' +
  'ACIGIANqIQf9DAAAAAAAAAAAAAAAAAAAAAAhCP0MAAAAAAAAAAAAAAAAAAAAACEJ/QwAAAAAAAAAAAAAAAAAAAAAIQr9DAAAAAAAAAAA' +
  'AAAAAAAAAAAhCwNAIAggBv0AAgAgBf0AAgD95gH95AEhCCAJIAb9AAIQIAX9AAIQ/eYB/eQBIQkgCiAG/QACICAF/QACIP3mAf3kASEK' +
  'IAsgBv0AAjAgBf0AAjD95gH95AEhCyAFQcAAaiEFIAZBwABqIgYgB0kNAAsgCCAJ/eQBIAogC/3kAf3kASEIIAQgCP0fACAI/R8BkiAI' +
  '/R8CIAj9HwOSkjgCACABQQRqIQEgBEEEaiEEIAJBAWshAgwACwsL';

/** A kernel with a memory of its own, at first `pages` large. Needs a processor with SSE4.1 or NEON. */
export function createDotProductKernel(pages: number): { dots: DotProductKernel; memory: KernelMemory } {
  const memory = new WebAssembly.Memory({ initial: pages });
  const module = new WebAssembly.Module(Buffer.from(BINARY, 'base64'));
  const { dots } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  return { dots, memory };
}
