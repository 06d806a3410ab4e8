"""What a run is taught: the texts, their targets, and the plan of its batches."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from batches import Batch, interleave, pair_batches, topic_batches
from calibration_text import LANGUAGES, Language
from embed_texts import to_ids
from onnx_graph import FloatArray
from parallel_text import Pair, aligned_sentences, read_parallel, read_written
from recipe import Recipe
from teacher import Centres, Embed, base_vectors, centred, targets

HELD_OUT_EVERY = 40


@dataclass(frozen=True)
class Lessons:
    """Texts by position, and what each is to become. Questions of an answered passage are pairs like any other."""

    pairs: list[Pair]
    targets: FloatArray
    english: FloatArray
    #: Positions in `pairs` of each answered passage and of its questions.
    answers: list[tuple[int, tuple[int, ...]]]
    #: Positions that are taught as pairs; questions and passages that belong together come in `answers`.
    alone: list[int]
    #: Every 40th sentence and question of the parallel text: never taught.
    held_out: list[Pair]


def prepare_lessons(
    parallel: Path, written: Path, recipe: Recipe, centres: Centres, embed: Embed, cache: Path
) -> Lessons:
    """Reads all texts and computes their targets with the base model (minutes; kept in `cache`)."""
    chance = random.Random(recipe.seed)
    whole = read_parallel(parallel)
    held_out = [pair for index, pair in enumerate(whole) if index % HELD_OUT_EVERY == 0 and pair.role != "passage"]
    hidden = set(held_out)
    taught = [pair for pair in whole if pair not in hidden]
    asked = [Pair(pair.ar, pair.en, "query", f"{pair.source} asked")
             for pair in taught if pair.role == "sentence" and chance.random() < recipe.asked_share]
    answered, names = read_written(written)
    sentences = [sentence for each in answered for sentence in aligned_sentences(each.passage)]
    pairs = taught + asked + names + sentences
    alone = list(range(len(pairs)))
    answers = []
    for each in answered:
        first = len(pairs)
        pairs += [each.passage, *each.questions]
        answers.append((first, tuple(range(first + 1, first + 1 + len(each.questions)))))
    sides = centred(pairs, base_vectors(pairs, embed, cache), centres)
    return Lessons(pairs, targets(sides, recipe.english_share), sides["en"], answers, alone, held_out)


def plan(lessons: Lessons, recipe: Recipe, token_counts: list[int]) -> list[Batch]:
    """Returns the batches of the whole run. `token_counts` says how long each pair is."""
    chance = random.Random(recipe.seed)
    pairs = _rounds(recipe.pair_rounds, lambda: [
        [lessons.alone[index] for index in batch]
        for batch in pair_batches([token_counts[index] for index in lessons.alone], recipe.tokens_a_batch, chance)])
    topics = lessons.english[[passage for passage, _ in lessons.answers]]
    answers = _rounds(recipe.answer_rounds, lambda: topic_batches(topics, recipe.answers_a_batch, chance))
    return interleave([
        [Batch("pairs", tuple(members), chance.getrandbits(32)) for members in pairs],
        [Batch("answers", tuple(members), chance.getrandbits(32)) for members in answers],
    ], chance)


def _rounds(count: float, batches_of_a_round: Callable[[], list[list[int]]]) -> list[list[int]]:
    """Returns the batches of `count` rounds; of a last round that is not whole, its first part."""
    batches: list[list[int]] = []
    while count > 0:
        part = batches_of_a_round()
        batches += part[: round(len(part) * min(1, count))]
        count -= 1
    return batches


class Reader:
    """Cuts sides of pairs into the tokens that the student reads."""

    def __init__(self, tokenizer: Tokenizer, pairs: list[Pair]) -> None:
        self._tokenizer = tokenizer
        self._pairs = pairs
        self._known: dict[tuple[int, Language], list[int]] = {}

    def ids(self, index: int, language: Language) -> list[int]:
        """Returns the token ids of one side."""
        if (index, language) not in self._known:
            pair = self._pairs[index]
            self._known[index, language] = to_ids(self._tokenizer, pair.role, pair.side(language))
        return self._known[index, language]

    def longest(self) -> list[int]:
        """Returns the tokens of each pair's longer side."""
        return [max(len(self.ids(index, language)) for language in LANGUAGES) for index in range(len(self._pairs))]


def rows(vectors: FloatArray, positions: list[int]) -> FloatArray:
    """Returns the rows of `vectors` at `positions`, contiguous."""
    return np.ascontiguousarray(vectors[positions])
