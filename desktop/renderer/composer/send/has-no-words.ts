import type { DraftContent } from '../../../../common/shapes/draft.ts';

/** Neither a subject nor anything to read or see; a signature alone says nothing. */
export function hasNoWords({ subject, text, html }: DraftContent): boolean {
  return (
    subject.trim() === '' &&
    text.replace(/(^|\n)--\s*\n[^]*/, '').trim() === '' &&
    !/<img\b/i.test(html ?? '')
  );
}
