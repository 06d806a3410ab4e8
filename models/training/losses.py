"""What a step is judged by. All embeddings have unit length; every loss is a mean over its batch."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def distance_to(targets: Tensor, embeddings: Tensor) -> Tensor:
    """Returns 1 − cosine to the target; both [texts, hidden]."""
    return (1 - (embeddings * targets).sum(dim=-1)).mean()


def pair_contrast(arabic: Tensor, english: Tensor, temperature: float) -> Tensor:
    """Returns the symmetric cross-entropy of finding each text's translation among the batch's; [pairs, hidden] both."""
    logits = arabic @ english.T / temperature
    right = torch.arange(len(logits))
    return (functional.cross_entropy(logits, right) + functional.cross_entropy(logits.T, right)) / 2


def relation_distance(student: Tensor, teacher: Tensor, temperature: float) -> Tensor:
    """Returns the Kullback–Leibler divergence of rankings: how far the student's order of passages is from the teacher's.

    Both are similarities, [questions, passages].
    """
    wanted = functional.softmax(teacher / temperature, dim=-1)
    return functional.kl_div(functional.log_softmax(student / temperature, dim=-1), wanted, reduction="batchmean")


def answer_contrast(similarities: Tensor, answers: Tensor, temperature: float) -> Tensor:
    """Returns the cross-entropy of finding the passage that answers among the batch's; [questions, passages]."""
    return functional.cross_entropy(similarities / temperature, answers)
