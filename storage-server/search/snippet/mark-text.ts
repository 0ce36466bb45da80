import { joinSpaces } from '../../mime/join-spaces.ts';
import type { MarkedText, Range } from '../index/thread-protocol.ts';
import { foldText, isUnspaced } from '../text/fold.ts';
import { listWords } from '../text/words.ts';
import type { SoughtPhrase } from './list-sought.ts';

/** Letters, digits and marks, and what stands within words without showing. */
const RUN = /[\p{L}\p{N}\p{M}\u00ad\u200b-\u200d\u2060\ufeff]+/gu;
/** UTF-16 units of a snippet, and how many of them may stand before the first word found. */
const LENGTH = 160;
const BEFORE = 50;
/** More are not looked for: the best place is among the first. */
const MOST_MARKS = 200;

interface Placed {
  word: string;
  start: number;
  end: number;
}

/** Where the phrases stand in a text, in order, none within another. */
export function findRanges(text: string, sought: readonly SoughtPhrase[]): Range[] {
  return findMarks(text, sought).map(({ start, end }) => [start, end] as const);
}

/** The stretch of a text that shows most of what was sought; null where nothing of it is there. */
export function cutSnippet(source: string, sought: readonly SoughtPhrase[]): MarkedText | null {
  const text = joinSpaces(source).trim();
  const marks = findMarks(text, sought);
  const [first] = marks;
  if (first === undefined) return null;
  let best = { first, value: 0 };
  for (const mark of marks) {
    const within = marks.filter(
      ({ start, end }) => start >= mark.start && end <= mark.start + LENGTH - BEFORE,
    );
    // Different words say more than one word again and again.
    const value = 100 * new Set(within.map(({ phrase }) => phrase)).size + within.length;
    if (value > best.value) best = { first: mark, value };
  }
  const from = begin(text, Math.max(0, best.first.start - BEFORE), best.first.start);
  const to = finish(text, Math.min(text.length, from + LENGTH), best.first.end);
  const lead = from > 0 ? '…' : '';
  const ranges = marks
    .filter(({ start, end }) => start >= from && end <= to)
    .map(({ start, end }): Range => [start - from + lead.length, end - from + lead.length]);
  return { text: `${lead}${text.slice(from, to)}${to < text.length ? '…' : ''}`, ranges };
}

interface Mark {
  start: number;
  end: number;
  phrase: number;
}

function findMarks(text: string, sought: readonly SoughtPhrase[]): Mark[] {
  const words = placeWords(text);
  const marks: Mark[] = [];
  for (let at = 0; at < words.length && marks.length < MOST_MARKS; at++) {
    const phrase = sought.findIndex((one) => one.every((is, index) => is(words[at + index]?.word ?? '')));
    if (phrase === -1) continue;
    const start = words[at]?.start ?? 0;
    const end = words[at + (sought[phrase]?.length ?? 1) - 1]?.end ?? start;
    const last = marks.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else marks.push({ start, end, phrase });
  }
  return marks;
}

/** The words of a text, as the index has them, with their places. */
function placeWords(text: string): Placed[] {
  const placed: Placed[] = [];
  for (const match of text.matchAll(RUN)) placeRun(match[0], match.index, placed);
  return placed;
}

function placeRun(run: string, start: number, placed: Placed[]): void {
  let word = '';
  let joined: string[] = [];
  let at = start;
  const finish = (): void => {
    for (const one of listWords(word)) placed.push({ word: one, start: at - word.length, end: at });
    word = '';
    let from = at - joined.join('').length;
    for (const [index, character] of joined.entries()) {
      const pair = `${character}${joined[index + 1] ?? ''}`;
      placed.push({ word: foldText(pair), start: from, end: from + pair.length });
      from += character.length;
    }
    joined = [];
  };
  for (const character of run) {
    const unspaced = isUnspaced(foldText(character));
    if (unspaced ? word !== '' : joined.length > 0) finish();
    if (unspaced) joined.push(character);
    else word += character;
    at += character.length;
  }
  finish();
}

/** Not in the middle of a word, if one begins soon. */
function begin(text: string, from: number, latest: number): number {
  if (from === 0) return 0;
  const space = text.indexOf(' ', from);
  if (space !== -1 && space < latest) return space + 1;
  return isLow(text, from) ? from + 1 : from;
}

function finish(text: string, to: number, earliest: number): number {
  if (to >= text.length) return text.length;
  const space = text.lastIndexOf(' ', to);
  if (space >= earliest && space > to - 30) return space;
  return isLow(text, to) ? to - 1 : to;
}

function isLow(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
