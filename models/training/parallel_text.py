"""Reads what the model learns from: texts that say the same in Arabic and in English.

Two kinds of folder. A *parallel* folder holds `X.ar.txt` and `X.en.txt`, line by line the same;
`X.documents.txt`, where it is there, names the article of each line. The *written* folder was
written for this project: `*.jsonl` with passages and the questions they answer, in both
languages, and `names-*.tsv` with names and terms.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from calibration_text import Language, Role

QUESTION_FILES = ("questions",)
_PARAGRAPH_LINES = (2, 3, 4, 3)
_PARAGRAPH_FILES = ("news", "health")
_SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+")
_NEEDLESS_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Pair:
    """One text in both languages. `source` is the file it is from, or says what was made of that."""

    ar: str
    en: str
    role: Role
    source: str

    def side(self, language: Language) -> str:
        """Returns the text in `language`."""
        return self.ar if language == "ar" else self.en


@dataclass(frozen=True)
class AnsweredPassage:
    """A passage and the questions that it answers."""

    passage: Pair
    questions: tuple[Pair, ...]


def read_parallel(folder: Path) -> list[Pair]:
    """Returns every sentence, question, and paragraph of consecutive sentences; texts of no letters are left out.

    The same pair is kept once, however often it stands in the files.
    """
    pairs: dict[tuple[str, str, str], Pair] = {}
    for path in sorted(folder.glob("*.ar.txt")):
        name = path.name.removesuffix(".ar.txt")
        lines = list(zip(read_lines(folder / f"{name}.ar.txt"), read_lines(folder / f"{name}.en.txt"), strict=True))
        role: Role = "query" if name in QUESTION_FILES else "sentence"
        found = [Pair(ar, en, role, name) for ar, en in lines]
        if name in _PARAGRAPH_FILES:
            found += list(_paragraphs(lines, _documents(folder, name, len(lines)), name))
        for pair in found:
            if pair.ar and pair.en:
                pairs.setdefault((pair.ar, pair.en, pair.role), pair)
    return list(pairs.values())


def aligned_sentences(passage: Pair) -> list[Pair]:
    """Returns the passage's sentences, pair by pair; none when the languages do not have as many."""
    arabic, english = (_SENTENCE_END.split(text.strip()) for text in (passage.ar, passage.en))
    if len(arabic) != len(english):
        return []
    return [Pair(ar, en, "sentence", f"{passage.source} sentences") for ar, en in zip(arabic, english, strict=True)]


def read_written(folder: Path) -> tuple[list[AnsweredPassage], list[Pair]]:
    """Returns the passages with their questions, and the names."""
    answered = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            name = path.stem.rsplit("-", 1)[0]
            questions = tuple(Pair(ar, en, "query", f"written {name} questions") for en, ar in row["q"])
            answered.append(AnsweredPassage(Pair(row["ar"], row["en"], "passage", f"written {name}"), questions))
    names = {}
    for path in sorted(folder.glob("names-*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            en, ar = line.split("\t")
            names.setdefault((ar, en), Pair(ar, en, "query", "written names"))
    return answered, list(names.values())


def read_lines(path: Path) -> list[str]:
    """Returns the lines of a file, each run of white space a single space."""
    return [_NEEDLESS_SPACE.sub(" ", line).strip() for line in path.read_text(encoding="utf-8").splitlines()]


def _documents(folder: Path, name: str, count: int) -> list[str]:
    path = folder / f"{name}.documents.txt"
    return read_lines(path) if path.exists() else [name] * count


def _paragraphs(lines: list[tuple[str, str]], documents: list[str], name: str) -> Iterator[Pair]:
    """Yields runs of 2, 3, 4, 3 … sentences, each sentence in one of them, none across two articles."""
    for _, group in groupby(zip(documents, lines, strict=True), key=lambda row: row[0]):
        article = [line for _, line in group]
        start, turn = 0, 0
        while start < len(article):
            part = article[start : start + _PARAGRAPH_LINES[turn % len(_PARAGRAPH_LINES)]]
            if len(part) > 1:
                yield Pair(" ".join(ar for ar, _ in part), " ".join(en for _, en in part), "passage",
                           f"{name} paragraphs")
            start, turn = start + len(part), turn + 1
