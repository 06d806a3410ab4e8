"""The few channels of the encoder whose values dwarf all others.

With one scale for a whole tensor, one value of 68 among values under 5 costs all the others
four bits. Which channels are loud depends on the weights alone, not on the text, so they are
found once (find_loud_channels.py), kept in loud-channels.json, and treated apart:

- inner: the loudest of the 1,536 channels inside each feed-forward layer. It is computed in
  float32, beside the int8 product.
- attention_input, feed_forward_input: channels of the 384 that are divided by a power of two
  before they are quantised; their weights are multiplied by it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onnx_graph import FloatArray

LOUD_CHANNELS_FILE = Path(__file__).parent / "loud-channels.json"


@dataclass(frozen=True)
class LoudChannels:
    """What is loud in one layer; the dictionaries say by what a channel is divided."""

    inner: list[int]
    attention_input: dict[int, int]
    feed_forward_input: dict[int, int]


def read_loud_channels(path: Path = LOUD_CHANNELS_FILE) -> list[LoudChannels]:
    """Returns the loud channels of each layer."""
    layers = json.loads(path.read_text(encoding="utf-8"))["layers"]
    return [
        LoudChannels(layer["inner"], _integer_keys(layer["attentionInput"]), _integer_keys(layer["feedForwardInput"]))
        for layer in layers
    ]


def factors(divisors: dict[int, int], channels: int) -> FloatArray:
    """Returns what each channel is multiplied by: 1, or a negative power of two."""
    values = np.ones(channels, np.float32)
    for channel, divisor in divisors.items():
        values[channel] = 1 / divisor
    return values


def _integer_keys(divisors: dict[str, int]) -> dict[int, int]:
    return {int(channel): divisor for channel, divisor in divisors.items()}
