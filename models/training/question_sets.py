"""Measures a model on question sets in BEIR form and on held-out translations.

Even lines of `queries.jsonl` are the tuning half: what is chosen is chosen by them. The odd half
is only reported.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import numpy as np

from beir import QuestionSet, ndcg, read_question_set, sentences_of
from calibration_text import Role
from evaluate_beir import relevance, score_set
from onnx_graph import FloatArray
from parallel_text import Pair

Half = Literal["even", "odd", "all"]
EmbedAll = Callable[[Sequence[tuple[Role, str]]], FloatArray]
Spell = Callable[[str, random.Random], str]
_HALVES: dict[Half, slice] = {"even": slice(1, None, 2), "odd": slice(0, None, 2), "all": slice(None)}


def read_question_sets(folder: Path) -> list[QuestionSet]:
    """Returns every BEIR folder in `folder`, by name."""
    return [read_question_set(path.parent) for path in sorted(folder.glob("*/corpus.jsonl"))]


class KnownEmbeddings:
    """Embeddings that were computed together; what `score_set` asks for."""

    def __init__(self, embed: EmbedAll, texts: Sequence[tuple[Role, str]]) -> None:
        self._row = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        self._vectors = embed(list(self._row))

    def of(self, role: Role, texts: list[str]) -> FloatArray:
        """Returns [texts, hidden]."""
        return self._vectors[[self._row[role, text] for text in texts]]


def evaluate_sets(sets: Sequence[QuestionSet], embed: EmbedAll, spell: Spell | None = None) -> dict[str, np.ndarray]:
    """Returns nDCG@10 × 100 of every question of each set: passage and best sentence, no centring.

    `spell` changes the questions, the same way at each call.
    """
    asked = [_spelled(each, spell) for each in sets]
    texts: list[tuple[Role, str]] = []
    for each in asked:
        texts += [("query", text) for text in each.questions.values()]
        for passage in each.passages.values():
            texts += [("passage", passage), *(("sentence", sentence) for sentence in sentences_of(passage))]
    known = KnownEmbeddings(embed, texts)
    return {each.name: ndcg(score_set(each, known, with_sentences=True), relevance(each)) * 100 for each in asked}


def mean_of(values: dict[str, np.ndarray], half: Half) -> dict[str, float]:
    """Returns the mean of each set over a half of its questions."""
    return {name: float(scores[_HALVES[half]].mean()) for name, scores in values.items()}


def find_translations(pairs: Sequence[Pair], embed: EmbedAll) -> float:
    """Returns how often, in per cent, a text's translation is the nearest of all, over both directions."""
    arabic = embed([(pair.role, pair.ar) for pair in pairs])
    english = embed([(pair.role, pair.en) for pair in pairs])
    similarity = arabic @ english.T
    right = np.arange(len(pairs))
    return float(((similarity.argmax(axis=1) == right).mean() + (similarity.argmax(axis=0) == right).mean()) * 50)


def _spelled(questions: QuestionSet, spell: Spell | None) -> QuestionSet:
    if spell is None:
        return questions
    chance = random.Random(7)
    asked = {name: spell(text, chance) for name, text in questions.questions.items()}
    return QuestionSet(questions.name, questions.passages, asked, questions.relevant)
