import { foldText } from '../text/fold.ts';
import { findOperator, type Operator } from '../query/operators.ts';

/** The end of a search field's text, where somebody is typing. */
export interface Typed {
  /** All before it, to be put before every completion. */
  head: string;
  /** The operator as it was typed, with its colon; empty without one. */
  written: string;
  operator: Operator | null;
  /** What is there of the word or value, folded. */
  begin: string;
}

/** Reads what may be completed: the last word, or the last operator's value with an open quote. */
export function readTyped(text: string): Typed {
  const quotes = (text.match(/"/g) ?? []).length;
  // Behind a closed quote, or within an open one.
  const open = quotes % 2 === 1 ? text.lastIndexOf('"') : -1;
  const before = open === -1 ? text : text.slice(0, open);
  const start = /[^\s]*$/.exec(before)?.index ?? 0;
  const piece = before.slice(start);
  const lead = /^[-−(]*/.exec(piece)?.[0] ?? '';
  const word = piece.slice(lead.length);
  const named = /^([\p{L}\p{M}]{2,12}):/u.exec(word);
  const operator = named === null ? null : (findOperator(foldText(named[1] ?? '')) ?? null);
  const written = operator === null ? '' : (named?.[0] ?? '');
  const value =
    open === -1 ? word.slice(written.length) : `${word.slice(written.length)}${text.slice(open + 1)}`;
  return {
    head: `${before.slice(0, start)}${lead}`,
    written,
    operator,
    begin: foldText(value.trimStart()),
  };
}

/** A value as it is to stand behind an operator. */
export function writeValue(value: string): string {
  return /[\s()"]/.test(value) ? `"${value.replaceAll('"', ' ')}"` : value;
}
