"""The reader of the source file, on a file made by hand."""

import struct
import sys
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from source_model import FourBit, SourceFileError, parse_source, read_source  # noqa: E402

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁كتاب", "s"]


def tiny_file() -> bytes:
    """Returns a file with six pieces, one replacement and two tensors."""
    header = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 1, 64, 6, 8, 2, 1e-12, 32)
    encoded = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0] + [len(piece) for piece in encoded])
    vocabulary = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, ends[-1])
    vocabulary += struct.pack("<7I", *ends) + struct.pack("<6f", 0, 0, 0, 0, -3.5, -5) + b"".join(encoded)
    entry = struct.pack("<IB2I", ord("ﬁ"), 2, ord("f"), ord("i"))
    replacements = struct.pack("<iI", 1, len(entry)) + entry
    block = np.float16(0.5).tobytes() + bytes([0x0F] + [0x88] * 15)
    floats = struct.pack("<2f", 1.5, -2)
    names = struct.pack("<H", 1) + b"w", struct.pack("<H", 1) + b"b"
    before = len(header + vocabulary + replacements) + 4 + 2 * (3 + 21)
    tensors = struct.pack("<i", 2)
    tensors += names[0] + struct.pack("<BIQQ", 1, 32, before, len(block))
    tensors += names[1] + struct.pack("<BIQQ", 0, 2, before + len(block), len(floats))
    return header + vocabulary + replacements + tensors + block + floats


class SourceModelTest(unittest.TestCase):
    def setUp(self) -> None:
        self.model = parse_source(tiny_file())

    def test_reads_the_shape_the_pieces_and_the_replacements(self) -> None:
        self.assertEqual((self.model.shape.hidden, self.model.shape.feed_forward), (32, 64))
        self.assertEqual(self.model.pieces, PIECES)
        self.assertEqual(self.model.scores.tolist()[4:], [-3.5, -5])
        self.assertEqual(self.model.replacements, {"ﬁ": "fi"})

    def test_low_nibbles_are_the_first_sixteen_weights(self) -> None:
        weights = self.model.tensors["w"]
        self.assertIsInstance(weights, FourBit)
        values = self.model.float_tensor("w")
        self.assertEqual(values[0], (15 - 8) * 0.5)
        self.assertEqual(values[16], (0 - 8) * 0.5)
        self.assertEqual(set(values[1:16]) | set(values[17:]), {0})

    def test_reads_float_tensors(self) -> None:
        self.assertEqual(self.model.float_tensor("b").tolist(), [1.5, -2])

    def test_refuses_another_format(self) -> None:
        with self.assertRaises(SourceFileError):
            parse_source(b"GGUF" + tiny_file()[4:])

    def test_refuses_a_file_with_another_sha256(self) -> None:
        with self.assertRaises(SourceFileError):
            read_source(Path(__file__))


if __name__ == "__main__":
    unittest.main()
