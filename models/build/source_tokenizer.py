"""The source's own tokenizer, in the fewest lines: what tokenizer.json is checked against.

A table of characters to replace, runs of spaces made one, `▁` for a space and before the
text, then the best path through the pieces (Unigram, Viterbi). Slow; for checks only.
"""

from __future__ import annotations

import re

from source_model import SourceModel

UNKNOWN = "<unk>"
_UNKNOWN_PENALTY = 10.0
_FIRST_ORDINARY_PIECE = 4


class SourceTokenizer:
    """Cuts texts into pieces as the source file says."""

    def __init__(self, model: SourceModel) -> None:
        ordinary = slice(_FIRST_ORDINARY_PIECE, len(model.pieces) - 1)
        self._scores = dict(zip(model.pieces[ordinary], model.scores[ordinary].tolist(), strict=True))
        self._longest = max(map(len, self._scores))
        self._unknown_score = min(self._scores.values()) - _UNKNOWN_PENALTY
        self._replacements = {ord(character): text for character, text in model.replacements.items()}

    def pieces(self, text: str) -> list[str]:
        """Returns the pieces of `text`, runs of unknown characters as one `<unk>`."""
        text = re.sub(" +", " ", text.translate(self._replacements))
        marked = "▁" + text.strip(" ").replace(" ", "▁")
        best: list[tuple[float, int, str]] = [(0.0, 0, "")]
        for end in range(1, len(marked) + 1):
            best.append(max(self._candidates(marked, end, best), key=lambda candidate: candidate[0]))
        found: list[str] = []
        end = len(marked)
        while end > 0:
            _, start, piece = best[end]
            if not (piece == UNKNOWN and found and found[-1] == UNKNOWN):
                found.append(piece)
            end = start
        return found[::-1]

    def _candidates(self, marked: str, end: int, best: list[tuple[float, int, str]]) -> list[tuple[float, int, str]]:
        candidates = []
        for start in range(max(0, end - self._longest), end):
            score = self._scores.get(marked[start:end])
            if score is not None:
                candidates.append((best[start][0] + score, start, marked[start:end]))
        if marked[end - 1] not in self._scores:
            candidates.append((best[end - 1][0] + self._unknown_score, end - 1, UNKNOWN))
        return candidates
