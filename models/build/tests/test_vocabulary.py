"""Which pieces stay, how they are spelled, and that the tokenizer made of them loads."""

import sys
import unittest
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).parent.parent))

from source_model import BLOCK, FourBit, Shape, SourceModel  # noqa: E402
from tokenizer_files import tokenizer_json  # noqa: E402
from vocabulary import kept_pieces, with_kept_pieces, with_one_spelling  # noqa: E402

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
KEPT = [*SPECIAL, "▁", "▁كتاب", "پ", "é", "ş", "25", "،", "€", "😀", "▁π", "\u064e", "٣"]
DROPPED = ["本", "▁книга", "λόγος", "हि", "한", "a本", "<mask>x本"]


def model_of(pieces: list[str], scores: list[float]) -> SourceModel:
    """Returns a model of these pieces; the row of piece i holds i in its first element."""
    nibbles = np.zeros((len(pieces), BLOCK), np.int8)
    nibbles[:, 0] = np.arange(len(pieces))
    words = FourBit(nibbles.reshape(-1), np.ones(len(pieces), np.float16))
    shape = Shape(BLOCK, 1, 1, BLOCK, len(pieces), 8, 1, layer_norm_epsilon=1e-12)
    return SourceModel(shape, pieces, np.array(scores, np.float32), {}, {"emb.word": words})


def tokenizer_of(model: SourceModel) -> Tokenizer:
    return Tokenizer.from_str(tokenizer_json(model).decode())


class VocabularyTest(unittest.TestCase):
    def test_arabic_latin_digits_and_signs_stay(self) -> None:
        pieces = KEPT + DROPPED
        self.assertEqual([pieces[index] for index in kept_pieces(pieces)], KEPT)

    def test_a_row_of_the_word_table_goes_with_its_piece(self) -> None:
        model = with_kept_pieces(model_of([*SPECIAL, "本", "▁a"], [0] * 6))
        self.assertEqual(model.pieces, [*SPECIAL, "▁a"])
        self.assertEqual(model.matrix("emb.word", BLOCK)[:, 0].tolist(), [0, 1, 2, 3, 5])

    def test_the_tokenizer_puts_text_between_begin_and_end(self) -> None:
        tokenizer = tokenizer_of(model_of([*SPECIAL, "▁", "▁كتاب", "a", "b", "▁a"], [0, 0, 0, 0, -2, -3, -4, -4, -5]))
        self.assertEqual(tokenizer.encode("كتاب\u200bab\u0007").tokens, ["<s>", "▁كتاب", "▁a", "b", "</s>"])
        self.assertEqual(tokenizer.encode("本本 a").tokens, ["<s>", "▁", "本本", "▁a", "</s>"])

    def test_one_spelling_keeps_the_likeliest_of_pieces_that_become_one(self) -> None:
        model = with_one_spelling(model_of([*SPECIAL, "▁الي", "▁إلى", "ه", "ة"], [0, 0, 0, 0, -9, -3, -5, -4]), {})
        self.assertEqual(model.pieces, [*SPECIAL, "▁الي", "ه"])
        self.assertEqual(model.matrix("emb.word", BLOCK)[4:, 0].tolist(), [5, 7])

    def test_one_spelling_obeys_what_is_preferred(self) -> None:
        model = with_one_spelling(model_of([*SPECIAL, "ه", "ة"], [0, 0, 0, 0, -4, -5]), {"ه": "ة"})
        self.assertEqual(model.matrix("emb.word", BLOCK)[4:, 0].tolist(), [5])

    def test_one_spelling_drops_what_text_preparation_takes_out(self) -> None:
        model = with_one_spelling(model_of([*SPECIAL, "\u064e", "ـ", "٣", "▁۲", "3", "ی"], [0] * 4 + [-1.0] * 6), {})
        self.assertEqual(model.pieces, [*SPECIAL, "3", "ی"])

    def test_a_misspelled_word_is_cut_like_the_correct_one(self) -> None:
        pieces = [*SPECIAL, "▁", "▁إلى", "▁المدرسة", "▁مؤتمر", *"اإأآىيهةوؤئ"]
        tokenizer = tokenizer_of(with_one_spelling(model_of(pieces, [0, 0, 0, 0, *(-2.0 - i for i in range(len(pieces) - 4))])))
        right, wrong = tokenizer.encode("إلى المدرسة مؤتمر"), tokenizer.encode("الي المدرسه موتمر")
        self.assertEqual(right.ids, wrong.ids)
        self.assertEqual(len(right.ids), 5)


if __name__ == "__main__":
    unittest.main()
