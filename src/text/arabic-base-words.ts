import { ARABIC_COMMON_WORDS, CHANCE_LIKENESSES } from './arabic-common-words.js';
import { joinLetterForms } from './join-letter-forms.js';

/**
 * Words that end in what looks like an ending. Names in ى must not lose it: موسى is no razor, يحيى no greeting.
 * سلمى and بشرى are not among them: in a hurry they are written like سلمي (peaceful) and بشري (human).
 */
const WITH_FALSE_SUFFIX = `
الله موسى عيسى مصطفى يحيى ليلى منى هدى لبنى ندى مرتضى مجتبى رضوى نجوى سلوى علي
معنى مبنى منفى مرسى مجرى قرى ذكرى شكوى
إنسان مكان زمان سلطان برلمان بركان ميدان ديوان نيسان عمان سودان يونان رمضان قرآن امتحان عنوان لبنان إيران حيوان
فلسطين تشرين قانون تلفزيون مليون هارون زيتون صابون أفلاطون
حسين أمين ياسين تنين جنين يقين حسان عدنان سلمان عثمان سليمان مروان غسان نعمان عمران سفيان لقمان بستان إيمان حنان ميزان
سرطان طوفان دخان حصان جبان رمان ضمان كيان سكان إمكان أركان فرسان أوطان أديان أحيان أحزان أغصان أذهان أسنان
سجون عيون ديون قرون غصون حصون ليمون كانون خلدون فرعون طاعون كربون هرمون نبات ثبات سبات فرات بنات
بيان بالون فنان لسان لجان ألوان ألبان ألحان ألمان آلة كلية
`;

/** Words that begin with و, ب, ك, ل, ف or ال of their own, and are often met with and without attached letters. */
const WITH_FALSE_PREFIX = `
وزير وزراء وزارة وقت وضع وجود وحدة ولاية ولد والد والدة وسط وسيلة وسائل وصول وفاة وكالة وكيل وقود وادي واحد واجب واقع
واسع واشنطن وثيقة وثائق ورشة وظيفة وظائف ولادة وباء وحش وديعة وداع وراثة وليد وائل وسيم ويكيبيديا ويليام وقاية
ألمانيا إلكترون ألف آلاف ألعاب ألياف ألغام إلغاء إلقاء إلزام
بالغ كالسيوم كاليفورنيا كالوري فالس
ليبيا لندن ليل لغة لغات لجنة لاعب لاجئ لقاء لحم لبن لحظة لون لباس لوحة لؤلؤ لقب لقاح لاتين لوم
بيت بحر بلد بنك بكرة بحث بداية برنامج بريد بطل بقرة بصر بشر بكاء باب بناء بترول بغداد بيئة بيع برد بطن ببغاء
كتاب كلام كبير كثير كرة كوكب كندا كورونا كهرباء كنز كرسي كأس كلمة كامل كنيسة كفاح كرم كلب
فرنسا فريق فكرة فكر فن فنون فقر فقه فلسفة فيلم فصل فرد فرصة فوز فيل فضاء فتح فترة فبراير
`;

/** Letter forms joined; suffixes are never taken from these. */
export const WHOLE_TO_THE_END: ReadonlySet<string> = new Set(readWords(WITH_FALSE_SUFFIX));

/** Letter forms joined, endings still on. */
export const WHOLE_FROM_THE_START: readonly string[] = readWords(
  WITH_FALSE_PREFIX + ARABIC_COMMON_WORDS + CHANCE_LIKENESSES,
);

function readWords(words: string): string[] {
  return words.split(/\s+/).filter(Boolean).map(joinLetterForms);
}
