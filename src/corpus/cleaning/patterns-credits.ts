import { type LinePattern, linePattern } from './line-pattern.js';

const open = (maxWords: number) => ({ maxWords });
const evenIfClosed = (maxWords: number) => ({ maxWords, evenIfClosed: true });

/** Who wrote it, where it is from, who took the picture. */
export const CREDIT_PATTERNS: readonly LinePattern[] = [
  linePattern('source-line', open(15), /^\(?(?:المصدر|المصادر|مصدر الخبر|نقلا عن) ?[:؛/|\-–—=] ?\S/),
  linePattern('source-line', evenIfClosed(8), /^\(?(?:المصدر|المصادر|مصدر الخبر) ?[:؛/|\-–—=] ?\S/),
  linePattern(
    'source-line',
    open(15),
    /^\(?(?:source|sources|via|originally published (?:by|in|on|at)|courtesy(?: of)?) ?[:|\-–—] ?\S/,
  ),
  linePattern('source-line', evenIfClosed(5), /^\(?(?:source|sources) ?: ?\S/),
  linePattern(
    'caption',
    evenIfClosed(25),
    /^\(?(?:صوره|الصوره|تصوير|عدسه|مصدر الصوره|حقوق الصوره|تعليق الصوره) ?[:/|] ?\S/,
  ),
  linePattern(
    'caption',
    evenIfClosed(30),
    /^\(?(?:photos?|photograph|images?|pictures?|(?:photo|image|picture) (?:credit|source|by|courtesy(?: of)?)|caption|credits?) ?[:/|] ?\S/,
  ),
  linePattern(
    'caption',
    open(30),
    /[.،,)] (?:photograph|photo|image|picture|تصوير|عدسه|الصوره)(?: by| credit)? ?: \S.{1,60}$/,
  ),
  linePattern('caption', open(12), /^photo(?:graph)?s? (?:by|courtesy of) \S/),
  linePattern(
    'caption',
    open(25),
    /(?:[([/|] ?|\bvia )(?:afp|reuters|ap|ap photo|getty images?|getty|epa|shutterstock|file|file photo|رويترز|ا ?ف ?ب|فرانس برس|الاناضول|غيتي|جيتي|ارشيف|ارشيفيه) ?[)\]]?$/,
  ),
  linePattern(
    'byline',
    open(9),
    /^(?:كتب|كتبت|كتبه|بقلم|اعداد|تحرير|ترجمه|مراسل|مراسلنا|حاوره|اجري الحوار|محرر|المحرر|الكاتب|الكاتبه|نشر بواسطه|بواسطه) ?[:/|\-–—] ?\S/,
  ),
  linePattern('byline', open(8), /^(?:تقرير|حوار|تحقيق|خاص) ?[/|] ?\S/),
  linePattern('byline', open(7), /^(?:بقلم|نشر بواسطه|كتبه) \S/),
  linePattern(
    'byline',
    open(10),
    /^(?:رئيس|رئيسه|مدير|نائب رئيس|سكرتير|المشرف|المدير)(?: مجلس)?(?: الاداره| التحرير| العام)+ ?[:/|\-–—] ?\S/,
  ),
  linePattern('byline', evenIfClosed(25), /^(?:additional )?(?:reporting|editing|writing) by \S/),
  linePattern(
    'byline',
    open(10),
    /^(?:written|reported|edited|compiled|posted|published|translated) by ?:? \S/,
  ),
  linePattern(
    'byline',
    open(14),
    /^(?:published|updated|last updated|last modified|posted|first published|نشر في|نشر بتاريخ|تاريخ النشر|اخر تحديث|تم النشر|تم التحديث|حدث في|date:|التاريخ:) ?(?:on|at|in|في)? ?:? ?.{0,20}\d/,
  ),
];
