"""The PyTorch encoder is the encoder that the build writes."""

import unittest

from tiny_model import SHAPE, tiny_model, tiny_tokenizer

import numpy as np
import torch
from embed_texts import embed_texts, to_ids
from embedder import embed_ids, open_session
from encoder import Encoder, pad
from encoder_graph import encoder_bytes
from source_model import SourceFileError
from variants import REFERENCE, VARIANTS
from weights import between

TEXTS = ["من بنى الجسر؟", "who built the bridge?", "a", "كلمة واحدة " * 4]


class EncoderTest(unittest.TestCase):
    def setUp(self) -> None:
        self.model = tiny_model()
        self.encoder = Encoder.of(self.model)

    def test_gives_the_vectors_of_the_onnx_reference(self) -> None:
        session = open_session(encoder_bytes(self.model, VARIANTS[REFERENCE]))
        tokenizer = tiny_tokenizer()
        for text in TEXTS:
            ids = to_ids(tokenizer, "query", text)
            with torch.no_grad():
                found = self.encoder(torch.tensor([ids]))[0].numpy()
            np.testing.assert_allclose(found, embed_ids(session, np.array(ids)), atol=2e-5)

    def test_gives_a_text_the_same_vector_alone_and_in_a_batch(self) -> None:
        tokenizer = tiny_tokenizer()
        together = embed_texts(self.encoder, tokenizer, [("passage", text) for text in TEXTS])
        for text, vector in zip(TEXTS, together, strict=True):
            np.testing.assert_allclose(embed_texts(self.encoder, tokenizer, [("passage", text)])[0], vector, atol=1e-5)

    def test_gives_back_its_weights_for_the_build(self) -> None:
        weights = self.encoder.tensors()
        again = self.model.with_weights(weights)
        for name in ("emb.ln.w", "l0.q.w", "l1.fo.w", "l1.oln.b"):
            np.testing.assert_array_equal(again.float_tensor(name), self.model.float_tensor(name))
        self.assertNotIn("emb.word", weights)

    def test_the_build_refuses_weights_of_another_shape(self) -> None:
        with self.assertRaises(SourceFileError):
            self.model.with_weights({"l0.q.w": np.zeros(3, np.float32)})

    def test_fills_up_short_texts(self) -> None:
        self.assertEqual(pad([[0, 5, 2], [0, 2]]).tolist(), [[0, 5, 2] + [1] * 5, [0, 2] + [1] * 6])

    def test_weights_between_two_models(self) -> None:
        base = {"a": np.zeros(2, np.float32)}
        self.assertEqual(between(base, {"a": np.ones(2, np.float32)}, 0.75)["a"].tolist(), [0.75, 0.75])
        self.assertEqual(SHAPE.hidden, self.encoder.shape.hidden)


if __name__ == "__main__":
    unittest.main()
