"""Writes the sentence layers as an ONNX graph of their own, beside the encoder's.

Inputs: `hidden_states`, float32 [1, tokens, hidden], what the encoder's layers before these made of a passage; and
`sentence_ids`, int64 [1, tokens], the number of each token's sentence, from 0, or −1 for tokens that every sentence sees.
Output: `sentence_embeddings`, float32 [sentences, hidden], of unit length.
"""

from __future__ import annotations

import numpy as np
from onnx import TensorProto, helper

from calibration import Calibration
from encoder_layers import NOT_ATTENDED, Attention, add_float_layer, add_integer_layer
from onnx_graph import Graph
from passage_layout import OF_ALL
from source_model import SourceModel

HIDDEN_STATES, SENTENCE_IDS, SENTENCE_EMBEDDINGS = "hidden_states", "sentence_ids", "sentence_embeddings"


def sentence_bytes(model: SourceModel, layers: range, calibration: Calibration | None) -> bytes:
    """Returns the ONNX file of `layers` of `model`: int8 with a `calibration`, else the float32 reference."""
    graph = Graph()
    attention = _add_attention(graph)
    x = HIDDEN_STATES
    for place, layer in enumerate(layers):
        if calibration is None:
            x = add_float_layer(graph, model, "float", layer, x, attention)
        else:
            x = add_integer_layer(graph, model, ("calibrated", "calibrated"), calibration.loud[place], layer, x, attention,
                                  calibration.moments[place])
    _add_means(graph, x)
    hidden = model.shape.hidden
    return graph.serialise(
        [helper.make_tensor_value_info(HIDDEN_STATES, TensorProto.FLOAT, [1, "tokens", hidden]),
         helper.make_tensor_value_info(SENTENCE_IDS, TensorProto.INT64, [1, "tokens"])],
        [helper.make_tensor_value_info(SENTENCE_EMBEDDINGS, TensorProto.FLOAT, ["sentences", hidden])],
        "sentence-layers",
    )


def _add_attention(graph: Graph) -> Attention:
    """A token attends to those of its own sentence, and to those of none."""
    own = graph.node("Unsqueeze", [SENTENCE_IDS, graph.constant("last", np.array([2], np.int64))], "own")
    other = graph.node("Unsqueeze", [SENTENCE_IDS, graph.constant("middle", np.array([1], np.int64))], "other")
    same = graph.node("Equal", [own, other], "same_sentence")
    of_all = graph.node("Equal", [other, graph.constant("of_all", np.array(OF_ALL, np.int64))], "of_all_sentences")
    attended = graph.node("Or", [same, of_all], "attended")
    mask = graph.node("Cast", [attended], "mask", to=TensorProto.INT32)
    zero, far = (graph.constant(name, np.array(value, np.float32)) for name, value in (("near", 0), ("far", NOT_ATTENDED)))
    bias = graph.node("Unsqueeze", [graph.node("Where", [attended, zero, far], "far_or_near"), "middle"], "attention_bias")
    return Attention(mask, bias)


def _add_means(graph: Graph, x: str) -> None:
    """Adds the mean over each sentence's tokens, at unit length: a sum will do, as length is normalised."""
    one = graph.constant("one", np.array(1, np.int64))
    most = graph.node("ReduceMax", [SENTENCE_IDS], "most", keepdims=0)
    count = graph.node("Add", [most, one], "count")
    numbers = graph.node("Range", [graph.constant("zero", np.array(0, np.int64)), count, one], "numbers")
    column = graph.node("Unsqueeze", [numbers, graph.constant("columns", np.array([1], np.int64))], "numbers.column")
    members = graph.node("Cast", [graph.node("Equal", [column, SENTENCE_IDS], "is_member")], "members", to=TensorProto.FLOAT)
    flat = graph.node("Squeeze", [x, graph.constant("first", np.array([0], np.int64))], "tokens")
    graph.node("LpNormalization", [graph.node("MatMul", [members, flat], "sums")], SENTENCE_EMBEDDINGS, axis=-1, p=2)
