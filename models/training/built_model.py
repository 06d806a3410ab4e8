"""Reads the weights of a model folder back out of its ONNX file: those that the program computes with.

What the build keeps apart or makes smaller for the sake of int8 (models/build/encoder_layers.py) is put together again.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from model_card import CARD_FILE, built_file
from onnx_graph import FloatArray
from source_model import BLOCK, Shape, SourceModel


def read_built_model(folder: Path) -> SourceModel:
    """Returns the int8 model in `folder` as float32 tensors under the names of the source; without its vocabulary."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    if card["dtype"] != "int8":
        raise ValueError(f"{folder} holds a {card['dtype']} model; an int8 one is read here")
    constants = {each.name: numpy_helper.to_array(each) for each in onnx.load_from_string(built_file(folder)).graph.initializer}
    hidden, layers = config["hidden_size"], config["num_hidden_layers"]
    tensors = {"emb.word": _words(constants), "emb.pos": constants["positions"].reshape(-1),
               "emb.type": np.zeros(hidden, np.float32),
               "emb.ln.w": constants["embeddings.weight"], "emb.ln.b": constants["embeddings.bias"]}
    for layer in range(layers):
        tensors |= _layer(constants, layer)
    shape = Shape(hidden, layers, config["num_attention_heads"], config["intermediate_size"], config["vocab_size"],
                  config["max_position_embeddings"], 1, config["layer_norm_eps"])
    return SourceModel(shape, [], np.zeros(0, np.float32), {}, tensors)


def _words(constants: dict[str, np.ndarray]) -> FloatArray:
    packed, scales = constants["words.packed"], constants["words.scales"].astype(np.float32)
    nibbles = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8
    return (nibbles.reshape(len(packed), -1, BLOCK) * scales).reshape(-1)


def _layer(constants: dict[str, np.ndarray], layer: int) -> dict[str, FloatArray]:
    name = f"layer{layer}"

    def matrix(part: str, factors: str | None = None) -> FloatArray:
        """Returns [in, out]."""
        weights = constants[f"{name}.{part}.weight"].astype(np.float32) * constants[f"{name}.{part}.scales"]
        made_up = constants.get(f"{name}.{factors}.factors")
        return weights if made_up is None else weights * made_up[:, np.newaxis]

    tensors = {}
    joined, biases = matrix("query_key_value", "attention"), constants[f"{name}.query_key_value.bias"]
    for part, weights, bias in zip("qkv", np.split(joined, 3, axis=1), np.split(biases, 3), strict=True):
        tensors |= {f"{part}.w": weights, f"{part}.b": bias}
    tensors |= {"ao.w": matrix("attention_output"), "ao.b": constants[f"{name}.attention_output.bias"]}
    into, out = matrix("feed_forward_in", "feed_forward"), matrix("feed_forward_out")
    in_bias = constants[f"{name}.feed_forward_in.bias"].copy()
    if f"{name}.loud.in" in constants:
        apart = np.flatnonzero(~constants[f"{name}.feed_forward_in.weight"].any(axis=0))
        into[:, apart], in_bias[apart] = constants[f"{name}.loud.in"], constants[f"{name}.loud.bias"]
        out[apart] = constants[f"{name}.loud.out"]
    tensors |= {"fi.w": into, "fi.b": in_bias, "fo.w": out, "fo.b": constants[f"{name}.feed_forward_out.bias"]}
    for norm in ("aln", "oln"):
        tensors |= {f"{norm}.w": constants[f"{name}.{norm}.weight"], f"{norm}.b": constants[f"{name}.{norm}.bias"]}
    return {f"l{layer}.{part}": np.ascontiguousarray(values.T).reshape(-1).astype(np.float32)
            for part, values in tensors.items()}
