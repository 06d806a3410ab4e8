"""A run on a tiny model: it learns, and goes on after a stop as if nothing had been."""

import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

from tiny_model import SHAPE, tiny_model, tiny_tokenizer

import long_run
import numpy as np
from calibration_text import Language
from embed_texts import embed_texts
from encoder import Encoder
from lessons import Lessons, Reader, plan
from parallel_text import Pair
from recipe import Recipe
from train import train

RECIPE = replace(Recipe(), pair_rounds=4.0, answer_rounds=4.0, tokens_a_batch=128, answers_a_batch=3,
                 learning_rate=1e-3, averaging_decay=0.5)
WORDS = [("جسر", "bridge"), ("نهر", "river"), ("مدينة", "city"), ("كتاب", "book"), ("بحر", "sea"), ("جبل", "mountain")]


def tiny_lessons() -> Lessons:
    pairs = [Pair(ar, en, "sentence", "words") for ar, en in WORDS]
    alone = list(range(len(pairs)))
    answers = []
    for ar, en in WORDS:
        first = len(pairs)
        pairs += [Pair(f"هذا {ar} كبير", f"this {en} is big", "passage", "written"),
                  Pair(f"ما حجم {ar}؟", f"how big is the {en}?", "query", "written")]
        answers.append((first, (first + 1,)))
    vectors = np.random.default_rng(1).normal(size=(len(pairs), SHAPE.hidden)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Lessons(pairs, vectors, vectors, answers, alone, [])


class Stopped(Exception):
    """What interrupts a run in these tests."""


class TrainingTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.lessons = tiny_lessons()
        self.tokenizer = tiny_tokenizer()
        self.reader = Reader(self.tokenizer, self.lessons.pairs)
        self.batches = plan(self.lessons, RECIPE, self.reader.longest())

    def new_encoder(self) -> Encoder:
        return Encoder.of(tiny_model())

    def run_all(self, name: str, batches: list | None = None) -> tuple[Encoder, dict[str, np.ndarray]]:
        encoder = self.new_encoder()
        weights = train(encoder, self.lessons, self.reader, batches or self.batches, RECIPE, self.folder / name, lambda _: None)
        return encoder, weights

    def test_brings_texts_nearer_to_their_targets_in_both_languages(self) -> None:
        texts = [(pair.role, side) for pair in self.lessons.pairs for side in (pair.ar, pair.en)]
        targets = np.repeat(self.lessons.targets, 2, axis=0)
        before = (embed_texts(self.new_encoder(), self.tokenizer, texts) * targets).sum(axis=1).mean()
        encoder, _ = self.run_all("learns", self.batches * 8)
        after = (embed_texts(encoder, self.tokenizer, texts) * targets).sum(axis=1).mean()
        self.assertGreater(after, before + 0.3)

    def test_goes_on_from_a_checkpoint_to_the_same_weights(self) -> None:
        _, whole = self.run_all("whole")
        half = len(self.batches) // 2
        interrupted = self.folder / "interrupted"

        def stop_half_way(message: str) -> None:
            raise Stopped(message)

        # The schedule is that of the whole run, so the run itself is stopped, not shortened.
        seconds, long_run.CHECKPOINT_SECONDS = long_run.CHECKPOINT_SECONDS, 0
        self.addCleanup(setattr, long_run, "CHECKPOINT_SECONDS", seconds)
        reader = _StoppingReader(self.reader, self.batches, half)
        with self.assertRaises(Stopped):
            train(self.new_encoder(), self.lessons, reader, self.batches, RECIPE, interrupted, stop_half_way)
        _, resumed = self.run_all("interrupted")
        for name, values in whole.items():
            np.testing.assert_allclose(resumed[name], values, atol=1e-6, err_msg=name)

    def test_plans_the_same_batches_from_the_same_seed(self) -> None:
        again = plan(self.lessons, RECIPE, self.reader.longest())
        self.assertEqual(again, self.batches)
        self.assertNotEqual(plan(self.lessons, replace(RECIPE, seed=2), self.reader.longest()), self.batches)


class _StoppingReader:
    """A reader that breaks off at a step."""

    def __init__(self, reader: Reader, batches: list, step: int) -> None:
        self._reader = reader
        self._left = sum(1 for batch in batches[:step] for _ in batch.members)

    def ids(self, index: int, language: Language) -> list[int]:
        self._left -= 1
        if self._left < 0:
            raise Stopped
        return self._reader.ids(index, language)


if __name__ == "__main__":
    unittest.main()
