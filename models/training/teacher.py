"""The vectors that the model learns to give: those of the base model, freed of language and role.

A pair's target is the weighted mean of the base model's two vectors, each centred by language and
role (see `compute_centres.py`), at unit length. Both languages of a text are pulled to it, as a
question and as a passage, so that the tuned space needs no centring.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from calibration_text import LANGUAGES, Language
from onnx_graph import FloatArray
from parallel_text import Pair

Embed = Callable[[list[Pair], Language], FloatArray]
Centres = dict[str, dict[str, list[float]]]
NAMES_SOURCE = "written names"


def base_vectors(pairs: Sequence[Pair], embed: Embed, cache: Path) -> dict[Language, FloatArray]:
    """Returns the base model's raw vectors of both sides, each [pairs, hidden]; computed once, kept in `cache`."""
    key = hashlib.sha256("\n".join(f"{pair.role}\t{pair.ar}\t{pair.en}" for pair in pairs).encode()).hexdigest()
    file = cache / f"base-{key[:16]}.npz"
    if file.exists():
        with np.load(file) as kept:
            return {language: kept[language] for language in LANGUAGES}
    vectors = {language: embed(list(pairs), language) for language in LANGUAGES}
    cache.mkdir(parents=True, exist_ok=True)
    np.savez(file, **vectors)
    return vectors


def centred(pairs: Sequence[Pair], vectors: dict[Language, FloatArray], centres: Centres) -> dict[Language, FloatArray]:
    """Returns `vectors` without what only says a language and a role. Names are centred by their own mean."""
    result = {}
    is_name = np.array([pair.source == NAMES_SOURCE for pair in pairs])
    for language in LANGUAGES:
        means = np.array([centres[language][pair.role] for pair in pairs], np.float32)
        if is_name.any():
            means[is_name] = vectors[language][is_name].mean(axis=0)
        result[language] = unit(vectors[language] - means)
    return result


def targets(sides: dict[Language, FloatArray], english_share: float) -> FloatArray:
    """Returns the mean of the two sides, English counting `english_share` of 1; [pairs, hidden], unit length."""
    return unit(english_share * sides["en"] + (1 - english_share) * sides["ar"])


def unit(vectors: FloatArray) -> FloatArray:
    """Returns the vectors at unit length."""
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True).clip(1e-9)
