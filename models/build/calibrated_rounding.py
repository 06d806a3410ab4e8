"""Rounds a layer's weights so that the errors cancel in what the layer gives.

Weights are rounded one input at a time; the error that an input's weights leave is at once taken
out of the weights of the inputs that are still to come, as far as these inputs go together with it in real
text. The pairs of eight_bit.py are held to their limit on the way, and that error is passed on too.

Source: Frantar, Ashkboos, Hoefler, Alistarh 2022, "GPTQ", algorithm 1.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from eight_bit import EIGHT_BIT_LIMIT, PAIR_LIMIT, Quantised, paired_scales
from onnx_graph import FloatArray

_DAMPING = 0.01
_BLOCK = 64

Moments = npt.NDArray[np.float64]


def quantise_calibrated(weights: FloatArray, moments: Moments) -> Quantised:
    """Returns int8 weights whose pairs cannot overflow, and a scale for each output.

    `weights` is [in, out]; `moments` is the sum of x·xᵀ over the layer's inputs x in real text, [in, in]. Inputs that
    matter most come first. Cost: in² × out products.
    """
    inputs, outputs = weights.shape
    damped = _damped(moments)
    importance = np.diag(damped)
    scales = paired_scales(weights, importance).astype(np.float64)
    pairs = np.argsort(-importance.reshape(-1, 2).sum(axis=1), kind="stable")
    order = np.stack([2 * pairs, 2 * pairs + 1], axis=1).reshape(-1)
    passing = np.linalg.cholesky(np.linalg.inv(damped[np.ix_(order, order)])).T
    left = weights[order].astype(np.float64)
    rounded = np.zeros((inputs, outputs))
    for start in range(0, inputs, _BLOCK):
        end = min(inputs, start + _BLOCK)
        errors = np.zeros((end - start, outputs))
        for row in range(start, end):
            whole = np.clip(np.rint(left[row] / scales), -EIGHT_BIT_LIMIT, EIGHT_BIT_LIMIT)
            rounded[row] = whole if row % 2 == 0 else _held(whole, rounded[row - 1])
            errors[row - start] = (left[row] - rounded[row] * scales) / passing[row, row]
            left[row + 1 : end] -= np.outer(passing[row, row + 1 : end], errors[row - start])
        left[end:] -= passing[start:end, end:].T @ errors
    quantised = np.zeros((inputs, outputs), np.int8)
    quantised[order] = rounded.astype(np.int8)
    return quantised, scales.astype(np.float32)


def _damped(moments: Moments) -> Moments:
    """Returns the moments, each input a little more by itself: else what never occurs could be anything."""
    diagonal = np.diag(moments)
    extra = _DAMPING * max(diagonal.mean(), np.finfo(np.float64).tiny)
    return moments + np.diag(np.full(len(moments), extra))


def _held(second: npt.NDArray[np.float64], first: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Returns the second weights of pairs, no larger than their pair's limit allows."""
    most = np.where((first > 0) == (second > 0), PAIR_LIMIT - np.abs(first), EIGHT_BIT_LIMIT)
    return np.sign(second) * np.minimum(np.abs(second), most)
