"""The ways of writing one linear layer, y = x·W + b, into a graph.

float      float32 weights, 4 bytes each: the reference.
folded     the 4-bit weights, turned into float32 when the session loads: exact, small on disk.
four-bit   `MatMulNBits`: 4-bit weights, activations in int8 by blocks of 32.
seven-bit  `DynamicQuantizeMatMul`: int8 weights in −63…63, uint8 activations with one scale a call.
paired     the same, with int8 weights held only so far as their pairs need (see eight_bit.py).
calibrated the same, rounded by what the inputs are in real text (see calibrated_rounding.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from calibrated_rounding import Moments, quantise_calibrated
from eight_bit import Quantised, quantise_paired, quantise_seven_bit
from onnx_graph import MICROSOFT, FloatArray, Graph
from source_model import BLOCK, FourBit, SourceModel, as_float

LinearKind = Literal["float", "folded", "four-bit", "seven-bit", "paired", "calibrated"]


@dataclass(frozen=True)
class Linear:
    """One or more layers with the same input, laid beside one another; each part is [out, in].

    Trained layers are float32; only those of the source can be written in 4 bits.
    """

    parts: list[FloatArray | FourBit]
    bias: FloatArray
    inputs: int

    @staticmethod
    def of(model: SourceModel, names: list[str], inputs: int) -> Linear:
        """Returns the layers `names` of the source, such as `l0.q`."""
        parts = [model.tensors[f"{name}.w"] for name in names]
        return Linear(parts, np.concatenate([model.float_tensor(f"{name}.b") for name in names]), inputs)

    def matrix(self) -> FloatArray:
        """Returns the weights as float32 [in, out]."""
        return np.concatenate([as_float(part).reshape(-1, self.inputs) for part in self.parts]).T

    def nibbles_and_scales(self) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float16]]:
        """Returns int8 [out, blocks, 32] and float16 [out, blocks]."""
        blocks = self.inputs // BLOCK
        parts = [part for part in self.parts if isinstance(part, FourBit)]
        if len(parts) < len(self.parts):
            raise TypeError("trained weights are not in 4 bits")
        nibbles = np.concatenate([part.nibbles.reshape(-1, blocks, BLOCK) for part in parts])
        return nibbles, np.concatenate([part.scales.reshape(-1, blocks) for part in parts])


def quantise(kind: LinearKind, matrix: FloatArray, moments: Moments | None = None) -> Quantised:
    """Returns int8 [in, out] and scales [out], by the kind's way; only `calibrated` needs the inputs' moments."""
    if kind == "calibrated":
        if moments is None:
            raise TypeError("a calibrated layer needs the moments of its inputs")
        return quantise_calibrated(matrix, moments)
    return quantise_paired(matrix) if kind == "paired" else quantise_seven_bit(matrix)


def add_linear(
    graph: Graph, kind: LinearKind, x: str, linear: Linear, name: str, moments: Moments | None = None
) -> str:
    """Adds the layer and returns the name of its output."""
    if kind == "four-bit":
        return _add_four_bit(graph, x, linear, name)
    if kind in ("seven-bit", "paired", "calibrated"):
        return add_integer_linear(graph, x, quantise(kind, linear.matrix(), moments), linear.bias, name)
    if kind == "folded":
        weight = _add_folded_matrix(graph, linear, name)
    else:
        weight = graph.constant(f"{name}.weight", linear.matrix())
    product = graph.node("MatMul", [x, weight], f"{name}.product")
    return graph.node("Add", [product, graph.constant(f"{name}.bias", linear.bias)], name)


def add_integer_linear(graph: Graph, x: str, quantised: Quantised, bias: FloatArray, name: str) -> str:
    """Adds an int8 layer; activations get one scale for the whole call."""
    weights, scales = quantised
    operands = [x, graph.constant(f"{name}.weight", weights), graph.constant(f"{name}.scales", scales),
                "", graph.constant(f"{name}.bias", bias)]
    return graph.node("DynamicQuantizeMatMul", operands, name, MICROSOFT)


def _add_folded_matrix(graph: Graph, linear: Linear, name: str) -> str:
    """Adds constants and the operators that make float32 [in, out] of them.

    All inputs are constant, so the session computes this once, when it loads. A plain
    `DequantizeLinear` could be fused into `MatMulNBits`, which is not exact.
    """
    nibbles, scales = linear.nibbles_and_scales()
    blocks = linear.inputs // BLOCK
    small = graph.int4_constant(f"{name}.nibbles", nibbles.transpose(1, 2, 0).reshape(blocks, BLOCK, -1))
    scale = graph.constant(f"{name}.scales", scales.T.reshape(blocks, 1, -1))
    wide = graph.node("Cast", [small], f"{name}.nibbles.wide", to=1)
    wide_scale = graph.node("Cast", [scale], f"{name}.scales.wide", to=1)
    product = graph.node("Mul", [wide, wide_scale], f"{name}.blocks")
    shape = graph.constant(f"matrix.shape.{linear.inputs}", np.array([linear.inputs, -1], np.int64))
    return graph.node("Reshape", [product, shape], f"{name}.weight")


def _add_four_bit(graph: Graph, x: str, linear: Linear, name: str) -> str:
    nibbles, scales = linear.nibbles_and_scales()
    unsigned = (nibbles + 8).astype(np.uint8)
    packed = unsigned[..., 0::2] | (unsigned[..., 1::2] << 4)
    operands = [x, graph.constant(f"{name}.nibbles", packed),
                graph.constant(f"{name}.scales", scales.astype(np.float32)),
                "", "", graph.constant(f"{name}.bias", linear.bias)]
    return graph.node("MatMulNBits", operands, name, MICROSOFT, K=linear.inputs, N=len(nibbles), bits=4,
                      block_size=BLOCK, accuracy_level=4)
