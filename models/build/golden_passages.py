"""The passages of the golden sentences, written for this project; long ones are filled up to their length.

Each is (id, what stands between its sentences, its sentences). Most come out of one pass; `apart` in an id says that
the sentences have passes of their own, for the reason that follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

GoldenPassage = tuple[str, str, list[str]]

SHORT_PASSAGES: list[GoldenPassage] = [
    ("ar-plain", " ", [
        "افتتحت البلدية أمس جسرا جديدا للمشاة فوق النهر بعد عامين من العمل.",
        "وقال المهندس المسؤول إن الجسر بني من خشب الأرز والفولاذ ليحتمل الفيضانات.",
        "ويأمل أصحاب المتاجر في الضفة الشرقية أن يعيد الجسر الزوار إلى السوق القديم.",
    ]),
    ("en-plain", " ", [
        "The harbour museum has bought a wooden fishing boat that was built on the island in 1911.",
        "Its last owner sailed it alone until he was eighty, and then left it to rot behind the ice factory.",
        "Two carpenters will spend the winter replacing the planks below the waterline.",
    ]),
    ("ar-harakat-tatweel", " ", [
        "ذَهَبَ الطَّالِبُ إِلَى المَكْتَبَةِ لِيَقْرَأَ كِتَابًا عَنِ النُّجُومِ.",
        "أهـــلاً وسهـــلاً بكـم في قاعـة المطالعـة، فهي مفتوحـة كل يـوم.",
        "وتحدث المحاضر عن الإرهـ.ـاب في الروايات القديمة وعن أثره في القراء.",
    ]),
    ("ar-digits-lines", "\n", [
        "بلغ عدد الزوار ٣٬٤٥٦ زائرا في شهر تموز ٢٠٢٤، أي بزيادة ٢٫٥٪ عن العام السابق.",
        "وكان ثمن التذكرة 15 دينارا قبل أن يرتفع إلى 17.50 في أول آذار.",
        "وفي عام ۱۹۹۸ لم يزر المتحف سوى 900 شخص.",
    ]),
    ("mixed-scripts-emoji", " ", [
        "أطلقت شركة OpenStreetMap تطبيقا جديدا 🗺️ يعمل على Android و iOS بسرعة 5G.",
        "Users in القاهرة and عمّان can now mark a closed road 🚧 with one touch!",
        "فهل تصبح الخرائط الحرة بديلا حقيقيا عن Google Maps؟",
        "La version française paraîtra à l’été 👍🏽.",
    ]),
    ("en-very-short", " ", [
        "Did the council ask the farmers before it sold the water rights of the whole valley?",
        "No.",
        "It wrote to three of them after the contract had been signed.",
    ]),
    ("ar-marks-and-blanks", " \u200f\u00a0\n\n", [
        "\u202bصدر العدد الأول من مجلة\u202c \u2067Orient Review\u2069 في القاهرة\u200e عام 1921.",
        "ثم توقفت المجلة ثلاث سنوات بسبب غلاء الورق.",
    ]),
    ("ar-apart-no-space", "", [
        "انتهى اجتماع مجلس المدينة بعد ست ساعات من النقاش.",
        "وسيعرض المشروع على السكان في الأسبوع المقبل.",
        "أما الميزانية فلم يتفق عليها الأعضاء.",
    ]),
    ("ar-apart-letters-of-persian", " ", [
        "هذا الکتاب فی تاریخ المدینة القدیمة وأسواقها الکبیرة.",
        "وقد ترجمه إلى العربية أستاذ من جامعة گرگان قبل عشرين سنة.",
    ]),
    ("en-apart-no-tokens", " ", [
        "The reading room opens at nine on weekdays and at ten on Saturdays.",
        "ـــ ـَ",
    ]),
]

_ARABIC_LONG = [
    "بدأت المدينة بناء محطة جديدة لتحلية مياه البحر قرب الميناء القديم، وهي الثالثة من نوعها على هذا الساحل منذ جفت "
    "الآبار التي كان السكان يشربون منها، وقد رصدت لها الحكومة مالا يكفي لشراء المضخات وللأنابيب التي ستمر تحت الطريق "
    "الساحلي إلى الخزانات الكبيرة في أعلى التل، حيث كانت القلعة، ثم إلى الأحياء الجديدة التي لم يصل إليها الماء بعد.",
    "وقال المهندسون إن العمل سيستمر ثلاث سنوات، وإن المحطة ستكفي مليون ساكن إذا لم تزد حاجة المصانع إلى الماء، "
    "لكنهم حذروا من أن تشغيلها يحتاج إلى كهرباء كثيرة، وأن أسعار الكهرباء ارتفعت مرتين في العام الماضي، ولذلك ستبنى "
    "إلى جانبها محطة شمسية على أرض كانت مطارا صغيرا تهبط فيه طائرات البريد قبل أن يفتتح المطار الدولي في الجنوب.",
    "ويخشى الصيادون أن يضر الماء المالح العائد إلى البحر بالأسماك الصغيرة، وقد كتبوا إلى الوزير مرتين ولم يتلقوا "
    "جوابا، ويقول شيخهم إن الشباك التي كانت تخرج من الماء ممتلئة قبل عشرين عاما لا تخرج اليوم إلا بالقليل، وإن أبناء "
    "الصيادين يتركون القوارب واحدا بعد آخر ليعملوا في المستودعات وفي الفنادق التي تطل على الخليج من الجهة الأخرى.",
    "أما علماء البيئة في الجامعة فيقترحون أن يخلط الماء المالح بماء التبريد الخارج من محطة الكهرباء قبل أن يعاد إلى "
    "البحر، وأن يدفع في أنبوب طويل إلى حيث تحمله التيارات بعيدا عن الشعاب التي تضع فيها الأسماك بيوضها، وهم يقولون إن "
    "ذلك يزيد كلفة المحطة عشرا في المئة لا أكثر، وإن محطات كثيرة على شواطئ أخرى تعمل بهذه الطريقة منذ زمن طويل.",
    "وفي المقاهي القريبة من الميناء يدور الحديث عن الأرض التي اشترتها شركة لا يعرف أحد أصحابها قبل أن يعلن المشروع "
    "بشهرين، ثم باعتها للحكومة بثلاثة أضعاف ثمنها، وقد وعد رئيس البلدية بأن ينشر العقود كلها على موقع المدينة في آخر "
    "الشهر، لكن الصحيفة المحلية تقول إن الصفحات التي فيها أسماء البائعين لم تكن بين ما أرسل إليها من الوثائق.",
    "وسيناقش البرلمان المشروع في جلسة مفتوحة يحضرها الصيادون والمهندسون وأصحاب الفنادق، ثم تسافر لجنة من سبعة أعضاء "
    "إلى المحطتين القديمتين لترى ما بقي من الشعاب أمامهما، قبل التصويت",
]
_ENGLISH_LONG = [
    "When the railway reached the oasis in the spring of that year, the traders who had for centuries brought salt, dates "
    "and leather over the pass with their camels understood within a few weeks that nobody would pay them again for a "
    "journey of nineteen days, since the same bales now lay in the station of the capital on the second morning, and for "
    "a tenth of what the shortest caravan had cost; most of them sold their animals before the summer, to butchers and to "
    "the army, and looked for work in the new workshops beside the line.",
    "A few families, however, did not give up the road, because there were villages in the mountains to which no train "
    "would ever climb, and because the pilgrims who walked to the shrine of the two brothers still wanted guides, tents "
    "and somebody who knew which of the wells had gone bitter since the last earthquake; their grandchildren keep the "
    "ledgers, in which every load, every toll and every death on the way was written down in a small and very even hand.",
    "The historian who found these books in a cellar, behind jars of olives, has spent eleven years reading them, and "
    "says that they overturn much of what was believed about the trade, for it was neither as slow nor as dangerous as "
    "the travellers from abroad described it, and it paid better wages than the mines did; above all, women owned almost "
    "a third of the animals, although not one of the printed accounts mentions a single woman by her name.",
    "She had to learn an alphabet that only the clerks of these families used, in which numbers are written from the "
    "bottom of the page to the top and the names of debtors are replaced with those of birds, so that a thief who stole "
    "a ledger could not have collected what was owed; in the margins children practised their letters, and on one page "
    "somebody drew a locomotive with the head of a wolf.",
    "The books will be shown in the old customs house from next month, and whoever has others at home, or letters, or "
    "photographs of the road and of its people, is asked to bring them there on one of the first three Sundays, when a "
    "photographer will copy every page without charge and give the owner a print of it",
]
# (id, sentences, what the last is filled up with, tokens with prefix and special tokens, before cutting)
_LONG: list[tuple[str, list[str], str, int]] = [
    ("ar-512-tokens", _ARABIC_LONG, " مرة أخرى", 512),
    ("en-apart-513-tokens", _ENGLISH_LONG, " again", 513),
]


def golden_passages(count_tokens: Callable[[str], int]) -> Iterator[GoldenPassage]:
    """Yields all golden passages; `count_tokens` tells the tokens of a raw passage, uncut."""
    yield from SHORT_PASSAGES
    for name, sentences, filling, tokens in _LONG:
        words, last = filling.split(), sentences[-1]
        while count_tokens(" ".join([*sentences[:-1], last + "."])) < tokens:
            last, words = f"{last} {words[0]}", [*words[1:], words[0]]
        yield name, " ", [*sentences[:-1], last + "."]
