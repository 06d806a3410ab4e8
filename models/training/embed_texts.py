"""Embeds many texts with the PyTorch encoder: tokens by the shipped tokenizer, batches of like length."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from tokenizers import Tokenizer

from calibration_text import Role
from embedder import token_ids
from encoder import Encoder, pad, padded_length
from onnx_graph import FloatArray

_TOKENS_A_BATCH = 4096


def to_ids(tokenizer: Tokenizer, role: Role, text: str) -> list[int]:
    """Returns the token ids of one text, prepared, with its prefix."""
    return token_ids(tokenizer, role, text).tolist()


def length_batches(lengths: Sequence[int], tokens: int) -> list[list[int]]:
    """Returns the positions 0…n−1 in batches of like length, each of about `tokens` tokens when padded."""
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lambda index: lengths[index]):
        length = padded_length(lengths[index])
        if batches and padded_length(lengths[batches[-1][0]]) == length and (len(batches[-1]) + 1) * length <= tokens:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches


def embed_texts(encoder: Encoder, tokenizer: Tokenizer, texts: Sequence[tuple[Role, str]]) -> FloatArray:
    """Returns unit-length vectors, [texts, hidden], in the order of `texts`."""
    ids = [to_ids(tokenizer, role, text) for role, text in texts]
    vectors = np.zeros((len(ids), encoder.shape.hidden), np.float32)
    with torch.inference_mode():
        for batch in length_batches([len(row) for row in ids], _TOKENS_A_BATCH):
            vectors[batch] = encoder(pad([ids[index] for index in batch]).to(encoder.device)).float().cpu().numpy()
    return vectors
