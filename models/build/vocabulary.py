"""Chooses which pieces of the vocabulary stay, and how they are spelled.

A text written in Arabic and Latin script can only ever be cut into pieces made of the
characters of those scripts. Dropping all other pieces therefore changes nothing for such
texts, and halves both the word table and the tokenizer.

A vocabulary of *one spelling* goes further: أ إ آ ٱ and ا, ة and ه, ى and ي, ؤ and و, ئ and ي are the
same letter to it. The tokenizer folds every text by `SPELLINGS`, and of the pieces that become
one the row of a single one stays, nearly always the correct spelling. So «الى المدرسه» is cut
into the very tokens of «إلى المدرسة», and a correctly spelled text keeps nearly all of its own.
Pieces of characters that text preparation takes out (vowels, tatweel, Arabic digits) go, too.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from source_model import SourceModel
from text_preparation import to_embedding_text


SPECIAL_PIECES = ("<s>", "<pad>", "</s>", "<unk>")
#: Letters that are folded, and the letter that they become.
SPELLINGS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ة": "ه", "ى": "ي"}
#: Folded piece → the piece whose row stays, where it is not the likeliest one (choose_spellings.py).
PREFERRED_FILE = Path(__file__).parent / "preferred-spellings.json"
_FOLDED = str.maketrans(SPELLINGS)
_KEPT_NAMES = ("LATIN ", "ARABIC", "EXTENDED ARABIC", "MODIFIER LETTER ", "COMBINING ")
_SINGLE_LETTER_NAMES = ("GREEK ",)


def with_kept_pieces(model: SourceModel) -> SourceModel:
    """Returns the model with the pieces that stay, spelled as they are, in their order."""
    rows = kept_pieces(model.pieces)
    return model.with_vocabulary(rows, [model.pieces[row] for row in rows], one_spelling=False)


def with_one_spelling(model: SourceModel, preferred: dict[str, str] | None = None) -> SourceModel:
    """Returns the model with the pieces that stay, folded, each once.

    `preferred` is what PREFERRED_FILE holds, unless it is given.
    """
    if preferred is None:
        preferred = json.loads(PREFERRED_FILE.read_text(encoding="utf-8"))
    chosen = sorted((next((row for row in rows if model.pieces[row] == preferred.get(folded)), rows[0]), folded)
                    for folded, rows in spelling_classes(model).items())
    return model.with_vocabulary([row for row, _ in chosen], [folded for _, folded in chosen], one_spelling=True)


def spelling_classes(model: SourceModel) -> dict[str, list[int]]:
    """Returns the rows of the pieces that prepared text can hold by their folded spelling, the likeliest of each first."""
    classes: dict[str, list[int]] = {}
    for row in sorted(kept_pieces(model.pieces), key=lambda row: (-model.scores[row], row)):
        if not _outlives_preparation(model.pieces[row]):
            continue
        classes.setdefault(fold_spelling(model.pieces[row]), []).append(row)
    return classes


def fold_spelling(text: str) -> str:
    """Returns `text` with each letter of SPELLINGS folded."""
    return text.translate(_FOLDED)


def _outlives_preparation(piece: str) -> bool:
    """Tells whether a prepared text can hold the piece. The پ keeps Persian letters as they are."""
    text = "پ" + piece.replace("▁", "")
    return to_embedding_text(text) == text


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
