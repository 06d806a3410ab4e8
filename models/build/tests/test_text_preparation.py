"""The rules of text preparation, case by case."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from text_preparation import to_embedding_text  # noqa: E402

CASES = {
    "bidi and zero-width marks go": ("\u202bنص\u202c \u2067a\u2069\u200b\u061c\ufeff b\u00adc\u2060", "نص a bc"),
    "tatweel goes": ("أهـــلاً بكـم", "أهلا بكم"),
    "a stop inside a word goes with its tatweels": ("الإرهـ.ـابية والسـ.لاح والجـ.ـماعة", "الإرهابية والسلاح والجماعة"),
    "a stop that ends a sentence stays": ("متأخراـ. ثم غادرـ.", "متأخرا. ثم غادر."),
    "a stop without tatweel stays": ("أ.د.محمد v1.2", "أ.د.محمد v1.2"),
    "harakat and Koranic marks go": ("كَتَبَ الطَّالِبُ هَٰذَا ۖ ٱلْبَيْتُ", "كتب الطالب هذا ٱلبيت"),
    "presentation forms become letters": ("ﺍﻟﻤﻜﺘﺒﺔ ﻻ", "المكتبة لا"),
    "a ligature becomes its words": ("النبي ﷺ", "النبي صلى الله عليه وسلم"),
    "an isolated mark leaves only its space": ("اﹰب", "ا ب"),
    "other compatibility forms are left to the tokenizer": ("ﬁ ½", "ﬁ ½"),
    "Persian yeh and kaf in an Arabic text become Arabic": ("الکتاب فی", "الكتاب في"),
    "Persian texts keep theirs": ("کتاب پژوهشی", "کتاب پژوهشی"),
    "digits and their signs become ASCII": ("٣٬٤٥٦٫٧ ۴۲٫۵ 9", "3,456.7 42.5 9"),
    "alef forms, alef maksura and teh marbuta stay": ("إلى آثار أمة", "إلى آثار أمة"),
    "white space becomes single spaces": ("  a\r\n\tb\u00a0\u3000c  ", "a b c"),
    "marks alone leave nothing": ("ـــ\u200f َ", ""),
}


class TextPreparationTest(unittest.TestCase):
    def test_rules(self) -> None:
        for name, (text, expected) in CASES.items():
            with self.subTest(name):
                self.assertEqual(to_embedding_text(text), expected)

    def test_preparing_twice_changes_nothing_more(self) -> None:
        for text, _ in CASES.values():
            once = to_embedding_text(text)
            self.assertEqual(to_embedding_text(once), once)


if __name__ == "__main__":
    unittest.main()
