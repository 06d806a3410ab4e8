"""Embeds a passage and its sentences in one pass, exactly as the program does with a model that has sentence layers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from calibration import text_feed
from embedder import Embedder, open_session
from model_card import CARD_FILE, TOKENIZER_FILE, onnx_file
from onnx_graph import FloatArray
from passage_layout import lay_out_passage
from sentence_graph import HIDDEN_STATES, SENTENCE_IDS


@dataclass(frozen=True)
class PassageEmbeddings:
    """Raw embeddings of unit length: the passage's, [384], and its sentences', [sentences, 384]."""

    passage: FloatArray
    sentences: FloatArray
    #: Whether each sentence was embedded by itself.
    apart: bool


class PassageEmbedder(Embedder):
    """The embedder of a model folder, with its sentence layers."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        super().__init__(folder / TOKENIZER_FILE, folder / onnx_file(card["dtype"]), threads)
        self._reads = card["sentenceLayers"]["reads"]
        self._layers = open_session(folder / card["sentenceLayers"]["file"], threads)

    def embed_passage(self, passage: str, sentences: Sequence[str]) -> PassageEmbeddings:
        """Returns the embeddings of a passage and of the sentences that it consists of.

        A passage that cannot be laid out as its sentences (`lay_out_passage`) has them embedded one by one. That of a single
        sentence is its sentence's, too.
        """
        layout = lay_out_passage(self.tokenizer, passage, sentences)
        if layout is None:
            return PassageEmbeddings(self.embed("passage", [passage])[0], self.embed("sentence", sentences), apart=True)
        ids, sentence_of = (np.array(row, np.int64) for row in layout)
        found, hidden = self.session.run([self.session.get_outputs()[0].name, self._reads], text_feed(ids))
        if len(sentences) == 1:
            return PassageEmbeddings(found[0], found, apart=False)
        (embeddings,) = self._layers.run(None, {HIDDEN_STATES: hidden, SENTENCE_IDS: sentence_of[np.newaxis]})
        return PassageEmbeddings(found[0], embeddings, apart=False)
