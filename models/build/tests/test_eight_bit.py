"""The int8 quantisers: exact enough, and never able to overflow."""

import sys
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from eight_bit import PAIR_LIMIT, largest_pair, quantise_paired, quantise_seven_bit  # noqa: E402


def hardest_weights() -> np.ndarray:
    """Returns weights whose neighbours are often both large and of one sign."""
    random = np.random.default_rng(20)
    weights = random.normal(size=(64, 48)).astype(np.float32)
    weights[0:2, :16] = 9
    weights[10:12, 16:32] = -7
    weights[:, 40] = 0
    return weights


def largest_partial_sum(quantised: np.ndarray) -> int:
    """Returns the largest size that a 16-bit sum of two products with uint8 activations can take."""
    pairs = quantised.astype(np.int64).reshape(-1, 2, quantised.shape[1])
    highest = 255 * np.maximum(pairs, 0).sum(axis=1).max()
    return int(max(highest, 255 * -np.minimum(pairs, 0).sum(axis=1).min()))


class EightBitTest(unittest.TestCase):
    def test_no_sum_of_two_products_leaves_sixteen_bits(self) -> None:
        for quantise in (quantise_seven_bit, quantise_paired):
            with self.subTest(quantise.__name__):
                quantised, _ = quantise(hardest_weights())
                self.assertLess(largest_partial_sum(quantised), 2**15)
                self.assertLessEqual(largest_pair(quantised), PAIR_LIMIT)

    def test_plain_int8_would_overflow(self) -> None:
        weights = hardest_weights()
        plain = np.rint(weights / (np.abs(weights).max(axis=0) + 1e-9) * 127).astype(np.int8)
        self.assertGreater(largest_partial_sum(plain), 2**15)

    def test_paired_weights_are_nearer_to_the_truth_than_seven_bit_ones(self) -> None:
        weights = np.random.default_rng(3).normal(size=(384, 64)).astype(np.float32)
        errors = []
        for quantise in (quantise_seven_bit, quantise_paired):
            quantised, scales = quantise(weights)
            errors.append(float(((quantised * scales - weights) ** 2).mean()))
        self.assertLess(errors[1], 0.6 * errors[0])

    def test_zero_weights_stay_zero(self) -> None:
        quantised, scales = quantise_paired(hardest_weights())
        self.assertFalse(quantised[:, 40].any())
        self.assertTrue(np.isfinite(scales).all())


if __name__ == "__main__":
    unittest.main()
