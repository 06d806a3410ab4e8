"""A thin hand for writing ONNX graphs: nodes and constants, in order, with stable names."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

ONNX_OPSET = 21
MICROSOFT = "com.microsoft"
FloatArray = npt.NDArray[np.float32]


class Graph:
    """Nodes and constants of a graph in the making. The same calls give the same bytes."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, values: npt.NDArray[Any]) -> str:
        """Adds `values` under `name` (once) and returns the name."""
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def int4_constant(self, name: str, values: npt.NDArray[np.int8]) -> str:
        """Adds integers in −8…7 as a 4-bit tensor, two to a byte, the first in the low half."""
        flat = values.reshape(-1).astype(np.uint8) & 15
        packed = (flat[0::2] | (flat[1::2] << 4)).tobytes()
        self._constants[name] = helper.make_tensor(name, TensorProto.INT4, values.shape, packed, raw=True)
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        """Adds a node with one output and returns that output's name."""
        return self.node_of_many(kind, inputs, [output], domain, **attributes)[0]

    def node_of_many(
        self, kind: str, inputs: list[str], outputs: list[str], domain: str = "", **attributes: Any
    ) -> list[str]:
        """Adds a node with several outputs and returns their names."""
        self._nodes.append(helper.make_node(kind, inputs, outputs, name=outputs[0], domain=domain, **attributes))
        return outputs

    def sum_and_norm(
        self, summands: list[str], weight: FloatArray, bias: FloatArray, output: str, epsilon: float
    ) -> str:
        """Adds the layer norm of a sum.

        `SkipLayerNormalization` does the same in one operator, five times more slowly on a
        processor; ONNX Runtime would put it in the place of an `Add`, but leaves a `Sum`.
        """
        total = self.node("Sum", summands, f"{output}.sum")
        parts = [self.constant(f"{output}.weight", weight), self.constant(f"{output}.bias", bias)]
        return self.node("LayerNormalization", [total, *parts], output, axis=-1, epsilon=epsilon)

    def serialise(self, inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto], name: str) -> bytes:
        """Returns the bytes of the finished model."""
        graph = helper.make_graph(self._nodes, name, inputs, outputs, list(self._constants.values()))
        model = helper.make_model(
            graph,
            producer_name="fihrist",
            ir_version=10,
            opset_imports=[helper.make_opsetid("", ONNX_OPSET), helper.make_opsetid(MICROSOFT, 1)],
        )
        onnx.checker.check_model(model)
        return model.SerializeToString(deterministic=True)
