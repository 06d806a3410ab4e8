"""What the inputs of the int8 layers are like in real text: how loud each channel is, and which go together.

The float32 reference reads a sample of texts once; from what comes by, every channel of the 384 is divided by
its own largest value, the loudest channels inside each feed-forward layer are set apart, and
calibrated_rounding.py learns which errors cancel.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

from calibrated_rounding import Moments
from embedder import open_session
from loud_channels import LoudChannels
from onnx_graph import FloatArray

INNER_APART = 4


@dataclass(frozen=True)
class LayerMoments:
    """Of one layer, the sums of x·xᵀ over the inputs of its four products, as these get them; None where unknown."""

    attention_input: Moments | None
    context: Moments | None
    feed_forward_input: Moments | None
    inner: Moments | None


@dataclass(frozen=True)
class Calibration:
    """For each layer, what is loud in it, and the moments of its inputs."""

    loud: list[LoudChannels]
    moments: list[LayerMoments]


Feed = dict[str, npt.NDArray[np.generic]]


def calibrate(reference: bytes, layers: Sequence[int], before: str, feeds: Iterable[Feed]) -> Calibration:
    """Returns what the inputs of `layers` are like, in their order, when the float32 graph `reference` reads `feeds`.

    `before` is what the first of the layers reads: the name of one of the graph's values, or of an input, [batch, tokens,
    hidden]. Every feed holds the inputs of the graph for one text.
    """
    reads = [_inputs_of(layer, before if place == 0 else f"layer{layer - 1}.oln") for place, layer in enumerate(layers)]
    names = list(dict.fromkeys(name for four in reads for name in four))
    graph = onnx.load_from_string(reference)
    given = {each.name for each in graph.graph.input}
    graph.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names if name not in given)
    session = open_session(graph.SerializeToString())
    seen = {name: _Seen() for name in names}
    asked = [name for name in names if name not in given]
    for feed in feeds:
        values = {**feed, **dict(zip(asked, session.run(asked, feed), strict=True))}
        for name in names:
            seen[name].add(values[name][0])
    found = [_layer([seen[name] for name in four]) for four in reads]
    return Calibration([loud for loud, _ in found], [moments for _, moments in found])


def text_feed(ids: npt.NDArray[np.int64]) -> Feed:
    """Returns the inputs of the encoder's graph for one text."""
    return {"input_ids": ids[np.newaxis], "attention_mask": np.ones((1, len(ids)), np.int64)}


def _inputs_of(layer: int, before: str) -> tuple[str, str, str, str]:
    """Returns the names, in the float32 graph, of what a layer's four products read."""
    return before, f"layer{layer}.context", f"layer{layer}.aln", f"layer{layer}.gelu"


class _Seen:
    """The largest size of each channel, and the sum of x·xᵀ."""

    def __init__(self) -> None:
        self.largest: FloatArray = np.zeros(1, np.float32)
        self.moments: Moments = np.zeros(1)

    def add(self, values: FloatArray) -> None:
        """Takes the rows of one text, [tokens, channels]."""
        self.largest = np.maximum(self.largest, np.abs(values).max(axis=0))
        self.moments = self.moments + (values.T @ values).astype(np.float64)


def _layer(seen: Sequence[_Seen]) -> tuple[LoudChannels, LayerMoments]:
    attention, context, feed_forward, inner = seen
    apart = sorted(np.argsort(-inner.largest, kind="stable")[:INNER_APART].tolist())
    loud = LoudChannels(apart, _factors(attention.largest), _factors(feed_forward.largest))
    quiet_inner = inner.moments.copy()
    quiet_inner[apart], quiet_inner[:, apart] = 0, 0
    return loud, LayerMoments(_scaled(attention.moments, loud.attention_input), context.moments,
                              _scaled(feed_forward.moments, loud.feed_forward_input), quiet_inner)


def _factors(largest: FloatArray) -> FloatArray:
    """Returns what brings every channel that is louder than the middle one down to it."""
    return np.minimum(1, np.median(largest) / np.maximum(largest, np.finfo(np.float32).tiny)).astype(np.float32)


def _scaled(moments: Moments, factors: FloatArray) -> Moments:
    return moments * np.outer(factors, factors)
