"""The few channels of the encoder whose values dwarf all others.

With one scale for a whole tensor, one value of 68 among values under 5 costs all the others
four bits. Which channels are loud depends on the weights alone, not on the text, so they are
found once (find_loud_channels.py), kept in loud-channels.json, and treated apart:

- inner: the loudest of the 1,536 channels inside each feed-forward layer. It is computed in
  float32, beside the int8 product.
- attention_input, feed_forward_input: by what each channel of the 384 is multiplied before it is
  quantised (1, or a negative power of two); its weights are divided by it.

A calibrated model (calibration.py) measures its own channels instead, all of them.
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
    """What is loud in one layer; the arrays [channels] say by what a channel is multiplied."""

    inner: list[int]
    attention_input: FloatArray
    feed_forward_input: FloatArray


def read_loud_channels(channels: int, path: Path = LOUD_CHANNELS_FILE) -> list[LoudChannels]:
    """Returns the loud channels of each layer."""
    layers = json.loads(path.read_text(encoding="utf-8"))["layers"]
    return [
        LoudChannels(layer["inner"], _factors(layer["attentionInput"], channels),
                     _factors(layer["feedForwardInput"], channels))
        for layer in layers
    ]


def _factors(divisors: dict[str, int], channels: int) -> FloatArray:
    values = np.ones(channels, np.float32)
    for channel, divisor in divisors.items():
        values[int(channel)] = 1 / divisor
    return values
