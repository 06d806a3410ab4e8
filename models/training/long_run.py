"""Trains a network step by step, with checkpoints from which a stopped run goes on the same."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor

from encoder import Layers
from onnx_graph import FloatArray

CHECKPOINT_SECONDS = 300
CHECKPOINT_FILE = "checkpoint.pt"
Say = Callable[[str], None]


def say(message: str) -> None:
    """Prints one line with the time."""
    print(time.strftime("%H:%M:%S ") + message, flush=True)


class Pace(Protocol):
    """The settings of a run that say how far a step goes."""

    @property
    def learning_rate(self) -> float: ...
    @property
    def warm_up(self) -> float: ...
    @property
    def weight_decay(self) -> float: ...
    @property
    def clip(self) -> float: ...
    @property
    def averaging_decay(self) -> float: ...


def take_steps(
    network: Layers, steps: int, pace: Pace, loss_at: Callable[[int], tuple[str, Tensor]], folder: Path, say: Say
) -> dict[str, FloatArray]:
    """Trains `network` in place; returns the averaged weights by name.

    `loss_at` returns what kind of step it is, for the progress lines, and its loss. A checkpoint in `folder` is gone on
    from; one is written every five minutes.
    """
    parameters = [each for each in network.parameters() if each.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=pace.learning_rate, weight_decay=pace.weight_decay, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, _rate(steps, pace.warm_up))
    average = [each.detach().clone() for each in parameters]
    state = _Checkpoint(folder / CHECKPOINT_FILE, network, optimiser, schedule, average)
    first = state.load()
    progress = _Progress(first, steps, say)
    for step in range(first, steps):
        kind, loss = loss_at(step)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, pace.clip)
        optimiser.step()
        optimiser.zero_grad()
        schedule.step()
        with torch.no_grad():
            decay = min(pace.averaging_decay, (step + 1) / (step + 10))
            torch._foreach_lerp_(average, parameters, 1 - decay)
        progress.step(step + 1, kind, loss.item())
        state.save_now_and_then(step + 1)
    state.save(steps)
    with torch.no_grad():
        for parameter, mean in zip(parameters, average, strict=True):
            parameter.copy_(mean)
    return network.tensors()


def _rate(steps: int, warm_up: float) -> Callable[[int], float]:
    """Returns the share of the learning rate at a step: a straight rise, then a half cosine down."""
    rise = max(1, round(steps * warm_up))

    def share(step: int) -> float:
        if step < rise:
            return (step + 1) / rise
        return 0.5 * (1 + math.cos(math.pi * (step - rise) / max(1, steps - rise)))

    return share


class _Checkpoint:
    def __init__(self, file: Path, network: Layers, optimiser: torch.optim.Optimizer,
                 schedule: torch.optim.lr_scheduler.LRScheduler, average: list[Tensor]) -> None:
        self._file = file
        self._parts = {"encoder": network.weights, "optimiser": optimiser, "schedule": schedule}
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
