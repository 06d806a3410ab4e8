"""The settings of a run. The defaults are what the shipped model was trained with."""

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
