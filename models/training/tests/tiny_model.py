"""A model of the source's form, small enough for tests: two layers of 64, a few hundred words."""

from __future__ import annotations

import sys
from pathlib import Path

TRAINING = Path(__file__).parent.parent
sys.path[:0] = [str(TRAINING), str(TRAINING.parent / "build")]

import numpy as np  # noqa: E402

from source_model import BLOCK, FourBit, Shape, SourceModel  # noqa: E402
from tokenizer_files import tokenizer_json  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

SHAPE = Shape(hidden=64, layers=2, heads=4, feed_forward=128, vocabulary=0, positions=64, types=2,
              layer_norm_epsilon=1e-12)
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآءؤئ" + "abcdefghijklmnopqrstuvwxyz" + "0123456789?.:؟"


def tiny_model() -> SourceModel:
    """Returns a model of fixed random weights whose words are letters."""
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", *_LETTERS, *(f"▁{letter}" for letter in _LETTERS)]
    chance = np.random.default_rng(3)

    def matrix(rows: int, columns: int) -> np.ndarray:
        return chance.normal(0, 0.15, rows * columns).astype(np.float32)

    hidden, inner = SHAPE.hidden, SHAPE.feed_forward
    tensors: dict[str, np.ndarray | FourBit] = {
        "emb.word": FourBit(chance.integers(-8, 8, len(pieces) * hidden).astype(np.int8),
                            np.full(len(pieces) * hidden // BLOCK, 0.05, np.float16)),
        "emb.pos": matrix(SHAPE.positions, hidden), "emb.type": matrix(2, hidden),
        "emb.ln.w": np.ones(hidden, np.float32), "emb.ln.b": np.zeros(hidden, np.float32),
    }
    for layer in range(SHAPE.layers):
        for part in ("q", "k", "v", "ao"):
            tensors |= {f"l{layer}.{part}.w": matrix(hidden, hidden), f"l{layer}.{part}.b": matrix(1, hidden)}
        tensors |= {f"l{layer}.fi.w": matrix(inner, hidden), f"l{layer}.fi.b": matrix(1, inner),
                    f"l{layer}.fo.w": matrix(hidden, inner), f"l{layer}.fo.b": matrix(1, hidden)}
        for norm in ("aln", "oln"):
            tensors |= {f"l{layer}.{norm}.w": np.ones(hidden, np.float32), f"l{layer}.{norm}.b": matrix(1, hidden)}
    scores = np.concatenate([np.zeros(4), np.full(len(pieces) - 4, -3.0)]).astype(np.float32)
    return SourceModel(SHAPE, pieces, scores, {}, tensors)


def tiny_tokenizer() -> Tokenizer:
    """Returns the tokenizer of `tiny_model`, cutting at its 64 positions."""
    model = tiny_model()
    tokenizer = Tokenizer.from_str(tokenizer_json(model).decode())
    tokenizer.enable_truncation(SHAPE.positions)
    return tokenizer
