/**
 * A `DotProductKernel` for rows of i8 and a query of i16, 32 at a time; results are the sums, rounded to f32.
 * `rowBytes` is a multiple of 32; the query has twice as many. Sums are kept in i32: they cannot overflow when the
 * absolute values of the query add up to less than 2²⁴, since a row's numbers are −128…127. The binary of this text:
 *
 *     (func (export "dots") (param $query i32) (param $positions i32) (param $count i32) (param $rowBytes i32)
 *                           (param $results i32) (local $row $at $end i32) (local $a $b $c $d v128)
 *       block loop $rows
 *         (br_if 1 (i32.eqz $count))
 *         $row = (i32.load $positions);  $at = $query;  $end = $query + ($rowBytes << 1);  $a = $b = $c = $d = 0
 *         loop $numbers
 *           $a += (i32x4.dot_i16x8_s (v128.load8x8_s offset=0 $row) (v128.load offset=0 $at))
 *                                    ;; i32x4; so $b, $c, $d at 8 and 16, 16 and 32, 24 and 48
 *           $row += 32;  $at += 64
 *           (br_if $numbers (i32.lt_u $at $end))
 *         end
 *         $a = ($a + $b) + ($c + $d)
 *         (f32.store $results (f32.convert_i32_s (lane 0 + lane 1) + (lane 2 + lane 3)))
 *         $positions += 4;  $results += 4;  $count −= 1
 *         br $rows
 *       end end)
 */
export const I8_DOT_PRODUCT =
  'AGFzbQEAAAABCQFgBX9/f39/AAIPAQNlbnYGbWVtb3J5AgABAwIBAAcIAQRkb3RzAAAKrQIBqgICA38EewJAA0AgAkUNASABKAIAIQUg' +
  'ACIGIANBAXRqIQf9DAAAAAAAAAAAAAAAAAAAAAAhCP0MAAAAAAAAAAAAAAAAAAAAACEJ/QwAAAAAAAAAAAAAAAAAAAAAIQr9DAAAAAAA' +
  'AAAAAAAAAAAAAAAhCwNAIAggBf0BAwAgBv0ABAD9ugH9rgEhCCAJIAX9AQMIIAb9AAQQ/boB/a4BIQkgCiAF/QEDECAG/QAEIP26Af2u' +
  'ASEKIAsgBf0BAxggBv0ABDD9ugH9rgEhCyAFQSBqIQUgBkHAAGoiBiAHSQ0ACyAIIAn9rgEgCiAL/a4B/a4BIQggBCAI/RsAIAj9GwFq' +
  'IAj9GwIgCP0bA2pqsjgCACABQQRqIQEgBEEEaiEEIAJBAWshAgwACwsL';
