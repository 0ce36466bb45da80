import type { Language } from '../shapes/profile.ts';
import type { AnswerKind } from '../shapes/draft.ts';

/** What mail programs put before the subject of an answer, in the languages that people here meet; `Re[2]:` and `Fwd (3):` too. */
const PREFIX =
  /^(?:re|aw|sv|antw|rif|res|rv|fwd?|wg|tr|enc|回复|回覆|答复|转发|轉寄)\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s*[:：]\s*/i;

/** The subject without any of those prefixes, however many of them are stacked. */
function stripPrefixes(subject: string): string {
  let rest = subject.trim();
  for (;;) {
    const shorter = rest.replace(PREFIX, '');
    if (shorter === rest) return rest;
    rest = shorter;
  }
}

/** `Re: x`, or `Fwd: x` (Spanish `RV: x`), never stacked. */
export function makeAnswerSubject(subject: string, kind: AnswerKind, language: Language): string {
  const forward = language === 'es' ? 'RV' : 'Fwd';
  return `${kind === 'forward' ? forward : 'Re'}: ${stripPrefixes(subject)}`.trimEnd();
}
