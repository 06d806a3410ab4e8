import { type LinePattern, linePattern } from './line-pattern.js';

const ARABIC_PLATFORM =
  '(?:في ?س ?بوك|تويتر|منصه اكس|واتس ?ا?ب|تي?لي?[غجق]ي?را?م|ا?نست[غجق]رام|يوتيوب|لينكد|تيك توك|سناب|whatsapp|telegram|facebook|twitter|youtube|instagram|vk)';
const ENGLISH_PLATFORM =
  '(?:facebook|twitter|whatsapp|telegram|instagram|youtube|linkedin|tiktok|pinterest|reddit|google news|social media|threads|x)';
const OUR_PAGE = '(?:صفحتنا|قناتنا|قنواتنا|موقعنا|تطبيقنا|نشرتنا|حسابنا|حساباتنا|مجموعتنا|صفحاتنا)';
const OUR_LINK = `(?:${OUR_PAGE}|عبر الرابط|الرابط التالي|علي الرابط|الرابط:|اضغط هنا)`;

const open = (maxWords: number) => ({ maxWords });
const evenIfClosed = (maxWords: number) => ({ maxWords, evenIfClosed: true });

/** Offers to read the site by mail. */
export const SUBSCRIBE_PATTERNS: readonly LinePattern[] = [
  linePattern(
    'subscribe',
    evenIfClosed(25),
    /^(?:اشترك|اشتركوا|للاشتراك|سجل|سجلوا|انضم|انضموا) .{0,60}(?:البريديه|النشره الاخباريه|نشرتنا|بريدك)/,
  ),
  linePattern('subscribe', evenIfClosed(30), /^(?:احصل|احصلوا) علي .{0,80}(?:بريدك|بريدكم|نشرتنا)/),
  linePattern(
    'subscribe',
    evenIfClosed(30),
    /^(?:subscribe|sign up)\b.{0,80}\b(?:newsletters?|inbox|mailing list|alerts|briefing|today|our|free|daily|weekly)\b/,
  ),
  linePattern(
    'subscribe',
    evenIfClosed(30),
    /^(?:join|get|receive|register)\b.{0,80}\b(?:your inbox|our newsletter|newsletter|mailing list|to your email)\b/,
  ),
  linePattern(
    'subscribe',
    evenIfClosed(30),
    /^(?:have your say|enjoying|enjoyed|liked? this|want more|never miss|don't miss)\b.{0,80}\b(?:sign up|subscribe|newsletter)\b/,
  ),
];

/** Offers to share the page, or to follow the site elsewhere. */
export const SHARE_PATTERNS: readonly LinePattern[] = [
  linePattern(
    'share',
    evenIfClosed(30),
    new RegExp(
      `^(?:تابعونا|للانضمام|لمتابعتنا)(?: |:).*(?:${ARABIC_PLATFORM}|تطبيق|رابط|${OUR_PAGE}|قناه|التواصل|اخبار جوجل)`,
    ),
  ),
  linePattern(
    'share',
    evenIfClosed(25),
    new RegExp(`^تابعنا (?:علي|عبر|الان علي) .{0,40}(?:${ARABIC_PLATFORM}|التواصل|اخبار جوجل)`),
  ),
  linePattern(
    'share',
    evenIfClosed(30),
    new RegExp(
      `^(?:تابعوا|تابع|اشترك|اشتركوا|للاشتراك|انضم|انضموا|حمل|حملوا|زوروا|يمكنكم متابع|يمكنك متابع|لمتابعه|للمزيد) ?.{0,80}${OUR_LINK}`,
    ),
  ),
  linePattern(
    'share',
    open(25),
    new RegExp(`^(?:تابعوا|اشتركوا|للاشتراك|انضموا|حملوا|لمتابعه) .{0,80}(?:${ARABIC_PLATFORM}|تطبيق|رابط)`),
  ),
  linePattern(
    'share',
    open(15),
    new RegExp(`^(?:تابع|اشترك|انضم) (?:\\S+ ){0,3}(?:علي|عبر) ${ARABIC_PLATFORM}`),
  ),
  linePattern(
    'share',
    open(12),
    new RegExp(
      `^(?:شارك|شاركوا|مشاركه|انشر|ارسل) .{0,40}(?:${ARABIC_PLATFORM}|اصدقا|هذا المقال|المقاله|عبر البريد|التواصل)`,
    ),
  ),
  linePattern('share', open(12), new RegExp(`^${OUR_PAGE} علي `)),
  linePattern(
    'share',
    evenIfClosed(20),
    /^(?:للمزيد|لمزيد|لمعرفه) .{0,60}(?:تابعونا|تابعنا|زوروا|اضغط هنا|انقر هنا)/,
  ),
  linePattern('share', open(12), new RegExp(`^${ARABIC_PLATFORM}(?:[\\s|,،/•·-]+و?${ARABIC_PLATFORM})+$`)),
  linePattern('share', evenIfClosed(20), /^follow (?:us|our (?:page|channel|account)|me on|@)/),
  linePattern(
    'share',
    evenIfClosed(20),
    new RegExp(
      `^(?:join|like|find|add|connect with|stay in touch with) us .{0,60}\\b(?:${ENGLISH_PLATFORM}|page|channel|group)\\b`,
    ),
  ),
  linePattern(
    'share',
    evenIfClosed(12),
    /^share (?:this|on|via|it|the) (?:[a-z]+ )?(?:article|story|post|page|facebook|twitter|x|whatsapp|telegram|linkedin|email|pinterest|reddit)\b/,
  ),
  linePattern(
    'share',
    open(20),
    new RegExp(
      `^(?:share|tweet|follow|like|email|print|pin|save|copy)(?:[\\s|,/•·]+(?:share|tweet|follow|like|email|e-mail|print|pin|save|copy|link|on|${ENGLISH_PLATFORM})\\b)+[^a-z]*$`,
    ),
  ),
  linePattern(
    'share',
    open(12),
    new RegExp(
      `^${ENGLISH_PLATFORM}(?:[\\s|,/•·]+(?:and|${ENGLISH_PLATFORM}|email|print|copy link)\\b)+[^a-z]*$`,
    ),
  ),
  linePattern('share', evenIfClosed(20), /^(?:download|get|install) our .{0,40}\bapp\b/),
];
