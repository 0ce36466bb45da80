import type { DraftContent } from '../../../../common/shapes/draft.ts';
import { hasNoWords } from './has-no-words.ts';
import { mentionsAttachment } from './mentions-attachment.ts';

/** What a person may have overlooked; each is asked about once. */
export type Doubt = 'sender' | 'attachment' | 'empty';

/** In the order in which they are asked about. `files`: something is attached, or a picture was put in. */
export function listDoubts(
  content: DraftContent,
  given: { files: boolean; wrongSender: boolean },
): readonly Doubt[] {
  const doubts: Doubt[] = [];
  if (given.wrongSender) doubts.push('sender');
  if (!given.files && mentionsAttachment(content)) doubts.push('attachment');
  if (!given.files && hasNoWords(content)) doubts.push('empty');
  return doubts;
}
