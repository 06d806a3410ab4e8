"""Trains the encoder, with checkpoints from which a stopped run goes on the same."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor

from batches import Batch
from calibration_text import LANGUAGES
from encoder import Encoder, fast_products, pad
from lessons import Lessons, Reader, rows
from losses import answer_contrast, distance_to, pair_contrast, relation_distance
from onnx_graph import FloatArray
from recipe import Recipe

CHECKPOINT_SECONDS = 300
CHECKPOINT_FILE = "checkpoint.pt"
Say = Callable[[str], None]


def train(
    encoder: Encoder, lessons: Lessons, reader: Reader, batches: list[Batch], recipe: Recipe, folder: Path, say: Say
) -> dict[str, FloatArray]:
    """Trains `encoder` in place through all `batches`; returns the averaged weights by name.

    A checkpoint in `folder` is gone on from; one is written every five minutes.
    """
    parameters = [each for each in encoder.parameters() if each.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=recipe.learning_rate, weight_decay=recipe.weight_decay, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, _rate(len(batches), recipe.warm_up))
    average = [each.detach().clone() for each in parameters]
    state = _Checkpoint(folder / CHECKPOINT_FILE, encoder, optimiser, schedule, average)
    first = state.load()
    progress = _Progress(first, len(batches), say)
    for step in range(first, len(batches)):
        batch = batches[step]
        with fast_products():
            loss = _pair_loss(encoder, lessons, reader, batch, recipe) if batch.kind == "pairs" else \
                _answer_loss(encoder, lessons, reader, batch, recipe)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, recipe.clip)
        optimiser.step()
        optimiser.zero_grad()
        schedule.step()
        with torch.no_grad():
            decay = min(recipe.averaging_decay, (step + 1) / (step + 10))
            torch._foreach_lerp_(average, parameters, 1 - decay)
        progress.step(step + 1, batch.kind, loss.item())
        state.save_now_and_then(step + 1)
    state.save(len(batches))
    with torch.no_grad():
        for parameter, mean in zip(parameters, average, strict=True):
            parameter.copy_(mean)
    return encoder.tensors()


def _rate(steps: int, warm_up: float) -> Callable[[int], float]:
    """Returns the share of the learning rate at a step: a straight rise, then a half cosine down."""
    rise = max(1, round(steps * warm_up))

    def share(step: int) -> float:
        if step < rise:
            return (step + 1) / rise
        return 0.5 * (1 + math.cos(math.pi * (step - rise) / max(1, steps - rise)))

    return share


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


class _Checkpoint:
    def __init__(self, file: Path, encoder: Encoder, optimiser: torch.optim.Optimizer,
                 schedule: torch.optim.lr_scheduler.LRScheduler, average: list[Tensor]) -> None:
        self._file = file
        self._parts = {"encoder": encoder.weights, "optimiser": optimiser, "schedule": schedule}
        self._average = average
        self._saved_at = time.monotonic()

    def load(self) -> int:
        """Returns the step to go on from; 0 when there is no checkpoint."""
        if not self._file.exists():
            return 0
        kept = torch.load(self._file, weights_only=True)
        for name, part in self._parts.items():
            part.load_state_dict(kept[name])
        for mean, values in zip(self._average, kept["average"], strict=True):
            mean.copy_(values)
        return int(kept["step"])

    def save_now_and_then(self, step: int) -> None:
        if time.monotonic() - self._saved_at >= CHECKPOINT_SECONDS:
            self.save(step)

    def save(self, step: int) -> None:
        """Writes beside the old checkpoint, then takes its place."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._file.with_suffix(".part")
        torch.save({"step": step, "average": self._average,
                    **{name: part.state_dict() for name, part in self._parts.items()}}, unfinished)
        unfinished.replace(self._file)
        self._saved_at = time.monotonic()


class _Progress:
    def __init__(self, first: int, steps: int, say: Say) -> None:
        self._first, self._steps, self._say = first, steps, say
        self._started = self._said = time.monotonic()
        self._losses: dict[str, list[float]] = {}

    def step(self, done: int, kind: str, loss: float) -> None:
        self._losses.setdefault(kind, []).append(loss)
        now = time.monotonic()
        if now - self._said < 20 and done < self._steps:
            return
        rate = (done - self._first) / (now - self._started)
        losses = ", ".join(f"{kind} {sum(values) / len(values):.4f}" for kind, values in sorted(self._losses.items()))
        self._say(f"step {done} of {self._steps}, {rate:.2f} a second, "
                  f"{(self._steps - done) / rate / 60:.1f} minutes left; loss: {losses}")
        self._said, self._losses = now, {}
