"""Reading parallel text, spelling noise, and batches."""

import json
import random
import tempfile
import unittest
from pathlib import Path

import tiny_model  # noqa: F401  (finds the packages)

import numpy as np
from batches import pair_batches, topic_batches
from encoder import padded_length
from parallel_text import read_parallel, read_written
from spelling_noise import ALL_KINDS, PREPARED, misspell_all
from teacher import centred, targets
from text_preparation import to_embedding_text


class TextsTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name: str, *lines: str) -> None:
        (self.folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    def test_makes_paragraphs_of_consecutive_sentences_of_one_article(self) -> None:
        self.write("news.ar.txt", "أ", "ب", "ت", "ث")
        self.write("news.en.txt", "a", "b", "c", "d")
        self.write("news.documents.txt", "one", "one", "one", "two")
        self.write("questions.ar.txt", "من؟")
        self.write("questions.en.txt", "who?")
        found = read_parallel(self.folder)
        self.assertEqual([pair.en for pair in found if pair.role == "passage"], ["a b"])
        self.assertEqual([pair.en for pair in found if pair.role == "query"], ["who?"])
        self.assertEqual(len([pair for pair in found if pair.role == "sentence"]), 4)

    def test_refuses_files_of_other_lengths(self) -> None:
        self.write("news.ar.txt", "أ")
        self.write("news.en.txt", "a", "b")
        with self.assertRaises(ValueError):
            read_parallel(self.folder)

    def test_reads_written_passages_and_names(self) -> None:
        row = {"en": "A passage.", "ar": "فقرة.", "q": [["Which?", "أي؟"]]}
        self.write("science-01.jsonl", json.dumps(row, ensure_ascii=False))
        self.write("names-01.tsv", "Cairo\tالقاهرة", "Cairo\tالقاهرة")
        answered, names = read_written(self.folder)
        self.assertEqual(answered[0].questions[0].ar, "أي؟")
        self.assertEqual([(pair.en, pair.role) for pair in names], [("Cairo", "query")])

    def test_misspelling_changes_letters_but_no_words(self) -> None:
        text = "أعلنت المدرسة إلى مؤتمر رئيسي في 2024"
        for seed in range(40):
            self.assertEqual(len(misspell_all(text, random.Random(seed)).split()), len(text.split()))
        self.assertEqual(ALL_KINDS["teh"](text, random.Random(0)), "أعلنت المدرسه إلى مؤتمر رئيسي في 2024")
        self.assertEqual(to_embedding_text(misspell_all("مكتبة إلى 7", random.Random(1))), "مكتبه الي 7")

    def test_text_preparation_undoes_what_it_is_said_to(self) -> None:
        text = "أعلنت المدرسة إلى مؤتمر رئيسي في ١٩٢٤ لاحقا"
        for kind, rule in PREPARED.items():
            changed = {rule(text, random.Random(seed)) for seed in range(5)}
            self.assertTrue(kind == "digits" or changed != {text}, kind)
            self.assertEqual({to_embedding_text(each) for each in changed}, {to_embedding_text(text)}, kind)

    def test_batches_hold_one_length_and_everything(self) -> None:
        lengths = [random.Random(index).randint(3, 200) for index in range(300)]
        batches = pair_batches(lengths, 256, random.Random(1))
        self.assertEqual({index for batch in batches for index in batch}, set(range(300)))
        for batch in batches:
            self.assertEqual(len({padded_length(lengths[index]) for index in batch}), 1)
            self.assertLessEqual(len(batch) * padded_length(lengths[batch[0]]), 256)

    def test_batches_by_topic_hold_neighbours(self) -> None:
        topics = np.repeat(np.eye(3, dtype=np.float32), 4, axis=0)
        batches = topic_batches(topics, 4, random.Random(1))
        self.assertEqual(sorted(sorted(batch) for batch in batches), [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]])

    def test_targets_lie_between_the_centred_languages(self) -> None:
        self.write("news.ar.txt", "أ", "ب")
        self.write("news.en.txt", "a", "b")
        pairs = [pair for pair in read_parallel(self.folder) if pair.role == "sentence"]
        roles = {role: [1.0, 0.0] for role in ("query", "passage", "sentence")}
        sides = centred(pairs, {"ar": np.array([[1, 1], [2, 0]], np.float32), "en": np.array([[1, -1], [1, 2]], np.float32)},
                        {"ar": roles, "en": roles})
        np.testing.assert_allclose(sides["ar"], [[0, 1], [1, 0]], atol=1e-6)
        np.testing.assert_allclose(targets(sides, 1.0), [[0, -1], [0, 1]], atol=1e-6)


if __name__ == "__main__":
    unittest.main()
