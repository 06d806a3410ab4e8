"""The texts of the golden embeddings, written for this project; long ones are made from short ones.

Each is (id, role, raw text). Together they go through every rule of text_preparation.py and
every length at which the tokenizer behaves differently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle

from calibration_text import Role

GoldenText = tuple[str, Role, str]

SHORT_TEXTS: list[GoldenText] = [
    ("ar-query", "query", "ما هي أسباب ارتفاع أسعار القمح في الأسواق العالمية؟"),
    ("en-query", "query", "Why did the price of wheat rise on world markets?"),
    ("ar-passage", "passage", "ارتفعت أسعار القمح هذا العام بعد جفاف طويل أصاب أكبر البلدان المصدرة، وزادت كلفة النقل البحري من حدة الأزمة."),
    ("en-passage", "passage", "Wheat became dearer this year after a long drought in the largest exporting countries, and the cost of shipping made matters worse."),
    ("ar-query-keywords", "query", "متحف الخط العربي"),
    ("en-query-keywords", "query", "museum of Arabic calligraphy"),
    ("ar-one-word", "query", "المكتبة"),
    ("en-one-word", "query", "library"),
    ("ar-one-word-passage", "passage", "قمر"),
    ("ar-harakat", "passage", "كَتَبَ الطَّالِبُ دَرْسَهُ ثُمَّ ذَهَبَ إِلَى البَيْتِ مُسْرِعًا."),
    ("ar-koranic-marks", "passage", "رُسِمَتْ عَلَى الجِدَارِ زَخَارِفُ فِيهَا هَٰذَا ٱلْبَيْتُ ۖ وَذَٰلِكَ ٱلْبَابُ ۚ بِخَطٍّ جَمِيلٍ ۗ"),
    ("ar-tatweel", "passage", "أهـــلاً وسهـــلاً بكـم في الـمـوقع الـرسـمي للمدرسـة"),
    ("ar-dodging-stops", "passage", "تحدث التقرير عن الجمـ.ـاعات المسـ.ـلحة وعن الإرهـ.ـاب في المنطقة، ثم ذكر السـ.لاح."),
    ("ar-tatweel-before-stop", "passage", "وصل القطار متأخراـ. ثم غادرـ."),
    ("ar-presentation-forms", "passage", "ﺍﻟﻤﻜﺘﺒﺔ ﺍﻟﻌﺎﻣﺔ ﻣﻔﺘﻮﺣﺔ ﻳﻮﻡ ﺍﻷﺣﺪ ﻟﻠﻘﺮﺍﺀ ﻭﺍﻟﻄﻼﺏ"),
    ("ar-ligatures", "passage", "قال المعلم إن النبي محمدا ﷺ ولد في مكة، والحمد ﷲ، وثمن الكتاب عشرون ﷼."),
    ("ar-digits", "passage", "بلغ عدد السكان ٣٬٤٥٦٬٧٨٩ نسمة في عام ٢٠٢٤، أي بزيادة ٢٫٥٪."),
    ("fa-digits", "passage", "بلغت درجة الحرارة ۴۲٫۵ في شهر تموز ۱۹۹۸."),
    ("latin-digits", "query", "What happened on 14 July 1789 at 17:30?"),
    ("ar-persian-yeh-kaf", "passage", "هذا الکتاب فی تاریخ المدینة القدیمة وأسواقها الکبیرة."),
    ("fa-passage", "passage", "پژوهشگران دانشگاه تهران گفتند که چهار گونهٔ تازه از گیاهان کوهی را یافته‌اند."),
    ("fa-query", "query", "بزرگ‌ترین دریاچهٔ ایران کجاست؟"),
    ("ur-passage", "passage", "لاہور کے پرانے شہر میں کتابوں کا ایک بڑا بازار ہے۔"),
    ("ku-query", "query", "کتێبخانەی گشتی لە کوێیە؟"),
    ("fr-passage", "passage", "La bibliothèque a rouvert après deux années de travaux ; l’entrée est gratuite pour les élèves."),
    ("ar-alef-forms", "passage", "إنّ آثار أوروبا القديمة في مستشفى القرية ومدرسة البنات أُغلقت أمس."),
    ("bidi-marks", "passage", "\u202bصدر العدد الأول من مجلة\u202c \u2067Orient Review\u2069 \u200fفي القاهرة\u200e عام 1921.\u061c"),
    ("zero-width-marks", "passage", "\ufeffالمد\u200bرسة الابتد\u200dائية قري\u200cبة من المح\u2060طة، an extra\u00adordin\u00adary school."),
    ("mixed-scripts", "passage", "أطلقت شركة OpenStreetMap تطبيقاً جديداً يعمل على Android و iOS بسرعة 5G."),
    ("mixed-query", "query", "ما معنى machine learning بالعربية؟"),
    ("white-space", "passage", "  First line.\r\n\r\n\tSecond\u00a0line,\u2003wide   gaps.\u3000\n"),
    ("compatibility-forms", "passage", "The ﬁrst ﬂoor is ½ full: ①②③ Ｆｕｌｌ width, 5 ㎏, x² and ™."),
    ("decomposed-letters", "passage", "Cafe\u0301 Zu\u0308rich, man\u0303ana, A\u030angstro\u0308m."),
    ("symbols-and-emoji", "passage", "السعر 25€ أو $27 😀 👍🏽 → خصم 10% ★★★ #تسوق @متجر"),
    ("other-scripts", "passage", "The sign said 図書館, библиотека and βιβλιοθήκη; π is about 3.14159."),
    ("address", "query", "https://example.org/news?id=42&lang=ar"),
]

_ARABIC_LONG = (
    "بدأت المدينة بناء محطة جديدة لتحلية مياه البحر قرب الميناء القديم. "
    "وقال المهندسون إن العمل سيستمر ثلاث سنوات، وإن المحطة ستكفي مليون ساكن. "
    "ويخشى الصيادون أن يضر الماء المالح العائد إلى البحر بالأسماك الصغيرة. "
)
_ENGLISH_LONG = (
    "The city has begun to build a plant that makes fresh water from the sea beside the old harbour. "
    "Engineers said the work would last three years and that the plant would serve a million people. "
    "Fishermen fear that the salt water flowing back will harm the young fish along the coast. "
)
# (id, role, what is repeated, tokens with prefix and special tokens, before cutting)
_LONG: list[tuple[str, Role, str, int]] = [
    ("ar-511-tokens", "passage", _ARABIC_LONG, 511),
    ("en-512-tokens", "passage", _ENGLISH_LONG, 512),
    ("ar-513-tokens", "passage", _ARABIC_LONG, 513),
    ("en-2000-tokens", "query", _ENGLISH_LONG, 2000),
]
_FILLERS = {_ARABIC_LONG: " في", _ENGLISH_LONG: " the"}


def golden_texts(count_tokens: Callable[[Role, str], int]) -> Iterator[GoldenText]:
    """Yields all golden texts; `count_tokens` tells the tokens of a raw text in a role, uncut."""
    yield from SHORT_TEXTS
    for name, role, unit, tokens in _LONG:
        text = ""
        for word in cycle(unit.split()):
            longer = f"{text} {word}".strip()
            if count_tokens(role, longer) > tokens:
                break
            text = longer
        while count_tokens(role, text) < tokens:
            text += _FILLERS[unit]
        yield name, role, text
