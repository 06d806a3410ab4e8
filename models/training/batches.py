"""Plans every batch of a run beforehand from its seed, so that a run that was stopped goes on the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from encoder import padded_length
from onnx_graph import FloatArray


@dataclass(frozen=True)
class Batch:
    """Positions in the list of pairs, or in the list of answered passages."""

    kind: Literal["pairs", "answers"]
    members: tuple[int, ...]
    seed: int


def pair_batches(lengths: Sequence[int], tokens: int, chance: random.Random) -> list[list[int]]:
    """Returns all positions, in batches of one padded length with about `tokens` tokens a language, shuffled.

    All batches of a length have as many rows; the last one is filled up with others of its length.
    """
    by_length: dict[int, list[int]] = {}
    for index, length in enumerate(lengths):
        by_length.setdefault(padded_length(length), []).append(index)
    batches = []
    for length, members in sorted(by_length.items()):
        chance.shuffle(members)
        size = max(1, tokens // length)
        missing = -len(members) % size
        members += chance.choices(members, k=missing)
        batches += [members[start : start + size] for start in range(0, len(members), size)]
    chance.shuffle(batches)
    return batches


def topic_batches(topics: FloatArray, size: int, chance: random.Random) -> list[list[int]]:
    """Returns the rows of `topics`, each batch a seed row and its nearest neighbours that are left.

    Passages on like subjects are each other's wrong answers: a batch of strangers teaches little. All batches have
    `size` rows; what does not fill one is left for another round.
    """
    left = list(range(len(topics)))
    chance.shuffle(left)
    batches = []
    while len(left) >= size:
        rest = np.array(left)
        nearest = np.argsort(-(topics[rest] @ topics[left[0]]), kind="stable")[:size]
        chosen = set(rest[nearest].tolist())
        batches.append([index for index in left if index in chosen])
        left = [index for index in left if index not in chosen]
    chance.shuffle(batches)
    return batches


def interleave(plans: Sequence[Sequence[Batch]], chance: random.Random) -> list[Batch]:
    """Returns the batches of all plans, each plan in its own order, spread evenly at random."""
    turns = [number for number, plan in enumerate(plans) for _ in plan]
    chance.shuffle(turns)
    upcoming = [iter(plan) for plan in plans]
    return [next(upcoming[turn]) for turn in turns]
