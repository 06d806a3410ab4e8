/**
 * Arabic words that say how others belong together and nothing of what a text is about, as they are spelled with care.
 * Left out, because they are also names of things: أم (mother), علي (Ali), آن (now), ذات (self), ضد, أهل.
 */
const WORDS = `
من إلى عن على في مع حتى منذ خلال عند لدى بين حول دون بدون عبر نحو لدي سوى بسبب بعد قبل فوق تحت أمام وراء ضمن مثل
أن إن كأن لأن بأن لكن لعل ليت أو ثم بل إذا إذ لو لولا كي لكي حيث بينما عندما حينما كلما إما أما إلا كما لما بما مما
فيما ربما إنما وإلا حين
لا لم لن ما ليس ليست ليسوا غير قد لقد سوف هل أي أية أيضا فقط
هو هي هما هم هن أنا نحن أنت أنتم أنتما هذا هذه هذان هاتان هذين هاتين هؤلاء ذلك تلك أولئك ذاك هنا هناك هنالك
الذي التي الذين اللذان اللتان اللذين اللتين اللاتي اللواتي اللائي
بهذا بهذه لهذا لهذه كهذا كهذه بذلك لذلك كذلك بتلك لتلك
ماذا لماذا متى أين كيف كم بم لم عم مم عما ممن لمن بمن فيمن
كان كانت كانوا كنت كنا يكون تكون نكون يكونون كن يكن تكن أكون كونه كونها
كل كلا كلتا بعض جدا نفس
له لها لهم لهن لنا لك لكم لي لهما به بها بهم بهن بنا بك بكم بي بهما فيه فيها فيهم فينا فيك فيهما
منه منها منهم منا منك مني منهما عنه عنها عنهم عنا عنك عني إليه إليها إليهم إلينا إليك إليكم إلي
عليه عليها عليهم علينا عليك عليكم عليهما معه معها معهم معنا معك معي لديه لديها لديهم لدينا لديك
إنه إنها إنهم إننا إني أنه أنها أنهم أننا أني لأنه لأنها لأنهم بأنه بأنها بأنهم كأنه كأنها كأنهم لكنه لكنها لكنهم
بينهم بينها بينه بينهما لكل بكل
`;

/** Single letters and articles that stand apart from their word, because a number or a Latin word follows. */
const ATTACHED = 'و ف ب ك ل ال وال بال كال فال لل';

/** و or ف and a stop word, which are another word together: illusion, understanding, guardian, film, weakness, governor. */
const OTHER_WORDS: ReadonlySet<string> = new Set('وهم فهم ولي ولى فلم وهن والي فان فانه فانها'.split(' '));

/** Hurried spellings that are another word: the name Ali is not the preposition على. */
const NOT_HURRIED: ReadonlySet<string> = new Set(['علي', 'سوي']);

/**
 * Looked up in `spelled` words (see `foldForMatching`), before ى and ي are joined and before hamzas go: على is a stop
 * word, علي is not; أن and ان are, آن is not. Each word is here with the hurried spellings that mean nothing else
 * (الى, إلي and الي for إلى; فى for في; اية for أية), and with و and ف attached.
 */
export const ARABIC_STOP_WORDS: ReadonlySet<string> = new Set([...withAttached(), ...ATTACHED.split(' ')]);

function withAttached(): string[] {
  const words = WORDS.split(/\s+/).filter(Boolean).flatMap(spellings);
  const attached = words.flatMap((word) => [`و${word}`, `ف${word}`]).filter((word) => !OTHER_WORDS.has(word));
  return [...words, ...attached];
}

function spellings(word: string): string[] {
  const alefs = [word, word.replace(/[أإ]/g, 'ا')];
  const ends = alefs.flatMap((form) => [form, form.replace(/ى$/, 'ي'), form.replace(/ي$/, 'ى')]);
  const hurried = [...ends, ...ends.map((form) => form.replace(/ة$/, 'ه'))];
  return [...new Set(hurried)].filter((form) => form === word || !NOT_HURRIED.has(form));
}
