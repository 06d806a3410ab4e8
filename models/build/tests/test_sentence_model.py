"""Sentence layers beside an encoder: what is written into a model folder, and what comes out of it."""

import hashlib
import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "training" / "tests"))

from tiny_model import SHAPE, tiny_model, tiny_tokenizer  # noqa: E402  (finds the packages)

import numpy as np  # noqa: E402
from build_model import build_model  # noqa: E402
from calibration import Calibration, calibrate, text_feed  # noqa: E402
from embedder import open_session, token_ids  # noqa: E402
from encoder_graph import encoder_bytes  # noqa: E402
from model_card import BASE, CARD_FILE, record_figures  # noqa: E402
from passage_embedder import PassageEmbedder  # noqa: E402
from passage_layout import frame, lay_out, plain_ids  # noqa: E402
from sentence_graph import HIDDEN_STATES, SENTENCE_IDS, sentence_bytes  # noqa: E402
from sentence_model import add_sentence_layers, hidden_states_before, with_output  # noqa: E402
from variants import REFERENCE, SHIPPED, VARIANTS  # noqa: E402

LAYERS = range(SHAPE.layers - 1, SHAPE.layers)
ENCODER, SENTENCE_LAYERS = "onnx/model_int8.onnx", "onnx/sentence_layers_int8.onnx"
SENTENCES = ["a b c.", "من بنى؟", "de 12"]


def encoder_calibration() -> Calibration:
    texts = [token_ids(tiny_tokenizer(), "passage", text) for text in SENTENCES]
    reference = encoder_bytes(tiny_model(), VARIANTS[REFERENCE])
    return calibrate(reference, range(SHAPE.layers), "embeddings", map(text_feed, texts))


def layers_calibration() -> Calibration:
    tokenizer = tiny_tokenizer()
    ids, sentence_of = lay_out([plain_ids(tokenizer, text) for text in SENTENCES], *frame(tokenizer))
    hidden = np.random.default_rng(5).normal(size=(1, len(ids), SHAPE.hidden)).astype(np.float32)
    feed = {HIDDEN_STATES: hidden, SENTENCE_IDS: np.array([sentence_of], np.int64)}
    return calibrate(sentence_bytes(tiny_model(), LAYERS, None), LAYERS, HIDDEN_STATES, [feed])


class FolderTest(unittest.TestCase):
    """A folder of the tiny model, before and after it gets sentence layers."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "tiny"
        build_model(tiny_model(), SHIPPED, self.folder, BASE, calibration=encoder_calibration())

    def add(self) -> None:
        add_sentence_layers(self.folder, tiny_model(), LAYERS, layers_calibration(), {"recipe": "none"})

    def card(self) -> dict:
        return json.loads((self.folder / CARD_FILE).read_text(encoding="utf-8"))


class SentenceModelTest(FolderTest):
    def test_another_output_leaves_the_embedding_bit_for_bit(self) -> None:
        before = (self.folder / ENCODER).read_bytes()
        after = with_output(before, hidden_states_before(1))
        for text in [*SENTENCES, "x"]:
            feed = text_feed(token_ids(tiny_tokenizer(), "passage", text))
            (alone,) = open_session(before).run(None, feed)
            embedding, hidden = open_session(after).run(None, feed)
            np.testing.assert_array_equal(embedding, alone)
            self.assertEqual(hidden.shape, (1, feed["input_ids"].size, SHAPE.hidden))

    def test_another_output_is_added_once(self) -> None:
        once = with_output((self.folder / ENCODER).read_bytes(), hidden_states_before(1))
        self.assertEqual(with_output(once, hidden_states_before(1)), once)

    def test_an_output_replaces_the_one_that_was_added_before(self) -> None:
        before = (self.folder / ENCODER).read_bytes()
        again = with_output(with_output(before, hidden_states_before(1)), hidden_states_before(0))
        self.assertEqual([each.name for each in open_session(again).get_outputs()], ["sentence_embedding", "embeddings"])

    def test_the_card_names_the_layers_and_every_file_as_it_is(self) -> None:
        before = self.card()
        self.add()
        card = self.card()
        self.assertEqual(card["sentenceLayers"], {"file": SENTENCE_LAYERS, "reads": "layer0.oln"})
        self.assertEqual([each["path"] for each in card["files"]], [*(each["path"] for each in before["files"]), SENTENCE_LAYERS])
        for each in card["files"]:
            content = (self.folder / each["path"]).read_bytes()
            self.assertEqual((each["sizeBytes"], each["sha256"]), (len(content), hashlib.sha256(content).hexdigest()))
        self.assertEqual(card["provenance"], {**before["provenance"], "sentenceLayers": {"recipe": "none"}})
        self.assertRegex(card["revision"], "^calibrated-[0-9a-f]{12}$")
        self.assertNotEqual(card["revision"], before["revision"])

    def test_the_revision_depends_on_the_layers(self) -> None:
        self.add()
        first = self.card()
        self.add()
        self.assertEqual(self.card(), first)
        other = tiny_model()
        other = other.with_weights({"l1.fo.b": other.float_tensor("l1.fo.b") + 1})
        add_sentence_layers(self.folder, other, LAYERS, layers_calibration(), {"recipe": "none"})
        self.assertNotEqual(self.card()["revision"], first["revision"])

    def test_figures_go_beside_what_they_are_figures_of(self) -> None:
        self.add()
        record_figures(self.folder, "sentenceLayers", {"ndcg@10": 1})
        self.assertEqual(self.card()["provenance"]["sentenceLayers"], {"recipe": "none", "figures": {"ndcg@10": 1}})


class PassageEmbedderTest(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        self.add()
        self.embedder = PassageEmbedder(self.folder)

    def test_gives_the_passage_what_it_is_alone_and_each_sentence_a_vector(self) -> None:
        text = " ".join(SENTENCES)
        found = self.embedder.embed_passage(text, SENTENCES)
        self.assertFalse(found.apart)
        np.testing.assert_array_equal(found.passage, self.embedder.embed("passage", [text])[0])
        np.testing.assert_allclose(np.linalg.norm(found.sentences, axis=1), np.ones(len(SENTENCES)), atol=1e-5)
        self.assertFalse(np.allclose(found.sentences, self.embedder.embed("sentence", SENTENCES), atol=1e-3))

    def test_embeds_sentences_by_themselves_where_they_are_not_the_passage_s_tokens(self) -> None:
        found = self.embedder.embed_passage("".join(SENTENCES), SENTENCES)
        self.assertTrue(found.apart)
        np.testing.assert_array_equal(found.sentences, self.embedder.embed("sentence", SENTENCES))
        np.testing.assert_array_equal(found.passage, self.embedder.embed("passage", ["".join(SENTENCES)])[0])

    def test_a_single_sentence_is_its_passage(self) -> None:
        found = self.embedder.embed_passage(SENTENCES[0], SENTENCES[:1])
        np.testing.assert_array_equal(found.sentences[0], found.passage)
        np.testing.assert_array_equal(found.passage, self.embedder.embed("passage", SENTENCES[:1])[0])


if __name__ == "__main__":
    unittest.main()
