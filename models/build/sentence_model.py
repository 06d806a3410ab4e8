"""Adds the sentence layers to a model folder: their file, the encoder's output that they read, and the card's entry."""

from __future__ import annotations

import json
from pathlib import Path

import onnx
from onnx import TensorProto, helper

from calibration import Calibration
from model_card import CARD_FILE, onnx_file, record_sentence_layers
from sentence_graph import sentence_bytes
from source_model import SourceModel

SENTENCE_LAYERS = "sentence_layers"


def hidden_states_before(layer: int) -> str:
    """Returns the name, in the encoder's graph, of what layer number `layer` reads."""
    return "embeddings" if layer == 0 else f"layer{layer - 1}.oln"


def add_sentence_layers(
    folder: Path, model: SourceModel, layers: range, calibration: Calibration, provenance: dict[str, object]
) -> None:
    """Writes `layers` of `model` as int8 into the model folder, in place of those that it may have."""
    card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    read = hidden_states_before(layers.start)
    encoder = folder / onnx_file(card["dtype"])
    encoder.write_bytes(with_output(encoder.read_bytes(), read))
    file = f"onnx/{SENTENCE_LAYERS}_int8.onnx"
    (folder / file).write_bytes(sentence_bytes(model, layers, calibration))
    record_sentence_layers(folder, {"file": file, "reads": read}, provenance)


def with_output(encoder: bytes, name: str) -> bytes:
    """Returns the encoder's file with one of its values, [batch, tokens, hidden], as its second and last output."""
    graph = onnx.load_from_string(encoder)
    hidden = graph.graph.output[0].type.tensor_type.shape.dim[1].dim_value
    del graph.graph.output[1:]
    graph.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "tokens", hidden]))
    onnx.checker.check_model(graph)
    return graph.SerializeToString(deterministic=True)
