// Fits what `same_story` and the order of related passages need to know of a model, measures it on stories that were
// not used for fitting, and writes src/search/shipped-model-fit.ts. Repeatable: the same model and texts give the same
// file.
//
//   npm run build && node scripts/fit-same-story.mjs FOLDER [--dry-run]
//
// FOLDER holds parallel text: news.ar.txt, news.en.txt and news.documents.txt, line by line. Nothing of it is copied.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { storyScore } from '../dist/search/judge-same-story.js';
import { openComparer } from './same-story/compare-passages.mjs';
import { fitThreshold, judge } from './same-story/fit-threshold.mjs';
import { makeNearCopies } from './same-story/make-near-copies.mjs';
import { collectCandidates, fitUsualShare, measureRanking, scorings } from './same-story/measure-ranking.mjs';
import { readArchive, readTranslations } from './same-story/read-stories.mjs';

const here = (place) => fileURLToPath(new URL(place, import.meta.url));
const [folder, ...options] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('Usage: node scripts/fit-same-story.mjs FOLDER [--dry-run]\n');
  process.exit(2);
}

const comparer = await openComparer(here('../models/fihrist-e5-small'));
const translations = await comparer.embedPassages(readTranslations(folder), { sentences: true });
const retellings = await comparer.embedPassages(await readArchive(here('../corpus/articles')), { sentences: true });
const sets = { translations, retellings };
const copies = await nearCopies(translations);
await comparer.close();

const across = Object.values(sets).map(pairsAcross);
const acrossLanguages = fitThreshold(across.map((pairs) => fittingHalf(pairs)));
const within = pairsWithin(translations, copies);
const withinLanguage = fitThreshold([fittingHalf(within)]);

const candidates = {
  translations: collectCandidates(translations, comparer, () => true),
  'translations, within a language': collectCandidates(translations, comparer, (a, b) => a.language === b.language),
  retellings: collectCandidates(retellings, comparer, (a, b) => a.article !== b.article),
};
const inBothLanguages = [...candidates.translations, ...candidates.retellings];
const usualShare = {
  acrossLanguages: fitUsualShare(inBothLanguages, true),
  withinLanguage: fitUsualShare(inBothLanguages, false),
};

console.log(comparer.fingerprint);
reportAcross();
reportWithin();
reportOrder();
if (!options.includes('--dry-run')) writeFit();

/** Some edits of the first passage of every story, in both languages. */
async function nearCopies(passages) {
  const originals = passages.filter(({ part }) => part === 0);
  const edited = originals.flatMap((original, i) => {
    const others = originals.filter(({ language, story }) => language === original.language && story !== original.story);
    const headline = others[i % others.length].text;
    return Object.entries(makeNearCopies(original, headline, i)).map(([edit, text]) => ({ ...original, text, edit }));
  });
  return comparer.embedPassages(edited, { sentences: false });
}

function scored(a, b) {
  const similarity = comparer.similarity(a, b);
  const agreement = comparer.agreement(a, b, similarity);
  return { similarity, agreement, score: storyScore({ similarity, agreement }), held: a.held, a, b };
}

/** Every Arabic with every English passage of the same half; other passages of one story count neither way. */
function pairsAcross(passages) {
  const of = (language) => passages.filter((passage) => passage.language === language);
  return of('ar').flatMap((a) =>
    of('en')
      .filter((b) => b.held === a.held)
      .map((b) => ({ ...scored(a, b), sameStory: a.story === b.story }))
      .map((pair) => ({ ...pair, same: pair.sameStory ? (pair.a.part === pair.b.part ? true : undefined) : false })),
  );
}

/** Every near copy with every passage of its language and half: its original is the same, no other is. */
function pairsWithin(passages, edited) {
  return edited.flatMap((copy) =>
    passages
      .filter(({ language, held }) => language === copy.language && held === copy.held)
      .map((b) => ({ ...scored(copy, b), edit: copy.edit, same: b.story === copy.story && b.part === copy.part })),
  );
}

function fittingHalf(pairs) {
  return pairs.filter(({ held }) => !held);
}

function heldOut(pairs) {
  return pairs.filter(({ held }) => held);
}

function withScore(pairs, key) {
  return pairs.map((pair) => ({ ...pair, score: pair[key] }));
}

function number(value) {
  return value.toFixed(3);
}

function print(name, pairs, threshold) {
  const { precision, recall, right, wrong, all } = judge(pairs, threshold);
  console.log(
    `  ${name}: precision ${number(precision)}, recall ${number(recall)} (${right} of ${all}; ${wrong} of ${pairs.length} pairs wrong)`,
  );
}

function reportAcross() {
  console.log(`Across languages, from ${acrossLanguages}, held-out half`);
  Object.keys(sets).forEach((name, i) => {
    print(name, heldOut(across[i]), acrossLanguages);
    const others = heldOut(across[i]).filter(({ same }) => same === undefined);
    const found = others.filter(({ score }) => score >= acrossLanguages).length;
    console.log(`    and ${found} of the ${others.length} other pairs of one story`);
  });
  for (const key of ['similarity', 'agreement']) {
    const threshold = fitThreshold(across.map((pairs) => withScore(fittingHalf(pairs), key)));
    Object.keys(sets).forEach((name, i) => {
      print(`${key} alone, from ${threshold}, ${name}`, withScore(heldOut(across[i]), key), threshold);
    });
  }
}

function reportWithin() {
  console.log(`Within a language, from ${withinLanguage}, held-out half`);
  print('all edits', heldOut(within), withinLanguage);
  for (const edit of new Set(copies.map((copy) => copy.edit))) {
    print(edit, heldOut(within).filter((pair) => pair.edit === edit), withinLanguage);
  }
  for (const key of ['similarity', 'agreement']) {
    const threshold = fitThreshold([withScore(fittingHalf(within), key)]);
    print(`${key} alone, from ${threshold}`, withScore(heldOut(within), key), threshold);
  }
}

function reportOrder() {
  console.log('Order: nDCG@10 of passages of the same story, and part of the first ten in the other language');
  for (const [name, collected] of Object.entries(candidates)) {
    for (const [scoring, score] of Object.entries(scorings(usualShare))) {
      const { ndcg, across: share } = measureRanking(collected, score);
      console.log(`  ${name}, ${scoring}: ${number(ndcg)}, ${number(share)}`);
    }
  }
}

function writeFit() {
  const { acrossLanguages: far, withinLanguage: near } = usualShare;
  const line = ({ at0, slope }) => `{ at0: ${at0}, slope: ${slope} }`;
  const stories = (passages) => new Set(passages.map(({ story }) => story)).size;
  const text = `import type { RelatedFit } from './related-fit.js';

/*
 * Written by scripts/fit-same-story.mjs; how and how well is in docs/decisions/0007.
 * Parallel text: ${stories(translations)} news articles of NTREX-128 (newstest2019, CC-BY-SA-4.0), ${translations.length} passages and ${copies.length} near copies,
 * of which every other story was fitted to; and the sample archive, ${retellings.length} passages, likewise. None of it is here.
 */
export const SHIPPED_MODEL_FIT: RelatedFit = {
  fingerprint: '${comparer.fingerprint}',
  storyFrom: { acrossLanguages: ${acrossLanguages}, withinLanguage: ${withinLanguage} },
  usualShare: {
    acrossLanguages: ${line(far)},
    withinLanguage: ${line(near)},
  },
};
`;
  writeFileSync(here('../src/search/shipped-model-fit.ts'), text);
}
