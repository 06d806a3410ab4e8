"""The settings of the two runs. The defaults are what the shipped model was trained with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """All that a run depends on beside its texts and the base model."""

    seed: int = 1
    #: Times that every pair is seen, and every answered passage.
    pair_rounds: float = 1.0
    answer_rounds: float = 2.0
    #: Tokens of one language in a batch of pairs; answered passages in a batch of those.
    tokens_a_batch: int = 1024
    answers_a_batch: int = 12
    questions_each: int = 2
    learning_rate: float = 5e-5
    warm_up: float = 0.06
    weight_decay: float = 0.01
    clip: float = 1.0
    #: What English counts in a pair's target; Arabic counts the rest.
    english_share: float = 0.6
    #: Share of sentences that are also read as questions.
    asked_share: float = 0.25
    #: Weights of the losses beside the distance to the target.
    contrast_weight: float = 0.05
    relation_weight: float = 0.1
    answer_weight: float = 0.1
    temperature: float = 0.05
    #: The weights that are evaluated are a running mean over about 1 ÷ (1 − decay) steps.
    averaging_decay: float = 0.99
    #: How far from the base model to the tuned one the shipped weights lie.
    distance_from_base: float = 0.7


@dataclass(frozen=True)
class SentenceRecipe:
    """All that training the sentence layers depends on beside its texts and the model that they are added to."""

    seed: int = 1
    #: Layers that passages and sentences do not share.
    layers: int = 3
    steps: int = 5500
    passages_a_batch: int = 64
    #: How long a passage is, prefix and special tokens apart: least, and one more than most.
    tokens_a_passage: tuple[int, int] = (40, 380)
    #: Share of passages that are runs of an article; the others are sentences from anywhere.
    run_share: float = 0.5
    #: Share of sentences that are joined with the next.
    joined_share: float = 0.35
    learning_rate: float = 3e-4
    warm_up: float = 0.03
    weight_decay: float = 0.01
    clip: float = 1.0
    averaging_decay: float = 0.99
    #: Weight of the loss beside the distance to the target: how unlike the order is in which sentences find one another.
    relation_weight: float = 0.3
    temperature: float = 0.05
