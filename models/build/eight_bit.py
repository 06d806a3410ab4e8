"""Turns float32 weights into int8 without the danger of overflow.

Processors with AVX2 but without VNNI multiply u8 activations by s8 weights and add the
products of two neighbouring inputs in 16 bits, which overflow silently: the same file then
gives other vectors on other processors. Nothing overflows as long as, for each output, the
weights of one sign in each pair of inputs (0 and 1, 2 and 3, …) sum to at most 128 in
size: 255 × 128 = 32,640 < 32,768.

`quantise_seven_bit` holds every weight to −63…63, the usual way. `quantise_paired` lets a
weight reach 127 when its neighbour is small or of the other sign: two thirds of the error.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from onnx_graph import FloatArray

SEVEN_BIT_LIMIT = 63
EIGHT_BIT_LIMIT = 127
PAIR_LIMIT = 128

Quantised = tuple[npt.NDArray[np.int8], FloatArray]
_SCALE_FACTORS = np.arange(20, 41) / 20


def quantise_seven_bit(weights: FloatArray) -> Quantised:
    """Returns int8 weights in −63…63 and a scale for each output.

    `weights` is [in, out]; weights ≈ int8 × scales, with scales of shape [out].
    """
    scales = _largest(weights) / SEVEN_BIT_LIMIT
    return np.rint(weights / scales).astype(np.int8), scales.astype(np.float32)


def quantise_paired(weights: FloatArray) -> Quantised:
    """Returns int8 weights whose pairs cannot overflow, and a scale for each output.

    `weights` is [in, out], with an even number of inputs. For each output, the scale is the
    one of 21 (from the finest that int8 holds to twice that) that leaves the least squared
    error once the pairs are held to their limit.
    """
    scales = paired_scales(weights)
    return _round_paired(weights, scales).astype(np.int8), scales


def paired_scales(weights: FloatArray, importance: npt.NDArray[np.floating] | None = None) -> FloatArray:
    """Returns the scale of each output that leaves the least squared error, each input's weighed by its `importance`."""
    finest = _largest(weights) / EIGHT_BIT_LIMIT
    chosen = np.zeros(weights.shape[1], np.float32)
    least = np.full(weights.shape[1], np.inf)
    for factor in _SCALE_FACTORS:
        scales = (finest * factor).astype(np.float32)
        squares = (_round_paired(weights, scales) * scales - weights) ** 2
        error = (squares if importance is None else squares * importance[:, np.newaxis]).sum(axis=0)
        better = error < least
        least[better] = error[better]
        chosen[better] = scales[better]
    return chosen


def _round_paired(weights: FloatArray, scales: FloatArray) -> npt.NDArray[np.int16]:
    return _hold_pairs(np.rint(weights / scales).astype(np.int16))


def largest_pair(quantised: npt.NDArray[np.int8]) -> int:
    """Returns the largest sum, in size, of the weights of one sign in a pair of inputs."""
    pairs = quantised.astype(np.int32).reshape(-1, 2, quantised.shape[1])
    return int(max(np.maximum(pairs, 0).sum(axis=1).max(), -np.minimum(pairs, 0).sum(axis=1).min()))


def _largest(weights: FloatArray) -> FloatArray:
    return np.maximum(np.abs(weights).max(axis=0), np.finfo(np.float32).tiny)


def _hold_pairs(rounded: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """Takes from both weights of each pair, in equal parts, what their pair has in excess."""
    pairs = rounded.reshape(-1, 2, rounded.shape[1])
    first, second = pairs[:, 0], pairs[:, 1]
    excess = np.where((first > 0) == (second > 0), np.abs(first) + np.abs(second) - PAIR_LIMIT, 0).clip(min=0)
    from_second = np.minimum(excess // 2, np.abs(second))
    from_first = excess - from_second
    held = np.stack([first - np.sign(first) * from_first, second - np.sign(second) * from_second], axis=1)
    return held.reshape(rounded.shape)
