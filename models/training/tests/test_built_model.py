"""What is read back out of a model folder is what was built into it, as far as eight bits hold it."""

import tempfile
import unittest
from pathlib import Path

from tiny_model import SHAPE, tiny_model, tiny_tokenizer

import numpy as np
import torch
from build_model import build_model
from built_model import read_built_model
from calibration import INNER_APART, calibrate, text_feed
from embed_texts import to_ids
from encoder import Encoder
from encoder_graph import encoder_bytes
from model_card import BASE
from variants import REFERENCE, SHIPPED, VARIANTS

TEXTS = ["من بنى الجسر؟", "who built the bridge?", "a", "12 كلمة"]


class BuiltModelTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "tiny"
        self.model, tokenizer = tiny_model(), tiny_tokenizer()
        self.ids = [to_ids(tokenizer, "passage", text) for text in TEXTS]
        calibration = calibrate(encoder_bytes(self.model, VARIANTS[REFERENCE]), range(SHAPE.layers), "embeddings",
                                (text_feed(np.array(ids, np.int64)) for ids in self.ids))
        build_model(self.model, SHIPPED, self.folder, BASE, calibration=calibration)
        self.loud = [each.inner for each in calibration.loud]

    def test_gives_what_eight_bits_do_not_touch_exactly(self) -> None:
        found = read_built_model(self.folder)
        positions = self.model.matrix("emb.pos", SHAPE.hidden) + self.model.matrix("emb.type", SHAPE.hidden)[0]
        np.testing.assert_array_equal(found.matrix("emb.pos", SHAPE.hidden), positions)
        for name in ("emb.word", "emb.ln.b", "l0.q.b", "l1.ao.b", "l0.fo.b", "l1.aln.w", "l1.oln.b"):
            np.testing.assert_array_equal(found.float_tensor(name), self.model.float_tensor(name), name)

    def test_gives_the_matrices_nearly(self) -> None:
        found = read_built_model(self.folder)
        for layer in range(SHAPE.layers):
            for part in ("q", "k", "v", "ao"):
                name = f"l{layer}.{part}.w"
                self.assert_near(found.float_tensor(name), self.model.float_tensor(name), name)

    def test_puts_the_loud_channels_of_the_feed_forward_back_into_their_places(self) -> None:
        found = read_built_model(self.folder)
        self.assertEqual(found.shape.feed_forward, SHAPE.feed_forward)
        for layer, loud in enumerate(self.loud):
            self.assertEqual(len(loud), INNER_APART)
            quiet = [channel for channel in range(SHAPE.feed_forward) if channel not in loud]
            into, original = (model.matrix(f"l{layer}.fi.w", SHAPE.hidden) for model in (found, self.model))
            np.testing.assert_array_equal(into[loud], original[loud])
            self.assert_near(into[quiet], original[quiet], "feed-forward in")
            out, original = (model.matrix(f"l{layer}.fo.w", SHAPE.feed_forward) for model in (found, self.model))
            np.testing.assert_array_equal(out[:, loud], original[:, loud])
            self.assert_near(out[:, quiet], original[:, quiet], "feed-forward out")

    def test_an_encoder_of_it_gives_nearly_the_same_vectors(self) -> None:
        found, original = Encoder.of(read_built_model(self.folder)), Encoder.of(self.model)
        with torch.no_grad():
            for ids in self.ids:
                cosine = float(found(torch.tensor([ids]))[0] @ original(torch.tensor([ids]))[0])
                self.assertGreater(cosine, 0.995)

    def test_refuses_a_model_of_another_kind(self) -> None:
        folder = self.folder.with_name("reference")
        build_model(self.model, REFERENCE, folder)
        with self.assertRaises(ValueError):
            read_built_model(folder)

    def assert_near(self, found: np.ndarray, original: np.ndarray, name: str) -> None:
        error = float(((found - original) ** 2).mean() / (original**2).mean())
        self.assertLess(error, 0.01, name)


if __name__ == "__main__":
    unittest.main()
