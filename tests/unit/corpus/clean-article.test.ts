import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanArticle } from '../../../src/corpus/clean-article.js';
import { rawArticleOf } from './raw-article-of.js';

const PROSE = 'The ship left the harbour early on Monday and came back on Thursday.';
const OTHER = 'Its captain said that the sea had been calm for most of the way.';

const scraped = (name: string) =>
  cleanArticle(
    rawArticleOf(
      readFileSync(new URL(`../../fixtures/articles/scraped/${name}.txt`, import.meta.url), 'utf8'),
    ),
  );
const keptOf = (text: string) =>
  cleanArticle(rawArticleOf(text)).paragraphs.map((paragraph) => paragraph.text);
const reasonsOf = (text: string) =>
  cleanArticle(rawArticleOf(text)).dropped.map(({ reason, text: line }) => [reason, line]);

describe('cleanArticle on scraped pages', () => {
  it('leaves the article of an English page and nothing else', () => {
    const { title, paragraphs, language } = scraped('tidal-gates-en');
    expect(title).toBe('City opens new tidal gates after ten years of work');
    expect(language).toBe('en');
    expect(paragraphs.map(({ kind, line }) => [kind, line])).toEqual([
      ['paragraph', 21],
      ['paragraph', 25],
      ['heading', 30],
      ['paragraph', 32],
      ['paragraph', 34],
      ['paragraph', 42],
    ]);
  });

  it('leaves the article of an Arabic page without blank lines and nothing else', () => {
    const { title, paragraphs, language } = scraped('tidal-gates-ar');
    expect(title).toBe('المدينة تفتح بوابات المد الجديدة بعد عشر سنوات من العمل');
    expect(language).toBe('ar');
    expect(paragraphs.map(({ kind, line }) => [kind, line])).toEqual([
      ['paragraph', 15],
      ['paragraph', 16],
      ['heading', 21],
      ['paragraph', 22],
      ['paragraph', 23],
    ]);
  });

  it('shows the author’s text, words that the site broke included', () => {
    expect(scraped('tidal-gates-ar').paragraphs[0]?.text).toContain('عاصـ.ـفة');
  });

  it('keeps a second story of the page under its headline', () => {
    const { title, paragraphs } = scraped('masthead-ar');
    expect(title).toBe('صيادو الشمال: الميناء الجديد يهدد رزقنا ويبعد السفن الصغيرة عن الساحل');
    expect(paragraphs.map(({ kind, line }) => [kind, line])).toEqual([
      ['paragraph', 9],
      ['paragraph', 11],
      ['heading', 17],
      ['paragraph', 19],
    ]);
  });

  it('says of every dropped line why, and where it was', () => {
    const reasons = new Map(scraped('masthead-ar').dropped.map(({ line, reason }) => [line, reason]));
    expect(Object.fromEntries(reasons)).toEqual({
      1: 'byline',
      2: 'byline',
      4: 'title',
      6: 'share',
      7: 'menu',
      15: 'menu',
      21: 'subscribe',
      22: 'subscribe',
      23: 'form',
      24: 'form',
      26: 'related',
      28: 'related',
      30: 'comments',
    });
  });
});

describe('cleanArticle on single lines', () => {
  it.each([
    ['share', 'https://t.me/harbour'],
    ['share', 'Follow us on Twitter and Facebook.'],
    ['share', 'تابعونا عبر تطبيق واتس أب :'],
    ['subscribe', 'Sign up for our weekly newsletter'],
    ['source-line', 'المصدر: الساحل + وكالات'],
    ['source-line', 'Source: Reuters'],
    ['menu', 'Advertisement'],
    ['menu', 'أخبار أخرى..'],
    ['menu', 'جميع الحقوق محفوظة © الساحل 2020'],
    ['menu', 'News | Sport | Weather | Opinion'],
    ['caption', 'Photo: A ship at the pier'],
    ['caption', 'سفينة في الميناء القديم (رويترز)'],
    ['caption', 'وصول السفينة إلى الميناءوصول السفينة إلى الميناء'],
    ['related', 'اقرأ أيضاً: لماذا تأخرت السفينة'],
    ['related', 'Read also: Why the ship was late'],
    ['byline', 'الساحل-الميناء-رويترز'],
    ['byline', 'Reporting by Jane Doe; Editing by John Roe'],
    ['symbols-only', '* * *'],
  ])('drops, as %s, "%s"', (reason, line) => {
    expect(reasonsOf(`${PROSE}\n\n${line}\n\n${OTHER}`)).toEqual([[reason, line]]);
  });

  it.each([
    'Share prices fell on Monday after the harbour closed.',
    'Copyright law protects authors for seventy years.',
    'Like our ancestors, we fear the dark.',
    'Published by a small press in 1950, the novel sold well.',
    'Join us in remembering those who were lost.',
    'Related industries followed the harbour to the south.',
    'سجل المنتخب هدفا وضعه على رأس القائمة.',
    'وتابع: «نحن نساعد السفن الصغيرة».',
    'حملوا هواتفهم ونشروا الصور على فيسبوك.',
    'كل الحقوق تبدأ بالحرية.',
    'الصورة (التي نشرت أمس) مزيفة.',
    'قال الربان ما يلي:',
    'Why was the ship late?',
    'Listen.',
    'ماذا بعد',
    '1950',
  ])('keeps "%s"', (line) => {
    expect(keptOf(`${PROSE}\n\n${line}\n\n${OTHER}`)).toEqual([PROSE, line, OTHER]);
  });

  it('drops the second copy of a paragraph', () => {
    expect(reasonsOf(`${PROSE}\n\n${OTHER}\n\n${PROSE}`)).toEqual([['repeated', PROSE]]);
  });

  it('drops a caption that is printed twice in a row', () => {
    const caption = 'The captain on the old pier';
    expect(keptOf(`${PROSE}\n\n${caption}\n\n${caption}\n\n${OTHER}`)).toEqual([PROSE, OTHER]);
  });

  it('drops the keywords under "Tags"', () => {
    expect(keptOf(`${PROSE}\n\n${OTHER}\n\nTags\nships\nthe old pier`)).toEqual([PROSE, OTHER]);
  });

  it('keeps the items of a list below a dropped item', () => {
    const text = `${PROSE}\n• one two three four five\n• salt\n\n${OTHER}\n• one two three four five\n• stone`;
    expect(keptOf(text)).toEqual([PROSE, '• one two three four five\n• salt', OTHER, '• stone']);
  });

  it('keeps short lines that repeat', () => {
    expect(keptOf(`${PROSE}\n\nYes.\n\n${OTHER}\n\nYes.`)).toEqual([PROSE, 'Yes.', OTHER, 'Yes.']);
  });

  it('drops headlines under "related" and keeps the prose after them', () => {
    expect(keptOf(`${PROSE}\n\nRelated articles\nWhy the ship was late\nTen photos\n\n${OTHER}`)).toEqual([
      PROSE,
      OTHER,
    ]);
  });

  it('drops a list of headlines that runs into the comments, and keeps one that a sentence introduces', () => {
    const list = '• Fishermen ask for more time\n• Minister denies the new plan\n';
    expect(keptOf(`${PROSE}\n\n${list}\nLeave a comment`)).toEqual([PROSE]);
    expect(keptOf(`${PROSE} They want two things:\n\n${list}\nLeave a comment`)).toHaveLength(2);
  });

  it('drops readers’ comments where they plainly begin', () => {
    expect(
      keptOf(`${PROSE}\n\n${OTHER}\n\n2 Comments\n\nTom says:\nA very good article, thank you.`),
    ).toEqual([PROSE, OTHER]);
  });

  it('keeps a section’s name above prose and drops it among other menu lines', () => {
    expect(keptOf(`${PROSE}\n\nHealth\n\n${OTHER}`)).toEqual([PROSE, 'Health', OTHER]);
    expect(keptOf(`Health\nSport\n\n${PROSE}\n\n${OTHER}`)).toEqual([PROSE, OTHER]);
  });
});

describe('cleanArticle on clean articles', () => {
  it.each(['Paris is the capital.', 'Share', 'Related articles', 'a b c', 'أين؟', 'https://example.org/a'])(
    'never drops a text of one block: "%s"',
    (text) => {
      expect(keptOf(text)).toEqual([text]);
    },
  );

  it('takes the title that is given and drops its copy in the text', () => {
    const article = cleanArticle(rawArticleOf(`The late ship\n\n${PROSE}`, { title: 'The late ship' }));
    expect(article.title).toBe('The late ship');
    expect(article.paragraphs.map(({ text }) => text)).toEqual([PROSE]);
  });

  it('takes the first headline for the title when none is given', () => {
    const article = cleanArticle(rawArticleOf(`Late\n\n${PROSE}`));
    expect([article.title, article.paragraphs.length]).toEqual(['Late', 1]);
  });

  it('has no title when the text starts with prose', () => {
    expect(cleanArticle(rawArticleOf(`${PROSE}\n\n${OTHER}`)).title).toBe('');
  });

  it('keeps verse', () => {
    const verse = 'I met a ship\nthat sailed alone\nand carried salt\nand carried stone';
    expect(keptOf(verse).join('\n')).toBe(verse);
  });

  it('keeps a page of very short lines without a menu', () => {
    expect(keptOf('ab cd\nef gh\nij kl\nmn op')).toHaveLength(4);
  });

  it('takes wrapped lines for one paragraph', () => {
    const wrapped =
      'The lighthouse stood on the northern rock for over a century. It was built of\ngranite that came by sea from the south, and its lamp could be seen for twenty\nmiles. Many people come.';
    expect(keptOf(`${wrapped}\n\n${OTHER}`)).toEqual([wrapped, OTHER]);
  });

  it('takes one sentence over several lines for one paragraph, in Arabic too', () => {
    const wrapped =
      'افتُتح المتحف في بيت تاجر قديم في وسط المدينة العتيقة قبل أربعين عامًا، ويضم أكثر من ألفي قطعة جمعتها الأسرة على\nمدى ثلاثة أجيال، أقدمها عباءة من الصوف.';
    expect(keptOf(`${wrapped}\n\n${OTHER}`)).toEqual([wrapped, OTHER]);
  });

  it('joins the items of a list into one paragraph', () => {
    expect(keptOf(`${PROSE}\n\n• salt\n• stone\n\n${OTHER}`)).toEqual([PROSE, '• salt\n• stone', OTHER]);
  });

  it('keeps the language that is given', () => {
    expect(cleanArticle(rawArticleOf(PROSE, { language: 'ar' })).language).toBe('ar');
  });

  it('passes on url, date, tags and origin', () => {
    const raw = rawArticleOf(PROSE, {
      url: 'https://example.org',
      publishedAt: '2020-01-01',
      tags: ['sea'],
      origin: { file: 'b.jsonl', line: 3 },
    });
    expect(cleanArticle(raw)).toMatchObject({
      url: 'https://example.org',
      publishedAt: '2020-01-01',
      tags: ['sea'],
      origin: { file: 'b.jsonl', line: 3 },
    });
  });
});

describe('cleanArticle on hostile texts', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' \n\u00a0\n'],
    ['marks', '\u200f\u064e\n…'],
    ['a menu', 'الرئيسية\nأخبار\nرياضة\nاتصل بنا\nالأمصار\nإغلاق'],
    ['an English menu', 'Home\nNews\nSport\nContact us\nHarbourpost\nClose'],
  ])('refuses %s', (_name, text) => {
    expect(() => cleanArticle(rawArticleOf(text))).toThrow(
      expect.objectContaining({ code: 'ARTICLE_WITHOUT_TEXT' }),
    );
  });

  it('keeps a line of a million characters', () => {
    expect(keptOf(`${PROSE}\n\n${'كلمة '.repeat(200_000)}`)[1]).toHaveLength(999_999);
  });

  it.each([
    ['markers', 'Related\n'],
    ['comments', 'Comments\none two three four\n'],
    ['short lines', 'ab cd\n'],
    ['captions', 'The minister said that all were glad to be there again.\nThe minister John\n'],
  ])('takes time in proportion to the length of a page of %s', (_name, line) => {
    const started = performance.now();
    expect(() => cleanArticle(rawArticleOf(`${PROSE}\n\n${OTHER}\n\n${line.repeat(10_000)}`))).not.toThrow();
    expect(performance.now() - started).toBeLessThan(60_000);
  });

  const lines = fc.constantFrom(
    PROSE,
    OTHER,
    'Related articles',
    'Comments',
    'Share',
    'الأخبار',
    '',
    ' ',
    '• one two three four',
    'A headline of the day',
    'By Jane Doe',
    '***',
    'إعلان',
    'قال الربان إن السفينة تأخرت.',
    '2 Comments',
    'Tom says:',
  );

  it('keeps or drops every block, once, in order', () => {
    fc.assert(
      fc.property(fc.array(lines, { maxLength: 25 }), (parts) => {
        const text = [PROSE, ...parts].join('\n');
        const article = cleanArticle(rawArticleOf(text));
        const pieces = [...article.paragraphs, ...article.dropped].sort((a, b) => a.line - b.line);
        expect(
          pieces
            .map((piece) => piece.text)
            .join('')
            .replace(/\s/g, ''),
        ).toBe(text.replace(/\s/g, ''));
      }),
    );
  });

  it('never loses prose above the comments', () => {
    const page = fc.array(
      lines.filter((line) => !/omments|says/.test(line)),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(page, (parts) => {
        const kept = keptOf([...parts, PROSE, OTHER].join('\n\n'));
        expect(kept).toContain(PROSE);
        expect(kept).toContain(OTHER);
      }),
    );
  });
});
