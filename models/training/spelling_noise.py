"""Spells Arabic as people do when they are in a hurry.

The model's text preparation already takes vowels, tatweel, presentation forms and digits out of
the way. What is left is what it cannot undo, because both spellings are words: hamza forms of
alef, ى and ي, ة and ه, hamza on waw and yeh. In training some texts are spelled otherwise and
keep the target of the right spelling; in evaluation `ALL_KINDS` shows what each costs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_ALEF_FORMS = re.compile("[أإآٱ]")
_FINAL_TEH = re.compile(r"ة(?![\u0620-\u06ff])")
_FINAL_HEH = re.compile(r"(?<=[\u0620-\u064a])ه(?![\u0620-\u06ff])")
_FINAL_MAKSURA = re.compile(r"ى(?![\u0620-\u06ff])")
_FINAL_YEH = re.compile(r"(?<=[\u0620-\u064a])ي(?![\u0620-\u06ff])")
_HARAKAT = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
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


def _persian_letters(text: str, _: random.Random) -> str:
    return text.replace("ي", "ی").replace("ك", "ک")


#: What no text preparation undoes, by name.
AMBIGUOUS: dict[str, Rule] = {
    "alef": _replace(_ALEF_FORMS, "ا"),
    "teh": _replace(_FINAL_TEH, "ه"),
    "maksura": _replace(_FINAL_MAKSURA, "ي"),
    "yeh": _replace(_FINAL_YEH, "ى"),
    "hamza": _seat_of_hamza,
}
#: The rarer mistake; learnt, not measured: «كتابه» and «كتابة» are both words.
_RARE: dict[str, Rule] = {"heh": _replace(_FINAL_HEH, "ة")}
#: What text preparation undoes.
PREPARED: dict[str, Rule] = {
    "harakat": _harakat,
    "tatweel": _tatweel,
    "digits": _arabic_digits,
    "persian": _persian_letters,
}
ALL_KINDS: dict[str, Rule] = {**AMBIGUOUS, **PREPARED}


def misspell(text: str, chance: random.Random) -> str:
    """Returns `text` as somebody spells who never writes a hamza nor the dots of ة and ي, or with one to three
    kinds of it at random."""
    if chance.random() < 0.5:
        kinds = [AMBIGUOUS[kind] for kind in ("alef", "teh", "maksura", "hamza")]
    else:
        known = list(AMBIGUOUS.values()) + (list(_RARE.values()) if chance.random() < 0.3 else [])
        kinds = chance.sample(known, chance.choice((1, 2, 2, 3)))
    for rule in kinds:
        text = rule(text, chance)
    return text


def misspell_all(text: str, chance: random.Random) -> str:
    """Returns `text` with every kind at once but `yeh`, which would undo `maksura`."""
    for kind, rule in ALL_KINDS.items():
        if kind != "yeh":
            text = rule(text, chance)
    return text
