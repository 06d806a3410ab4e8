"""Spells Arabic as people do when they are in a hurry.

Vowels, tatweel, digits and Persian letters are undone by the text preparation of every model;
hamza forms of alef, ى and ي, ة and ه, hamza on waw and yeh by the tokenizer of a model of one
spelling (see vocabulary.py in models/build). `ALL_KINDS` shows in evaluation what each costs.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

_ALEF_FORMS = re.compile("[أإآٱ]")
_FINAL_TEH = re.compile(r"ة(?![\u0620-\u06ff])")
_FINAL_HEH = re.compile(r"(?<=[\u0620-\u064a])ه(?![\u0620-\u06ff])")
_FINAL_MAKSURA = re.compile(r"ى(?![\u0620-\u06ff])")
_FINAL_YEH = re.compile(r"(?<=[\u0620-\u064a])ي(?![\u0620-\u06ff])")
_HARAKAT = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
_MARKS = "\u200c\u200e\u200f\u061c\u202b\u202c\u2067\u2069\ufeff"
#: Isolated presentation forms by the letter that each stands for.
_SHAPES = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFEFC, 0xFE7F, -1)
           if "ISOLATED" in unicodedata.name(chr(code), "") and len(unicodedata.normalize("NFKC", chr(code))) == 1}
_ARABIC_LETTER = re.compile("[\u0621-\u063a\u0641-\u064a]")
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

Rule = Callable[[str, random.Random], str]


def _replace(pattern: re.Pattern[str], replacement: str) -> Rule:
    return lambda text, _: pattern.sub(replacement, text)


def _seat_of_hamza(text: str, _: random.Random) -> str:
    return text.replace("ؤ", "و").replace("ئ", "ي")


def _harakat(text: str, chance: random.Random) -> str:
    return _ARABIC_LETTER.sub(lambda letter: letter[0] + (chance.choice(_HARAKAT) if chance.random() < 0.4 else ""), text)


def _tatweel(text: str, chance: random.Random) -> str:
    return re.sub("([بتثجحخسشصضطظعغفقكلمنهي])(?=[\u0621-\u064a])",
                  lambda letter: letter[0] + ("ـ" * chance.randint(1, 3) if chance.random() < 0.15 else ""), text)


def _arabic_digits(text: str, _: random.Random) -> str:
    return text.translate(_ARABIC_DIGITS)


def _presentation_forms(text: str, chance: random.Random) -> str:
    """Words in letters that carry their own shape, as some old PDF files have them."""
    return re.sub(r"[\u0621-\u064a]+", lambda word: _shaped(word[0]) if chance.random() < 0.3 else word[0], text)


def _shaped(word: str) -> str:
    return "".join(_SHAPES.get(letter, letter) for letter in word)


def _invisible_marks(text: str, chance: random.Random) -> str:
    return re.sub("[\u0621-\u064a]", lambda letter: letter[0] + (chance.choice(_MARKS) if chance.random() < 0.1 else ""), text)


def _dodged(text: str, chance: random.Random) -> str:
    """Words broken up, so that filters do not know them."""
    return re.sub("([بتثجحخسشصضطظعغفقكلمنهي])(?=[\u0621-\u064a])",
                  lambda letter: letter[0] + ("ـ.ـ" if chance.random() < 0.08 else ""), text)


def _persian_letters(text: str, _: random.Random) -> str:
    return text.replace("ي", "ی").replace("ك", "ک")


#: What text preparation leaves, because both spellings can be words; by name.
AMBIGUOUS: dict[str, Rule] = {
    "alef": _replace(_ALEF_FORMS, "ا"),
    "teh": _replace(_FINAL_TEH, "ه"),
    "maksura": _replace(_FINAL_MAKSURA, "ي"),
    "yeh": _replace(_FINAL_YEH, "ى"),
    "hamza": _seat_of_hamza,
    "heh": _replace(_FINAL_HEH, "ة"),
}
#: What text preparation undoes.
PREPARED: dict[str, Rule] = {
    "harakat": _harakat,
    "tatweel": _tatweel,
    "digits": _arabic_digits,
    "persian": _persian_letters,
    "dodged": _dodged,
    "marks": _invisible_marks,
    "presentation": _presentation_forms,
}
ALL_KINDS: dict[str, Rule] = {**AMBIGUOUS, **PREPARED}


def misspell_all(text: str, chance: random.Random) -> str:
    """Returns `text` with every kind at once but `yeh` and `heh`, which would undo `maksura` and `teh`."""
    for kind, rule in ALL_KINDS.items():
        if kind not in ("yeh", "heh"):
            text = rule(text, chance)
    return text
