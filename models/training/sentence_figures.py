"""Measures sentence layers: by question sets, and by what each sentence is to the model by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from beir import QuestionSet, ndcg, sentences_of
from evaluate_beir import relevance, with_best_sentences
from onnx_graph import FloatArray
from passage_embedder import PassageEmbedder
from question_sets import mean_of, read_question_sets


def sentence_figures(eval_folder: Path, model: Path) -> dict[str, object]:
    """Returns what the sentence layers of a model folder reach, beside the same sentences embedded by themselves.

    nDCG@10 × 100 of every set and of its untuned half, scored as `evaluate_sets` does; and the cosine of a sentence's two
    embeddings, over all sentences that come out of the pass of a passage of several.
    """
    embedder = PassageEmbedder(model)
    sets = read_question_sets(eval_folder)
    texts = list(dict.fromkeys(text for each in sets for text in each.passages.values()))
    found = {text: embedder.embed_passage(text, sentences_of(text)) for text in texts}
    alone = {text: embedder.embed("sentence", sentences_of(text)) for text in texts}
    passages = {text: each.passage for text, each in found.items()}
    asked = list(dict.fromkeys(text for each in sets for text in each.questions.values()))
    questions = dict(zip(asked, embedder.embed("query", asked), strict=True))
    ways = {"fromPassage": {text: each.sentences for text, each in found.items()}, "alone": alone}
    figures = {way: _ndcg(sets, questions, passages, sentences) for way, sentences in ways.items()}
    cosines = np.concatenate([(each.sentences * alone[text]).sum(axis=1) for text, each in found.items()
                              if len(each.sentences) > 1 and not each.apart])
    return {
        "ndcg@10": {each.name: {way: figures[way][each.name] for way in ways} for each in sets},
        "cosineToAlone": {"mean": round(float(cosines.mean()), 4), "least": round(float(cosines.min()), 4),
                          "sentences": len(cosines)},
    }


def _ndcg(
    sets: Sequence[QuestionSet], questions: dict[str, FloatArray], passages: dict[str, FloatArray],
    sentences: dict[str, FloatArray]
) -> dict[str, dict[str, float]]:
    """Returns, by set, nDCG@10 × 100 over all questions and over the odd lines; embeddings come by text."""
    values = {}
    for each in sets:
        query = np.stack([questions[text] for text in each.questions.values()])
        scores = query @ np.stack([passages[text] for text in each.passages.values()]).T
        scores = with_best_sentences(scores, query, [sentences[text] for text in each.passages.values()])
        values[each.name] = ndcg(scores, relevance(each)) * 100
    halves = {"all": mean_of(values, "all"), "oddLines": mean_of(values, "odd")}
    return {name: {half: round(means[name], 2) for half, means in halves.items()} for name in values}
