"""Reads question sets in BEIR form and measures rankings of them."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from calibration_text import Language

DEPTH = 10
_SENTENCE_END = re.compile(r"(?<=[.!?؟؛…])\s+")
_SHORT_SENTENCE_WORDS = 5
_ARABIC = re.compile("[\u0620-\u06ff]")
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True)
class QuestionSet:
    """One BEIR folder: texts by id, and for each question the passages that answer it."""

    name: str
    passages: dict[str, str]
    questions: dict[str, str]
    relevant: dict[str, set[str]]


def read_question_set(folder: Path) -> QuestionSet:
    """Reads `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`."""
    relevant: dict[str, set[str]] = {}
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if int(row["score"]) > 0:
                relevant.setdefault(row["query-id"], set()).add(row["corpus-id"])
    return QuestionSet(folder.name, _texts(folder / "corpus.jsonl"), _texts(folder / "queries.jsonl"), relevant)


def _texts(path: Path) -> dict[str, str]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return {row["_id"]: row["text"] for row in rows}


def language_of(text: str) -> Language:
    """Returns the language of the script that has more letters in `text`."""
    return "ar" if len(_ARABIC.findall(text)) > len(_LATIN.findall(text)) else "en"


def sentences_of(text: str) -> list[str]:
    """Cuts after sentence ends; a sentence under five words joins the one before it."""
    sentences: list[str] = []
    for piece in _SENTENCE_END.split(text.strip()):
        if sentences and (len(piece.split()) < _SHORT_SENTENCE_WORDS or len(sentences[-1].split()) < _SHORT_SENTENCE_WORDS):
            sentences[-1] += " " + piece
        else:
            sentences.append(piece)
    return sentences


def ndcg(scores: npt.NDArray[np.float32], relevant: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Returns nDCG@10 of each question; both arguments are [questions, passages]."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]
    gains = 1 / np.log2(np.arange(2, DEPTH + 2))
    found = (np.take_along_axis(relevant, order, axis=1) * gains).sum(axis=1)
    ideal = np.array([gains[: min(DEPTH, count)].sum() for count in relevant.sum(axis=1)])
    return found / ideal
