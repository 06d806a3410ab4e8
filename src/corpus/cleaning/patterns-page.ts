import { type LinePattern, linePattern } from './line-pattern.js';

const open = (maxWords: number) => ({ maxWords });
const evenIfClosed = (maxWords: number) => ({ maxWords, evenIfClosed: true });

/** Forms, and what stands around readers' comments. */
export const FORM_AND_COMMENT_PATTERNS: readonly LinePattern[] = [
  linePattern(
    'form',
    evenIfClosed(40),
    /^(?:your email address will not be published|required fields are marked|save my name, email|notify me of (?:follow|new)|you must be (?:logged|signed) in|by (?:clicking|submitting|signing up|subscribing),? )/,
  ),
  linePattern(
    'form',
    evenIfClosed(40),
    /^(?:لن يتم نشر (?:عنوان )?بريدك|الحقول الالزاميه|احفظ اسمي|يجب (?:ان تقوم ب)?تسجيل الدخول|ادخل بريدك|اكتب بريدك|بالضغط علي (?:زر|اشتراك|تسجيل|ارسال))/,
  ),
  linePattern(
    'comments',
    open(12),
    /^(?:\d+ (?:comments?|replies|responses|تعليقات?|ردود)|(?:comments?|التعليقات|تعليقات) ?[(:]? ?\d+ ?\)?|\d+ (?:thoughts?|responses?) on .*)$/,
  ),
  linePattern('comments', open(12), /^(?:اترك|اضف|اكتب|شاركنا ب?) ?(?:لنا )?(?:تعليق|ردا|رد(?: |$)|رايك)/),
  linePattern(
    'comments',
    evenIfClosed(12),
    /^(?:leave|post|add|write) (?:a|your) (?:comment|reply|response)/,
  ),
];

/** "Read also" with its one link on the same line. */
export const RELATED_PATTERNS: readonly LinePattern[] = [
  linePattern(
    'related',
    open(30),
    /^(?:(?:ا?اقرا|اقرأ|شاهد|طالع|انظر|تابع|قد يهمك|مواضيع|مقالات|اخبار) ?(?:ايضا|كذلك|المزيد|ذات صله|ذو صله)|اقرا|اقرأ|طالع|للمزيد اقرا) ?(?:[:|«\-–—]|\.\.+|…) ?\S/,
  ),
  linePattern(
    'related',
    open(30),
    /^(?:read (?:also|more|next)|also read|see also|related(?: (?:article|articles|story|stories|news|post|posts))?|more on this|don't miss|recommended) ?[:|»\-–—] ?\S/,
  ),
];

/** Menus, rights, cookies, counters, tags. */
export const MENU_PATTERNS: readonly LinePattern[] = [
  linePattern('menu', evenIfClosed(40), /^(?:©|\(c\) ?\d|copyright (?:©|\(c\)|\d{4})|all rights reserved)/),
  linePattern(
    'menu',
    evenIfClosed(40),
    /^(?:(?:جميع |كل )?الحقوق محفوظه|حقوق (?:النشر|الطبع|الملكيه)(?: والنشر)? (?:محفوظه|©))/,
  ),
  linePattern(
    'menu',
    evenIfClosed(30),
    /(?:all rights reserved|جميع الحقوق محفوظه|كل الحقوق محفوظه).{0,60}$/,
  ),
  linePattern(
    'menu',
    evenIfClosed(60),
    /^(?:we use cookies|(?:this|our) (?:web)?site uses cookies|by (?:continuing to (?:use|browse)|using this (?:web)?site)|cookies help us|we and our partners (?:use|store|process))/,
  ),
  linePattern(
    'menu',
    evenIfClosed(60),
    /^(?:يستخدم (?:هذا )?(?:ال)?موقع(?:نا)? ملفات|نستخدم ملفات تعريف|نحن نستخدم ملفات|باستمرارك في (?:تصفح|استخدام))/,
  ),
  linePattern(
    'menu',
    open(8),
    /^[\d.,]+ ?k? ?(?:min(?:ute)?s?(?: read)?|views?|shares?|likes?|reads?|مشاهده|مشاهدات|دقيقه|دقائق|قراءه|اعجاب)(?: (?:قراءه|للقراءه|ago))?$/,
  ),
  linePattern(
    'menu',
    open(8),
    /^(?:وقت القراءه|مده القراءه|عدد المشاهدات|عدد القراءات|reading time|views) ?:? ?.{0,20}$/,
  ),
  linePattern(
    'menu',
    open(30),
    /^(?:tags?|topics?|filed under|categor(?:y|ies)|posted in|الوسوم|وسوم|كلمات مفتاحيه|الكلمات (?:المفتاحيه|الدلاليه)|التصنيفات?) ?: ?./,
  ),
  linePattern('menu', open(12), /^(?:الرئيسيه|home) ?[/|»›>←]/),
  linePattern('menu', open(4), /^[aا] ?[+-](?: ?[aا] ?[+-]?){0,3}$/),
  linePattern('menu', open(12), /^(?:story|article) continues (?:below|after)/),
  linePattern(
    'menu',
    open(6),
    /^(?:skip|jump|return|back|go|scroll) (?:to|up to) (?:the )?(?:main )?(?:content|navigation|top|home ?page|search|footer)$/,
  ),
];
