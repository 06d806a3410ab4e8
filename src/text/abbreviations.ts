/** English abbreviations that stand before a name, a place or a number, so that the sentence goes on after them. */
export const LEADING_ABBREVIATIONS: ReadonlySet<string> = new Set(
  'mr mrs ms mx dr prof st ste gen col lt sgt capt cmdr maj adm gov sen rep rev hon pres mt ft vs cf viz ca approx'.split(
    ' ',
  ),
);

/** Abbreviations only before a number: "No. 5", but "No. He refused." is two sentences. */
export const NUMBERING_ABBREVIATIONS: ReadonlySet<string> = new Set(
  'no nos vol vols fig figs p pp ch sec art eq tab'.split(' '),
);

/** Abbreviations that may also end a sentence: they do when a word that often opens one follows. */
export const CLOSING_ABBREVIATIONS: ReadonlySet<string> = new Set(
  'etc inc ltd co corp bros jr sr al ed eds est dept univ jan feb mar apr jun jul aug sep sept oct nov dec'.split(
    ' ',
  ),
);

/** Capitalised words that open a sentence far oftener than they follow an abbreviation inside one. */
export const SENTENCE_OPENERS: ReadonlySet<string> = new Set(
  'The A An This That These Those He She It We They You His Her Its Our Their There Here In On At By For From With As If When While After Before But And Or So Yet However Then Although Because Since Some Many Most What Who Why How Where'.split(
    ' ',
  ),
);

/** Arabic verbs of saying that continue the sentence of the quotation before them: «هل جئت؟» سأل الرجل. */
export const ARABIC_REPORTING_VERBS: ReadonlySet<string> = new Set(
  'قال قالت سأل سألت تساءل تساءلت صاح صاحت هتف هتفت صرخ صرخت همس همست أجاب أجابت رد ردت رددت يقول تقول'.split(
    ' ',
  ),
);
