"""A run of the sentence layers on a tiny model: they learn, and go on after a stop as if nothing had been."""

import tempfile
import unittest
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from tiny_model import tiny_model

import long_run
import numpy as np
import torch
from encoder import Encoder, fast_products, has_bfloat16
from losses import distance_to
from recipe import SentenceRecipe
from sentence_contexts import Article, Batch, Contexts, Sentences
from sentence_layers import SentenceLayers
from train_sentence_layers import embed_alone, train

RECIPE = replace(SentenceRecipe(), layers=1, steps=60, passages_a_batch=4, tokens_a_passage=(8, 40), averaging_decay=0.8,
                 learning_rate=1e-3)
SHORT = replace(RECIPE, steps=12)
OPENING, CLOSING = [0, 5, 6], [2]
# Of vectors of unit length: a batch adds up in another order, and bfloat16 has 8 bits.
TOLERANCE = 5e-3 if has_bfloat16() else 1e-5


class Stopped(Exception):
    """What interrupts a run in these tests."""


class StoppingContexts(Contexts):
    """Contexts that break off at a step."""

    stop_at: int

    def __getitem__(self, step: int) -> Batch:
        if step == self.stop_at:
            raise Stopped
        return super().__getitem__(step)


def random_sentences() -> Sentences:
    """Returns thirty sentences in two articles, of three to nine tokens, and each joined with the next."""
    chance = np.random.default_rng(4)
    ids: list[list[int]] = []
    articles = []
    for language in ("ar", "en"):
        kept = [chance.integers(4, 80, size).tolist() for size in chance.integers(3, 10, 15)]
        first, end = len(ids), len(ids) + len(kept)
        ids += kept + [one + other for one, other in pairwise(kept)]
        articles.append(Article(language, range(first, end), range(end, len(ids))))
    return Sentences(ids, articles)


class SentenceTrainingTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.encoder = Encoder.of(tiny_model()).requires_grad_(False)
        self.sentences = random_sentences()
        self.targets = embed_alone(self.encoder, self.sentences.ids, OPENING, CLOSING)

    def contexts(self, recipe: SentenceRecipe) -> Contexts:
        return Contexts(self.sentences, OPENING, CLOSING, recipe)

    def run_all(self, name: str, recipe: SentenceRecipe, contexts: Contexts | None = None) -> dict[str, np.ndarray]:
        return train(self.encoder, contexts or self.contexts(recipe), self.targets, recipe, self.folder / name, 0,
                     lambda _: None)

    def distance(self, layers: SentenceLayers) -> float:
        """Returns the mean distance to the targets over batches that no run has seen."""
        unseen, found = self.contexts(replace(RECIPE, seed=2)), []
        for step in range(5):
            ids, sentence_of, chosen = map(torch.from_numpy, unseen[step])
            with torch.no_grad():
                vectors = layers(self.encoder.hidden_states(ids, layers.before), sentence_of, chosen.shape[1])
            found.append(float(distance_to(self.targets[chosen[chosen >= 0]], vectors[chosen >= 0])))
        return sum(found) / len(found)

    def test_a_target_is_the_sentence_as_a_passage_of_its_own(self) -> None:
        for position in (0, 20):
            with torch.no_grad(), fast_products():
                alone = self.encoder(torch.tensor([[*OPENING, *self.sentences.ids[position], *CLOSING]]))[0].float()
            np.testing.assert_allclose(self.targets[position].numpy(), alone.numpy(), atol=TOLERANCE)

    def test_brings_sentences_nearer_to_what_they_are_alone(self) -> None:
        before = self.distance(SentenceLayers.of(self.encoder, RECIPE.layers))
        weights = self.run_all("learns", RECIPE)
        after = self.distance(SentenceLayers(self.encoder.shape, weights, RECIPE.layers))
        self.assertLess(after, before * 0.7)

    def test_leaves_the_encoder_as_it_was(self) -> None:
        before = self.encoder.tensors()
        self.run_all("leaves", SHORT)
        for name, values in self.encoder.tensors().items():
            np.testing.assert_array_equal(values, before[name], name)

    def test_goes_on_from_a_checkpoint_to_the_same_weights(self) -> None:
        whole = self.run_all("whole", SHORT)
        seconds, long_run.CHECKPOINT_SECONDS = long_run.CHECKPOINT_SECONDS, 0
        self.addCleanup(setattr, long_run, "CHECKPOINT_SECONDS", seconds)
        stopping = StoppingContexts(self.sentences, OPENING, CLOSING, SHORT)
        stopping.stop_at = SHORT.steps // 2
        with self.assertRaises(Stopped):
            self.run_all("interrupted", SHORT, stopping)
        self.assertTrue((self.folder / "interrupted" / long_run.CHECKPOINT_FILE).exists())
        resumed = self.run_all("interrupted", SHORT)
        self.assertEqual(set(resumed), set(whole))
        for name, values in whole.items():
            np.testing.assert_allclose(resumed[name], values, atol=1e-6, err_msg=name)


if __name__ == "__main__":
    unittest.main()
