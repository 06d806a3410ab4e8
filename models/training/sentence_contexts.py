"""Passages for the sentence layers to learn from: sentences in many surroundings.

Half are runs of an article, which go on into the next article when it ends; the others are sentences from
anywhere, so that a sentence's embedding cannot lean on what stands beside it. Some sentences are two of an article, joined:
those of encyclopedias and newspapers are longer than most of the texts here.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer
from torch.utils.data import Dataset

from beir import sentences_of
from calibration_text import LANGUAGES, Language
from encoder import PADDING, padded_length
from parallel_text import read_lines, read_written
from passage_layout import Ids, lay_out, plain_ids
from recipe import SentenceRecipe
from sentence_layers import OF_NONE

#: Lines of a file without articles that are taken for one.
_LINES_AN_ARTICLE = 8
_LEAST_TOKENS, _MOST_TOKENS = 3, 200

Batch = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]


@dataclass(frozen=True)
class Article:
    """Its sentences, and each joined with the next, by their positions among all."""

    language: Language
    sentences: range
    joined: range


@dataclass(frozen=True)
class Sentences:
    """Token ids of every sentence, single and joined, without prefix and special tokens; and the articles they stand in."""

    ids: list[Ids]
    articles: list[Article]


def read_sentences(parallel: Path, written: Path, tokenizer: Tokenizer) -> Sentences:
    """Returns the sentences and questions of the parallel files, and the sentences of the written passages, in both languages."""
    ids: list[Ids] = []
    articles = []
    for language, texts in _articles(parallel, written):
        kept = [row for row in (plain_ids(tokenizer, text) for text in texts) if _LEAST_TOKENS <= len(row) <= _MOST_TOKENS]
        if kept:
            first, end = len(ids), len(ids) + len(kept)
            ids += kept + [one + other for one, other in pairwise(kept)]
            articles.append(Article(language, range(first, end), range(end, len(ids))))
    return Sentences(ids, articles)


class Contexts(Dataset[Batch]):
    """The batches of a run by number. Each depends on the recipe's seed and its number alone."""

    def __init__(self, sentences: Sentences, opening: Ids, closing: Ids, recipe: SentenceRecipe) -> None:
        self._sentences, self._recipe = sentences, recipe
        self._opening, self._closing = opening, closing
        self._articles = {language: [each for each in sentences.articles if each.language == language]
                          for language in LANGUAGES}
        self._ends = {language: list(accumulate(len(each.sentences) for each in articles))
                      for language, articles in self._articles.items()}

    def __len__(self) -> int:
        return self._recipe.steps

    def __getitem__(self, step: int) -> Batch:
        """Returns token ids and the sentence of each token, [passages, tokens], and each sentence's position among all,
        [passages, sentences], −1 where there is none."""
        chance = random.Random(f"{self._recipe.seed} {step}")
        chosen = [self._passage(chance) for _ in range(self._recipe.passages_a_batch)]
        rows = [lay_out([self._sentences.ids[position] for position in each], self._opening, self._closing)
                for each in chosen]
        tokens = padded_length(max(len(ids) for ids, _ in rows))
        return (_filled([ids for ids, _ in rows], tokens, PADDING), _filled([owners for _, owners in rows], tokens, OF_NONE),
                _filled(chosen, max(map(len, chosen)), -1))

    def _passage(self, chance: random.Random) -> list[int]:
        language = chance.choice(LANGUAGES)
        tokens = chance.randrange(*self._recipe.tokens_a_passage)
        source = self._run if chance.random() < self._recipe.run_share else self._strangers
        chosen: list[int] = []
        for position in source(language, chance):
            tokens -= len(self._sentences.ids[position])
            if chosen and tokens < 0:
                return chosen
            chosen.append(position)
        raise AssertionError("a source of sentences came to its end")

    def _run(self, language: Language, chance: random.Random) -> Iterator[int]:
        articles = self._articles[language]
        at = chance.randrange(len(articles))
        place = chance.randrange(len(articles[at].sentences))
        while True:
            article = articles[at % len(articles)]
            while place < len(article.sentences):
                joins = place < len(article.joined) and chance.random() < self._recipe.joined_share
                yield article.joined[place] if joins else article.sentences[place]
                place += 2 if joins else 1
            at, place = at + 1, 0

    def _strangers(self, language: Language, chance: random.Random) -> Iterator[int]:
        while True:
            article = self._articles[language][bisect(self._ends[language], chance.randrange(self._ends[language][-1]))]
            joins = len(article.joined) > 0 and chance.random() < self._recipe.joined_share
            yield chance.choice(article.joined if joins else article.sentences)


def _filled(rows: Sequence[Sequence[int]], length: int, filling: int) -> npt.NDArray[np.int64]:
    filled = np.full((len(rows), length), filling, np.int64)
    for row, values in enumerate(rows):
        filled[row, : len(values)] = values
    return filled


def _articles(parallel: Path, written: Path) -> Iterator[tuple[Language, list[str]]]:
    answered, _ = read_written(written)
    for language in LANGUAGES:
        for each in answered:
            yield language, sentences_of(each.passage.side(language))
        for path in sorted(parallel.glob(f"*.{language}.txt")):
            name = path.name.removesuffix(f".{language}.txt")
            lines, documents = read_lines(path), parallel / f"{name}.documents.txt"
            names = read_lines(documents) if documents.exists() else \
                [str(index // _LINES_AN_ARTICLE) for index in range(len(lines))]
            for _, group in groupby(zip(names, lines, strict=True), key=lambda row: row[0]):
                yield language, [line for _, line in group]
