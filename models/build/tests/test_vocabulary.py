"""Which pieces stay, and that the tokenizer made of them loads."""

import sys
import unittest
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).parent.parent))

from tokenizer_files import tokenizer_json  # noqa: E402
from vocabulary import kept_pieces  # noqa: E402

KEPT = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁كتاب", "پ", "é", "ş", "25", "،", "€", "😀", "▁π", "\u064e", "٣"]
DROPPED = ["本", "▁книга", "λόγος", "हि", "한", "a本", "<mask>x本"]


class VocabularyTest(unittest.TestCase):
    def test_arabic_latin_digits_and_signs_stay(self) -> None:
        pieces = KEPT + DROPPED
        self.assertEqual([pieces[index] for index in kept_pieces(pieces)], KEPT)

    def test_the_tokenizer_puts_text_between_begin_and_end(self) -> None:
        pieces = [*KEPT[:4], "▁", "▁كتاب", "a", "b", "▁a"]
        scores = np.array([0, 0, 0, 0, -2, -3, -4, -4, -5], np.float32)
        tokenizer = Tokenizer.from_str(tokenizer_json(pieces, scores).decode())
        self.assertEqual(tokenizer.encode("كتاب\u200bab\u0007").tokens, ["<s>", "▁كتاب", "▁a", "b", "</s>"])
        self.assertEqual(tokenizer.encode("本本 a").tokens, ["<s>", "▁", "本本", "▁a", "</s>"])


if __name__ == "__main__":
    unittest.main()
