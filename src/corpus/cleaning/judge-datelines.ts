import type { Block } from './block.js';
import { foldLine } from './fold-line.js';
import { firstProse, isFurniture, type Verdicts } from './verdicts.js';

const MAX_TOKENS = 14;
const AGENCIES = new Set(
  'سانا رويترز وكالات واس وام قنا بترا وفا كونا الاناضول سبوتنيك تاس نوفوستي شينخوا الالمانيه فرانس برس ا ف ب د ب ا afp reuters ap upi agencies tass xinhua dpa anadolu sana wam spa efe ani pti'.split(
    ' ',
  ),
);
/** Where reports are dated from: "Cairo – Our Correspondent". */
const CITIES = new Set(
  'القاهره بيروت دمشق عمان بغداد الرياض جده الدوحه ابوظبي دبي موسكو واشنطن لندن باريس انقره اسطنبول طهران القدس غزه تونس الجزائر الرباط الخرطوم طرابلس صنعاء عدن الكويت المنامه مسقط حلب نيويورك جنيف بروكسل برلين روما مدريد بكين cairo beirut damascus amman baghdad riyadh doha dubai moscow washington london paris ankara istanbul tehran jerusalem gaza tunis algiers rabat khartoum tripoli geneva brussels berlin'.split(
    ' ',
  ),
);
const DATE_WORDS = new Set(
  (
    'الاحد الاثنين الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر ' +
    'كانون تشرين شباط اذار نيسان ايار حزيران تموز اب ايلول الاول الثاني جانفي فيفري افريل ماي جوان جويليه اوت محرم صفر ربيع جمادي رجب شعبان رمضان شوال ذو القعده الحجه ' +
    'ص م ه هـ مكه المكرمه توقيت التوقيت المحلي صباحا مساء منذ قبل ساعه ساعات ساعتين دقيقه دقائق يوم ايام يومين اسبوع اسابيع شهر اشهر اليوم امس في الساعه بتوقيت غرينتش تحديث نشر اخر ' +
    'monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march april may june july august september october november december ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec am pm gmt utc est edt ist at on of th st nd rd ago hour hours minute minutes min mins day days week weeks month months today yesterday updated published posted'
  ).split(' '),
);

/**
 * Judges datelines: where, when and by which agency a page was printed. A bare year or month may head a section of an
 * article, so a date counts only above the first prose or beside furniture, or with the time of day.
 */
export function judgeDatelines(blocks: readonly Block[], verdicts: Verdicts): void {
  const prose = firstProse(blocks, verdicts);
  for (const [index, block] of blocks.entries()) {
    if (verdicts[index] !== undefined || block.isProse || block.folded === '') continue;
    const isPlaced = index < prose || isFurniture(verdicts, index - 1) || isFurniture(verdicts, index + 1);
    if (isAgencyLine(block) || (isDate(block) && (isPlaced || /\d{1,2}:\d{2}/.test(block.folded)))) {
      verdicts[index] = 'byline';
    }
  }
}

/** "Moscow-Astana-SANA": a few names with dashes between, one of them an agency's. */
function isAgencyLine(block: Block): boolean {
  if (block.isBulleted) return false;
  const parts = foldLine(block.text.replace(/\s\u0640+\s/g, ' - '))
    .split(/[-–—/|،,]/)
    .map((part) => part.replace(/[().:«»"“”]/g, ' ').trim());
  return (
    parts.length >= 2 &&
    parts.length <= 5 &&
    parts.every((part) => part !== '' && part.split(/\s+/).length <= 3) &&
    (CITIES.has(parts[0] ?? '') ||
      parts.some((part) => AGENCIES.has(part) || AGENCIES.has(part.replace(/^وكاله /, ''))))
  );
}

function isDate(block: Block): boolean {
  const tokens = block.folded.match(/\p{L}+|\p{N}+/gu) ?? [];
  return (
    tokens.length >= 2 &&
    tokens.length <= MAX_TOKENS &&
    tokens.some((token) => /^\p{N}/u.test(token) || /^(?:ساع|يوم|اسبوع|شهر)/.test(token)) &&
    tokens.every((token) => /^\p{N}/u.test(token) || DATE_WORDS.has(token))
  );
}
