"""Which tokens a passage has, and whose they are."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "training" / "tests"))

from tiny_model import tiny_model, tiny_tokenizer  # noqa: E402  (finds the packages)

from embedder import token_ids  # noqa: E402
from passage_layout import OF_ALL, frame, lay_out, lay_out_passage, plain_ids  # noqa: E402
from tokenizer_files import MAXIMUM_TOKENS, tokenizer_json  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

OPENING, CLOSING = [0, 7], [2]


class LayOutTest(unittest.TestCase):
    def test_puts_sentences_one_after_another_and_numbers_their_tokens(self) -> None:
        ids, sentence_of = lay_out([[10, 11], [12]], OPENING, CLOSING)
        self.assertEqual(ids, [0, 7, 10, 11, 12, 2])
        self.assertEqual(sentence_of, [OF_ALL, OF_ALL, 0, 0, 1, OF_ALL])

    def test_cuts_at_what_the_model_reads_and_keeps_the_closing_token(self) -> None:
        room = MAXIMUM_TOKENS - len(OPENING) - len(CLOSING)
        for more in (0, 1, 300):
            with self.subTest(more):
                ids, sentence_of = lay_out([[10] * 200, [11] * (room - 200 + more)], OPENING, CLOSING)
                self.assertEqual((len(ids), len(sentence_of)), (MAXIMUM_TOKENS, MAXIMUM_TOKENS))
                self.assertEqual(ids[-2:], [11, 2])
                self.assertEqual(sentence_of[-2:], [1, OF_ALL])

    def test_a_sentence_behind_the_cut_has_no_tokens(self) -> None:
        _, sentence_of = lay_out([[10] * 600, [11]], OPENING, CLOSING)
        self.assertEqual(set(sentence_of), {OF_ALL, 0})


class LayOutPassageTest(unittest.TestCase):
    def setUp(self) -> None:
        self.tokenizer = tiny_tokenizer()

    def test_gives_the_ids_of_the_passage(self) -> None:
        for between in (" ", "\n", " \u200f\u00a0 "):
            sentences = ["ab c.", "هَل بـــنى؟", "٣ x"]
            text = between.join(sentences)
            ids, sentence_of = lay_out_passage(self.tokenizer, text, sentences) or ([], [])
            self.assertEqual(ids, token_ids(self.tokenizer, "passage", text).tolist())
            own = [plain_ids(self.tokenizer, sentence) for sentence in sentences]
            opening, closing = frame(self.tokenizer)
            self.assertEqual(sentence_of, [OF_ALL] * len(opening) + [0] * len(own[0]) + [1] * len(own[1]) + [2] * len(own[2])
                             + [OF_ALL] * len(closing))

    def test_gives_nothing_where_sentences_are_not_the_passage(self) -> None:
        cases = {
            "no space between them": ("ab.cd", ["ab.", "cd"]),
            "something left out": ("ab. cd ef", ["ab.", "ef"]),
            "one without tokens": ("ab. ـــ", ["ab.", "ـــ"]),
            "none at all": ("ab", []),
        }
        for name, (passage, sentences) in cases.items():
            with self.subTest(name):
                self.assertIsNone(lay_out_passage(self.tokenizer, passage, sentences))

    def test_gives_nothing_where_the_passage_is_cut(self) -> None:
        tokenizer = Tokenizer.from_str(tokenizer_json(tiny_model()).decode())
        tokenizer.enable_truncation(MAXIMUM_TOKENS)
        room = MAXIMUM_TOKENS - sum(map(len, frame(tokenizer)))
        sentences = ["a " * 20 + "a", ("b " * (room - 21)).strip()]
        ids, _ = lay_out_passage(tokenizer, " ".join(sentences), sentences) or ([], [])
        self.assertEqual(len(ids), MAXIMUM_TOKENS)
        sentences[1] += " b"
        self.assertIsNone(lay_out_passage(tokenizer, " ".join(sentences), sentences))
        self.assertIsNone(lay_out_passage(tokenizer, " ".join(sentences) + " b", sentences[:1] + [sentences[1][:-2]]))


if __name__ == "__main__":
    unittest.main()
