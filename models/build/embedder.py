"""Embeds texts in Python exactly as the program does: prepare, prefix, tokenize, one text a call."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from calibration_text import Role
from onnx_graph import FloatArray
from text_preparation import to_embedding_text
from tokenizer_files import MAXIMUM_TOKENS

PREFIXES: dict[Role, str] = {"query": "query: ", "passage": "passage: ", "sentence": "passage: "}


def open_tokenizer(path: Path) -> Tokenizer:
    """Returns the tokenizer, cutting at 512 tokens: the first 510 pieces between `<s>` and `</s>`."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(MAXIMUM_TOKENS)
    return tokenizer


def open_session(model: Path | bytes, threads: int = 2) -> onnxruntime.InferenceSession:
    """Returns a session with the options that the program uses."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    source = model if isinstance(model, bytes) else str(model)
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


def token_ids(tokenizer: Tokenizer, role: Role, text: str) -> npt.NDArray[np.int64]:
    """Returns the ids of one text, prefix and special tokens included, shape [tokens]."""
    return np.array(tokenizer.encode(PREFIXES[role] + to_embedding_text(text)).ids, np.int64)


def embed_ids(session: onnxruntime.InferenceSession, ids: npt.NDArray[np.int64]) -> FloatArray:
    """Returns the embedding of one text, shape [384]."""
    row = ids[np.newaxis]
    (output,) = session.run([session.get_outputs()[0].name], {"input_ids": row, "attention_mask": np.ones_like(row)})
    return np.asarray(output, np.float32)[0]


class Embedder:
    """A tokenizer and a session."""

    def __init__(self, tokenizer: Path, model: Path | bytes, threads: int = 2) -> None:
        self.tokenizer = open_tokenizer(tokenizer)
        self.session = open_session(model, threads)

    def embed(self, role: Role, texts: Iterable[str]) -> FloatArray:
        """Returns raw (uncentred) embeddings of unit length, shape [texts, 384]."""
        return np.stack([embed_ids(self.session, token_ids(self.tokenizer, role, text)) for text in texts])
