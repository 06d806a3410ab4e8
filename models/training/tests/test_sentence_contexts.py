"""The passages that the sentence layers learn from."""

import json
import tempfile
import unittest
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from tiny_model import tiny_tokenizer

import numpy as np
from encoder import PADDING
from passage_layout import OF_ALL, frame
from recipe import SentenceRecipe
from sentence_contexts import Article, Contexts, Sentences, read_sentences
from sentence_layers import OF_NONE

RECIPE = replace(SentenceRecipe(), steps=20, passages_a_batch=8, tokens_a_passage=(8, 33))
OPENING, CLOSING = [0, 4, 5], [2]


def many_sentences() -> Sentences:
    """Returns sentences of which each has an id of its own, three to six times, in articles of both languages."""
    ids: list[list[int]] = []
    articles = []
    for number, size in enumerate([1, 4, 7, 2, 5, 3]):
        kept = [[100 + len(ids) + index] * (3 + (len(ids) + index) % 4) for index in range(size)]
        first, end = len(ids), len(ids) + size
        ids += kept + [[*one, *other] for one, other in pairwise(kept)]
        articles.append(Article("ar" if number % 2 else "en", range(first, end), range(end, len(ids))))
    return Sentences(ids, articles)


class ContextsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.sentences = many_sentences()
        self.contexts = self.of(RECIPE)
        self.place = {position: (article, index, width) for article in self.sentences.articles
                      for width, positions in ((1, article.sentences), (2, article.joined))
                      for index, position in enumerate(positions)}

    def of(self, recipe: SentenceRecipe) -> Contexts:
        return Contexts(self.sentences, OPENING, CLOSING, recipe)

    def passages(self, contexts: Contexts) -> list[list[int]]:
        return [[position for position in row.tolist() if position >= 0]
                for step in range(RECIPE.steps) for row in contexts[step][2]]

    def test_the_same_step_of_the_same_seed_is_the_same_batch(self) -> None:
        for step in (0, 7):
            for one, other in zip(self.contexts[step], self.of(RECIPE)[step], strict=True):
                np.testing.assert_array_equal(one, other)

    def test_another_step_and_another_seed_are_other_batches(self) -> None:
        first = self.contexts[0][2].tolist()
        self.assertNotEqual(first, self.contexts[1][2].tolist())
        self.assertNotEqual(first, self.of(replace(RECIPE, seed=2))[0][2].tolist())

    def test_every_token_belongs_to_the_sentence_that_is_named(self) -> None:
        for step in range(RECIPE.steps):
            ids, sentence_of, chosen = self.contexts[step]
            self.assertEqual((len(ids), ids.shape), (RECIPE.passages_a_batch, sentence_of.shape))
            for row, owners, positions in zip(ids, sentence_of, chosen, strict=True):
                for number, position in enumerate(positions):
                    wanted = self.sentences.ids[position] if position >= 0 else []
                    self.assertEqual(row[owners == number].tolist(), wanted)
                self.assertEqual(row[owners == OF_ALL].tolist(), OPENING + CLOSING)
                self.assertTrue((row[owners == OF_NONE] == PADDING).all())
                self.assertLess(owners.max(), (positions >= 0).sum())

    def test_lengths_are_within_their_limits(self) -> None:
        longest = max(map(len, self.sentences.ids))
        lengths = [sum(len(self.sentences.ids[position]) for position in passage) for passage in self.passages(self.contexts)]
        self.assertLessEqual(max(lengths), RECIPE.tokens_a_passage[1] - 1)
        self.assertGreaterEqual(min(lengths), RECIPE.tokens_a_passage[0] - longest)

    def test_a_passage_has_one_language(self) -> None:
        languages = [{self.place[position][0].language for position in passage} for passage in self.passages(self.contexts)]
        self.assertEqual({len(each) for each in languages}, {1})
        self.assertEqual(set().union(*languages), {"ar", "en"})

    def test_runs_stay_in_an_article_s_order_and_go_on_into_the_next(self) -> None:
        moved_on = 0
        for passage in self.passages(self.of(replace(RECIPE, run_share=1.0))):
            for one, other in pairwise(passage):
                (article, index, width), (next_article, next_index, _) = self.place[one], self.place[other]
                if next_article is article and next_index > 0:
                    self.assertEqual(next_index, index + width)
                else:
                    self.assertEqual((index + width, next_index), (len(article.sentences), 0))
                    moved_on += 1
        self.assertGreater(moved_on, 0)

    def test_the_recipe_says_how_many_are_joined(self) -> None:
        for share in (0.0, 1.0):
            for run_share in (0.0, 1.0):
                passages = self.passages(self.of(replace(RECIPE, joined_share=share, run_share=run_share)))
                widths = {self.place[position][2] for passage in passages for position in passage
                          if len(self.place[position][0].sentences) > 1}
                # The last sentence of an article has none after it to be joined with.
                self.assertEqual(widths - {1}, {2} if share else set())


class ReadSentencesTest(unittest.TestCase):
    def test_reads_both_folders_and_joins_within_an_article(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            parallel, written = Path(name) / "parallel", Path(name) / "written"
            for folder in (parallel, written):
                folder.mkdir()
            for language, lines in (("ar", ["ا ب ت", "ث ج ح", "خ د ذ"]), ("en", ["a b c", "d e f", "g"])):
                (parallel / f"news.{language}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
            (parallel / "news.documents.txt").write_text("one\none\ntwo\n", encoding="utf-8")
            row = {"en": "One two three four five. Six seven eight nine ten.", "ar": "ا ب ت ث ج.", "q": [["Which?", "أي؟"]]}
            (written / "science-01.jsonl").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
            tokenizer = tiny_tokenizer()
            found = read_sentences(parallel, written, tokenizer)
        shapes = [(each.language, len(each.sentences), len(each.joined)) for each in found.articles]
        # The only sentence of the English article "two" is too short to be one.
        self.assertEqual(shapes, [("ar", 1, 0), ("ar", 2, 1), ("ar", 1, 0), ("en", 2, 1), ("en", 2, 1)])
        for article in found.articles:
            for place, position in enumerate(article.joined):
                one, other = (found.ids[article.sentences[place + more]] for more in (0, 1))
                self.assertEqual(found.ids[position], one + other)
        opening, closing = frame(tokenizer)
        self.assertFalse(any({opening[0], closing[0]} & set(ids) for ids in found.ids))


if __name__ == "__main__":
    unittest.main()
