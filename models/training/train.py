"""Trains the encoder: what each batch is judged by."""

from __future__ import annotations

import random
from pathlib import Path

import torch
from torch import Tensor

from batches import Batch
from calibration_text import LANGUAGES
from encoder import Encoder, fast_products, pad
from lessons import Lessons, Reader, rows
from long_run import Say, take_steps
from losses import answer_contrast, distance_to, pair_contrast, relation_distance
from onnx_graph import FloatArray
from recipe import Recipe


def train(
    encoder: Encoder, lessons: Lessons, reader: Reader, batches: list[Batch], recipe: Recipe, folder: Path, say: Say
) -> dict[str, FloatArray]:
    """Trains `encoder` in place through all `batches`; returns the averaged weights by name.

    A checkpoint in `folder` is gone on from; one is written every five minutes.
    """

    def loss_at(step: int) -> tuple[str, Tensor]:
        batch = batches[step]
        with fast_products():
            if batch.kind == "pairs":
                return batch.kind, _pair_loss(encoder, lessons, reader, batch, recipe)
            return batch.kind, _answer_loss(encoder, lessons, reader, batch, recipe)

    return take_steps(encoder, len(batches), recipe, loss_at, folder, say)


def _pair_loss(encoder: Encoder, lessons: Lessons, reader: Reader, batch: Batch, recipe: Recipe) -> Tensor:
    members = list(batch.members)
    arabic = encoder(pad([reader.ids(index, "ar") for index in members]))
    english = encoder(pad([reader.ids(index, "en") for index in members]))
    wanted = torch.from_numpy(rows(lessons.targets, members))
    distance = distance_to(wanted, arabic) + distance_to(wanted, english)
    return distance / 2 + recipe.contrast_weight * pair_contrast(arabic, english, recipe.temperature)


def _answer_loss(encoder: Encoder, lessons: Lessons, reader: Reader, batch: Batch, recipe: Recipe) -> Tensor:
    """Each passage comes in both languages, with some of its questions in both; every question meets every passage."""
    chance = random.Random(batch.seed)
    passages = [lessons.answers[member][0] for member in batch.members]
    asked = [(index, place) for place, member in enumerate(batch.members)
             for index in chance.sample(lessons.answers[member][1],
                                        min(recipe.questions_each, len(lessons.answers[member][1])))]
    questions, answers = [index for index, _ in asked], torch.tensor([place for _, place in asked])

    def both(positions: list[int]) -> Tensor:
        return encoder(pad([reader.ids(index, language) for language in LANGUAGES for index in positions]))

    question, passage = both(questions), both(passages)
    wanted_questions = torch.from_numpy(rows(lessons.targets, questions)).repeat(2, 1)
    wanted_passages = torch.from_numpy(rows(lessons.targets, passages)).repeat(2, 1)
    distance = (distance_to(wanted_questions, question) + distance_to(wanted_passages, passage)) / 2
    found = question @ passage.T
    teacher = torch.from_numpy(rows(lessons.english, questions) @ rows(lessons.english, passages).T).repeat(2, 2)
    count, answers = len(passages), answers.repeat(2)
    contrast = sum((answer_contrast(part, answers, recipe.temperature) for part in (found[:, :count], found[:, count:])),
                   start=torch.zeros(())) / 2
    return distance + recipe.relation_weight * relation_distance(found, teacher, recipe.temperature) \
        + recipe.answer_weight * contrast
