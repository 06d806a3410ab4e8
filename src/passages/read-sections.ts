import type { Paragraph } from '../domain/article.js';
import { countWords } from '../text/count-words.js';
import { cutToLimits, type SizeLimits } from './cut-to-limits.js';

/** What joins paragraphs inside a passage. */
export const PARAGRAPH_JOINT = '\n\n';

/** A stretch of text that fits a passage: a paragraph with the headings before it, or a part of a long paragraph. */
export interface Piece {
  readonly text: string;
  readonly words: number;
  /** First and last paragraph of the section that it has text of: parts of one paragraph are not joined again. */
  readonly first: number;
  readonly last: number;
}

/** What stands under one heading, or before the first. */
export type Section = readonly Piece[];

interface OpenSection {
  readonly headings: string[];
  readonly paragraphs: string[];
}

/** Groups paragraphs by heading and cuts what is too long for a passage. Blank paragraphs are left out. */
export function readSections(paragraphs: readonly Paragraph[], limits: SizeLimits): Section[] {
  const sections = groupByHeading(paragraphs);
  joinTrailingHeadings(sections);
  return sections.map((section) => cutSection(section, limits));
}

function groupByHeading(paragraphs: readonly Paragraph[]): OpenSection[] {
  const sections: OpenSection[] = [];
  let current: OpenSection | undefined;
  for (const { kind, text } of paragraphs) {
    const trimmed = text.trim();
    if (trimmed === '') continue;
    if (current === undefined || (kind === 'heading' && current.paragraphs.length > 0)) {
      current = { headings: [], paragraphs: [] };
      sections.push(current);
    }
    (kind === 'heading' ? current.headings : current.paragraphs).push(trimmed);
  }
  return sections;
}

/** Headings with nothing after them become paragraphs of the section before, or of their own when there is none. */
function joinTrailingHeadings(sections: OpenSection[]): void {
  const last = sections.at(-1);
  if (last === undefined || last.paragraphs.length > 0) return;
  const previous = sections.at(-2);
  if (previous === undefined) {
    last.paragraphs.push(...last.headings.splice(0));
    return;
  }
  previous.paragraphs.push(...last.headings);
  sections.pop();
}

function cutSection(section: OpenSection, limits: SizeLimits): Section {
  const heading = section.headings.join(PARAGRAPH_JOINT);
  const room = roomBelow(heading, limits);
  const blocks = room === undefined ? [heading, ...section.paragraphs] : section.paragraphs;
  return blocks.flatMap((block, index) => {
    const headed = room !== undefined && index === 0 && heading !== '';
    const parts = cutToLimits(block, headed ? room : limits);
    return parts.map((part, place) => {
      const text = headed && place === 0 ? heading + PARAGRAPH_JOINT + part : part;
      return { text, words: countWords(text), first: index, last: index };
    });
  });
}

/** What a heading leaves of the limits for the text under it; undefined when that is too little to keep them together. */
function roomBelow(heading: string, limits: SizeLimits): SizeLimits | undefined {
  if (heading === '') return limits;
  const maxWords = limits.maxWords - countWords(heading);
  const maxCharacters = limits.maxCharacters - heading.length - PARAGRAPH_JOINT.length;
  const enough = maxWords >= limits.maxWords / 2 && maxCharacters >= limits.maxCharacters / 2;
  return enough ? { maxWords, maxCharacters } : undefined;
}
