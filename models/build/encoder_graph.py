"""Writes the whole encoder as one ONNX graph, pooling and normalising included.

Inputs `input_ids` and `attention_mask`, int64 [batch, tokens]; output `sentence_embedding`,
float32 [batch, 384], of unit length. Pooling inside the graph saves copying
[batch, tokens, 384] out of the session.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from onnx import TensorProto, helper

from calibration import Calibration
from encoder_layers import Attention, add_float_layer, add_integer_layer
from linear_layers import LinearKind
from loud_channels import LoudChannels, read_loud_channels
from onnx_graph import Graph
from source_model import BLOCK, FourBit, SourceModel


@dataclass(frozen=True)
class Variant:
    """How the encoder is stored and computed.

    `dtype` is the word by which transformers.js finds the file: fp32, int8, q4. `last_kind`
    is for the second product of the feed-forward layers, the one that suffers most.
    """

    dtype: str
    description: str
    kind: LinearKind
    last_kind: LinearKind
    loud_apart: bool = False


def encoder_bytes(model: SourceModel, variant: Variant, calibration: Calibration | None = None) -> bytes:
    """Returns the ONNX file of `model`, written as `variant` says; a calibrated one needs its `calibration`."""
    graph = Graph()
    words = _add_float_words if variant.kind == "float" else _add_compact_words
    x = _add_embeddings(graph, model, words(graph, model))
    attention = Attention(graph.node("Cast", ["attention_mask"], "key_mask", to=TensorProto.INT32))
    loud = _loud_channels(model, variant, calibration)
    for layer in range(model.shape.layers):
        if calibration is not None:
            x = add_integer_layer(graph, model, (variant.kind, variant.last_kind), loud[layer], layer, x, attention,
                                  calibration.moments[layer])
        elif variant.dtype == "int8":
            x = add_integer_layer(graph, model, (variant.kind, variant.last_kind), loud[layer], layer, x, attention)
        else:
            x = add_float_layer(graph, model, variant.kind, layer, x, attention)
    _add_pooling(graph, x)
    tokens = ["batch", "tokens"]
    return graph.serialise(
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, tokens),
         helper.make_tensor_value_info("attention_mask", TensorProto.INT64, tokens)],
        [helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["batch", model.shape.hidden])],
        "multilingual-e5-small",
    )


def _loud_channels(model: SourceModel, variant: Variant, calibration: Calibration | None) -> list[LoudChannels]:
    if calibration is not None:
        return calibration.loud
    hidden = model.shape.hidden
    if variant.loud_apart:
        return read_loud_channels(hidden)
    return [LoudChannels([], np.ones(hidden, np.float32), np.ones(hidden, np.float32))] * model.shape.layers


def _add_float_words(graph: Graph, model: SourceModel) -> str:
    table = graph.constant("words.weight", model.matrix("emb.word", model.shape.hidden))
    return graph.node("Gather", [table, "input_ids"], "word")


def _add_compact_words(graph: Graph, model: SourceModel) -> str:
    """Adds the 4-bit word table, unpacked row by row as words are looked up; exact.

    A byte holds channel c in its low half and channel c + 192 in its high one.
    `GatherBlockQuantized` does the same in one operator, ten times more slowly.
    """
    hidden, table = model.shape.hidden, model.tensors["emb.word"]
    if not isinstance(table, FourBit):
        raise TypeError("the word table is not in 4 bits")
    half, blocks = hidden // 2, hidden // BLOCK
    unsigned = (table.nibbles.reshape(-1, hidden) + 8).astype(np.uint8)
    packed = graph.constant("words.packed", unsigned[:, :half] | (unsigned[:, half:] << 4))
    scales = graph.constant("words.scales", table.scales.reshape(-1, blocks, 1))

    row = graph.node("Gather", [packed, "input_ids"], "word.packed")
    low = graph.node("BitwiseAnd", [row, graph.constant("low_half", np.array(15, np.uint8))], "word.low")
    high = graph.node("BitShift", [row, graph.constant("four", np.array(4, np.uint8))], "word.high", direction="RIGHT")
    nibbles = graph.node("Concat", [low, high], "word.nibbles", axis=-1)
    wide = graph.node("Cast", [nibbles], "word.wide", to=TensorProto.FLOAT)
    signed = graph.node("Sub", [wide, graph.constant("eight", np.array(8, np.float32))], "word.signed")
    in_blocks = graph.constant("word.blocks.shape", np.array([0, 0, blocks, BLOCK], np.int64))
    scale = graph.node("Gather", [scales, "input_ids"], "word.scale")
    wide_scale = graph.node("Cast", [scale], "word.scale.wide", to=TensorProto.FLOAT)
    values = graph.node("Mul", [graph.node("Reshape", [signed, in_blocks], "word.blocks"), wide_scale], "word.values")
    flat = graph.constant("word.shape", np.array([0, 0, hidden], np.int64))
    return graph.node("Reshape", [values, flat], "word")


def _add_embeddings(graph: Graph, model: SourceModel, word: str) -> str:
    """Adds word + position + type, normed. There is one type of text, so its row joins the positions."""
    hidden = model.shape.hidden
    positions = model.matrix("emb.pos", hidden) + model.matrix("emb.type", hidden)[0]
    count = graph.node("Shape", ["input_ids"], "token_count", start=1, end=2)
    first = graph.constant("zero", np.array([0], np.int64))
    position = graph.node("Slice", [graph.constant("positions", positions), first, count], "position")
    return graph.sum_and_norm([word, position], model.float_tensor("emb.ln.w"), model.float_tensor("emb.ln.b"),
                              "embeddings", model.shape.layer_norm_epsilon)


def _add_pooling(graph: Graph, x: str) -> None:
    """Adds the mean over the tokens of the mask, at unit length: a sum will do, as length is normalised."""
    weights = graph.node("Cast", ["attention_mask"], "pooling.weights", to=TensorProto.FLOAT)
    one = graph.constant("one", np.array([1], np.int64))
    row = graph.node("Unsqueeze", [weights, one], "pooling.row")
    total = graph.node("MatMul", [row, x], "pooling.total")
    flat = graph.node("Squeeze", [total, one], "pooling.flat")
    graph.node("LpNormalization", [flat], "sentence_embedding", axis=-1, p=2)
