"""The int8 quantisers: exact enough, and never able to overflow."""

import sys
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from calibrated_rounding import quantise_calibrated  # noqa: E402
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


def like_text(rows: int = 400) -> np.ndarray:
    """Returns inputs of which many go together, as the channels of a text do, some much louder than others."""
    random = np.random.default_rng(7)
    causes = random.normal(size=(rows, 6))
    inputs = causes @ random.normal(size=(6, 64)) + 0.1 * random.normal(size=(rows, 64))
    return (inputs * np.where(np.arange(64) < 4, 10, 1)).astype(np.float32)


class CalibratedRoundingTest(unittest.TestCase):
    def setUp(self) -> None:
        self.inputs = like_text()
        self.moments = (self.inputs.T @ self.inputs).astype(np.float64)

    def error(self, quantised: np.ndarray, scales: np.ndarray, weights: np.ndarray) -> float:
        return float(((self.inputs @ (quantised * scales) - self.inputs @ weights) ** 2).mean())

    def test_leaves_a_fraction_of_the_error_in_what_a_layer_gives(self) -> None:
        weights = np.random.default_rng(3).normal(size=(64, 48)).astype(np.float32)
        calibrated = self.error(*quantise_calibrated(weights, self.moments), weights)
        self.assertLess(calibrated, self.error(*quantise_paired(weights), weights) / 3)

    def test_no_sum_of_two_products_leaves_sixteen_bits(self) -> None:
        quantised, _ = quantise_calibrated(hardest_weights(), self.moments)
        self.assertLess(largest_partial_sum(quantised), 2**15)
        self.assertLessEqual(largest_pair(quantised), PAIR_LIMIT)

    def test_inputs_that_never_occur_do_no_harm(self) -> None:
        self.inputs[:, 10:20] = 0
        weights = np.random.default_rng(3).normal(size=(64, 48)).astype(np.float32)
        quantised, scales = quantise_calibrated(weights, (self.inputs.T @ self.inputs).astype(np.float64))
        self.assertTrue(np.isfinite(scales).all())
        self.assertLess(self.error(quantised, scales, weights), self.error(*quantise_paired(weights), weights) / 3)


if __name__ == "__main__":
    unittest.main()
