import type { DraftContent } from '../../../../common/shapes/draft.ts';

/** Neither a subject nor anything to read or see. */
export function hasNoWords({ subject, text, html }: DraftContent): boolean {
  return subject.trim() === '' && text.trim() === '' && !/<img\b/i.test(html ?? '');
}
