"""The sentence layers in PyTorch are those that the build writes, and keep sentences apart."""

import unittest

from tiny_model import SHAPE, tiny_model, tiny_tokenizer

import numpy as np
import torch
from calibration import calibrate
from embedder import open_session
from encoder import PADDING, Encoder
from passage_layout import OF_ALL, frame, lay_out, plain_ids
from sentence_graph import HIDDEN_STATES, SENTENCE_IDS, sentence_bytes
from sentence_layers import OF_NONE, SentenceLayers

COUNT = 1
LAYERS = range(SHAPE.layers - COUNT, SHAPE.layers)
SENTENCES = ["من بنى الجسر؟", "a bridge.", "12", "كلمة"]


class SentenceLayersTest(unittest.TestCase):
    def setUp(self) -> None:
        self.model = tiny_model()
        encoder, tokenizer = Encoder.of(self.model), tiny_tokenizer()
        self.layers = SentenceLayers.of(encoder, COUNT)
        self.ids, self.sentence_of = lay_out([plain_ids(tokenizer, text) for text in SENTENCES], *frame(tokenizer))
        with torch.no_grad():
            self.hidden = encoder.hidden_states(torch.tensor([self.ids]), self.layers.before).numpy()
        self.feed = {HIDDEN_STATES: self.hidden, SENTENCE_IDS: np.array([self.sentence_of], np.int64)}

    def vectors(self, hidden: np.ndarray, sentence_of: list[int]) -> np.ndarray:
        with torch.no_grad():
            return self.layers(torch.from_numpy(hidden), torch.tensor([sentence_of]), len(SENTENCES))[0].numpy()

    def test_give_what_the_float_graph_gives(self) -> None:
        (found,) = open_session(sentence_bytes(self.model, LAYERS, None)).run(None, self.feed)
        self.assertEqual(found.shape, (len(SENTENCES), SHAPE.hidden))
        np.testing.assert_allclose(found, self.vectors(self.hidden, self.sentence_of), atol=2e-5)

    def test_are_near_to_the_graph_in_eight_bits(self) -> None:
        reference = sentence_bytes(self.model, LAYERS, None)
        calibration = calibrate(reference, LAYERS, HIDDEN_STATES, [self.feed])
        (found,) = open_session(sentence_bytes(self.model, LAYERS, calibration)).run(None, self.feed)
        cosines = (found * self.vectors(self.hidden, self.sentence_of)).sum(axis=1)
        self.assertGreater(cosines.min(), 0.995)

    def test_a_sentence_does_not_depend_on_the_tokens_of_others(self) -> None:
        other = np.array([number not in (0, OF_ALL) for number in self.sentence_of])
        changed = self.hidden.copy()
        changed[0, other] = np.random.default_rng(1).normal(size=(other.sum(), SHAPE.hidden))
        session = open_session(sentence_bytes(self.model, LAYERS, None))
        (graph,) = session.run(None, {**self.feed, HIDDEN_STATES: changed})
        for name, found in {"PyTorch": self.vectors(changed, self.sentence_of), "the graph": graph}.items():
            with self.subTest(name):
                before = self.vectors(self.hidden, self.sentence_of)
                np.testing.assert_allclose(found[0], before[0], atol=2e-5)
                self.assertGreater(np.abs(found[1:] - before[1:]).max(), 0.05)

    def test_a_sentence_depends_on_the_tokens_of_none(self) -> None:
        changed = self.hidden.copy()
        changed[0, np.array(self.sentence_of) == OF_ALL] += 1
        moved = np.abs(self.vectors(changed, self.sentence_of) - self.vectors(self.hidden, self.sentence_of))
        self.assertGreater(moved.max(axis=1).min(), 1e-3)

    def test_a_filled_up_row_gives_the_same_and_a_number_without_tokens_zeros(self) -> None:
        filled = np.concatenate([self.hidden, np.full((1, 5, SHAPE.hidden), 3, np.float32)], axis=1)
        with torch.no_grad():
            numbers = torch.tensor([[*self.sentence_of, *[OF_NONE] * 5]])
            found = self.layers(torch.from_numpy(filled), numbers, len(SENTENCES) + 1)[0].numpy()
        np.testing.assert_allclose(found[:-1], self.vectors(self.hidden, self.sentence_of), atol=1e-5)
        self.assertFalse(found[-1].any())

    def test_begin_as_the_encoder_s_last_layers(self) -> None:
        """Of one sentence that is all of the row, they make what the encoder makes of it."""
        encoder = Encoder.of(self.model)
        with torch.no_grad():
            alone = encoder(torch.tensor([[*self.ids, PADDING]]))[0].numpy()
            whole = self.layers(torch.from_numpy(self.hidden), torch.zeros(1, len(self.ids), dtype=torch.int64), 1)
        np.testing.assert_allclose(whole[0, 0].numpy(), alone, atol=1e-5)
        self.assertEqual(set(self.layers.tensors()), {name for name in encoder.tensors() if name.startswith("l1.")})


if __name__ == "__main__":
    unittest.main()
