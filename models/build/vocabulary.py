"""Chooses which pieces of the vocabulary stay.

A text written in Arabic and Latin script can only ever be cut into pieces made of the
characters of those scripts. Dropping all other pieces therefore changes nothing for such
texts, and halves both the word table and the tokenizer.
"""

from __future__ import annotations

import unicodedata

SPECIAL_PIECES = ("<s>", "<pad>", "</s>", "<unk>")
_KEPT_NAMES = ("LATIN ", "ARABIC", "EXTENDED ARABIC", "MODIFIER LETTER ", "COMBINING ")
_SINGLE_LETTER_NAMES = ("GREEK ",)


def kept_pieces(pieces: list[str]) -> list[int]:
    """Returns the indices of the pieces that stay, rising; the special pieces stay first."""
    return [index for index, piece in enumerate(pieces) if _is_kept(piece)]


def _is_kept(piece: str) -> bool:
    if piece in SPECIAL_PIECES:
        return True
    return all(_is_kept_character(character) for character in piece) or _is_single_letter(piece)


def _is_kept_character(character: str) -> bool:
    category = unicodedata.category(character)
    if character in "0123456789" or category[0] in "PS":
        return True
    return unicodedata.name(character, "").startswith(_KEPT_NAMES)


def _is_single_letter(piece: str) -> bool:
    """Tells whether the piece is one Greek letter: these are written as symbols (μ, π, Ω)."""
    letter = piece.removeprefix("▁")
    return len(letter) == 1 and unicodedata.name(letter, "").startswith(_SINGLE_LETTER_NAMES)
