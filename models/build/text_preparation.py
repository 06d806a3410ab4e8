"""Prepares a text for the embedder, before the prefix is put in front of it.

Every text, passage or question, passes through `to_embedding_text`. The rules, in order:

0. Presentation forms U+FB50–FDFF and U+FE70–FEFC: NFKC, of these code points alone.
1. Bidi and zero-width marks are deleted: U+200B–200F, 061C, 202A–202E, 2060, 2066–2069, FEFF, 00AD.
2. A full stop beside tatweels between two Arabic letters is deleted with them
   (`الإرهـ.ـابية` → `الإرهابية`): `ـ+\\.ـ*` or `ـ*\\.ـ+`. Then every tatweel (U+0640) is deleted.
3. Harakat and Koranic marks are deleted: U+064B–065F, 0670, 06D6–06ED.
4. If none of the letters پ چ ژ گ ٹ ڈ ڑ ے ں ہ ۀ stands in the text, it is taken for Arabic:
   U+06CC → ي (064A), U+06A9 → ك (0643).
5. Digits U+0660–0669 and U+06F0–06F9 → 0–9; U+066B → `.`; U+066C → `,`.
6. Each run of white space becomes one space; none is left at either end. White space is
   what `\\s` means in JavaScript.

An Arabic letter, for rule 2, is a letter of the Arabic blocks other than tatweel: U+0620–063F,
0641–064A, 066E–066F, 0671–06D3, 06D5, 06EE–06EF, 06FA–06FC, 06FF, 0750–077F, 08A0–08C9.

Forms of alef, ى and ة are left as they are: the model knows them.
"""

from __future__ import annotations

import re
import unicodedata

TEXT_PREPARATION_VERSION = "1"

_ARABIC_LETTER = (
    "[\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef"
    "\u06fa-\u06fc\u06ff\u0750-\u077f\u08a0-\u08c9]"
)
_PRESENTATION_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_INVISIBLE_MARKS = re.compile("[\u200b-\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_DODGING_STOP = re.compile(f"(?<={_ARABIC_LETTER})(?:\u0640+\\.\u0640*|\u0640*\\.\u0640+)(?={_ARABIC_LETTER})")
_TATWEEL = "\u0640"
_VOWEL_MARKS = re.compile("[\u064b-\u065f\u0670\u06d6-\u06ed]")
_NOT_ARABIC_LANGUAGE = re.compile("[پچژگٹڈڑےںہۀ]")
_PERSIAN_TO_ARABIC = str.maketrans("\u06cc\u06a9", "\u064a\u0643")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
_WHITE_SPACE = re.compile("[\t\n\u000b\u000c\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")


def to_embedding_text(text: str) -> str:
    """Returns `text` as the embedder wants it, by the rules above."""
    text = _PRESENTATION_FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _INVISIBLE_MARKS.sub("", text)
    text = _DODGING_STOP.sub("", text).replace(_TATWEEL, "")
    text = _VOWEL_MARKS.sub("", text)
    if not _NOT_ARABIC_LANGUAGE.search(text):
        text = text.translate(_PERSIAN_TO_ARABIC)
    text = text.translate(_DIGITS)
    return _WHITE_SPACE.sub(" ", text).strip(" ")
