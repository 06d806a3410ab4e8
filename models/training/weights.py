"""Weights as files: float32 tensors by their names in the source file, flat, in one `.npz`."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from onnx_graph import FloatArray

Weights = dict[str, FloatArray]


def save_weights(file: Path, weights: Weights) -> None:
    """Writes beside the old file, then takes its place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.stem}.part.npz")
    np.savez(unfinished, **weights)
    unfinished.replace(file)


def load_weights(file: Path) -> Weights:
    """Returns what `save_weights` wrote."""
    with np.load(file) as kept:
        return {name: kept[name] for name in kept.files}


def between(base: Weights, tuned: Weights, distance: float) -> Weights:
    """Returns the weights that lie `distance` of the way from `base` (0) to `tuned` (1)."""
    return {name: ((1 - distance) * base[name] + distance * values).astype(np.float32)
            for name, values in tuned.items()}
