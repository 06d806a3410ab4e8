"""Reads the parallel text that centres and loud channels are computed from.

A calibration folder holds, for each language L, `news.L.txt` (sentences of articles),
`questions.L.txt` (questions) and other files of sentences, one text a line, and
`news.documents.txt`, which names each news sentence's article.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Literal

Language = Literal["ar", "en"]
Role = Literal["query", "passage", "sentence"]
LANGUAGES: tuple[Language, ...] = ("ar", "en")
ROLES: tuple[Role, ...] = ("query", "passage", "sentence")
SENTENCES_A_PASSAGE = 4


def read_lines(folder: Path, name: str, language: Language) -> list[str]:
    """Returns the lines of `name.language.txt`."""
    return (folder / f"{name}.{language}.txt").read_text(encoding="utf-8").splitlines()


def news_passages(folder: Path, language: Language) -> list[str]:
    """Returns passages of four consecutive sentences of one article; what is left over is dropped."""
    documents = (folder / "news.documents.txt").read_text(encoding="utf-8").splitlines()
    sentences = zip(documents, read_lines(folder, "news", language), strict=True)
    passages = []
    for _, group in groupby(sentences, key=lambda pair: pair[0]):
        article = [sentence for _, sentence in group]
        for start in range(0, len(article) - SENTENCES_A_PASSAGE + 1, SENTENCES_A_PASSAGE):
            passages.append(" ".join(article[start : start + SENTENCES_A_PASSAGE]))
    return passages


def texts_of(folder: Path, language: Language, role: Role) -> list[str]:
    """Returns the texts whose mean embedding is the centre of (language, role)."""
    if role == "query":
        return read_lines(folder, "questions", language)
    if role == "passage":
        return news_passages(folder, language)
    return read_lines(folder, "news", language)


def bilingual_sample(folder: Path, count_each: int) -> list[tuple[Role, str]]:
    """Returns `count_each` texts of each language and role, spread evenly over the files."""
    sample: list[tuple[Role, str]] = []
    for language in LANGUAGES:
        for role in ROLES:
            texts = texts_of(folder, language, role)
            sample += [(role, texts[index * len(texts) // count_each]) for index in range(count_each)]
    return sample
