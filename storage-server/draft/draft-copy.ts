import { findIdentity } from '../../common/compose/identity.ts';
import type { Address } from '../../common/shapes/address.ts';
import type { DraftAttachment, DraftContent } from '../../common/shapes/draft.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import { buildMessage } from '../sending/message/build-message.ts';
import type { DraftRow } from './draft-store.ts';

/**
 * The draft as a message, for its row in Drafts (subject, snippet, people, number of attachments)
 * and for whoever reads it raw. Attachments stand in it without their bytes: else every pause in
 * typing would write them again.
 */
export async function copyDraft(
  draft: Pick<DraftRow, 'messageId' | 'content' | 'thread' | 'savedAt'>,
  attachments: readonly DraftAttachment[],
  identities: readonly Identity[],
): Promise<Buffer> {
  const { content, thread } = draft;
  const stream = buildMessage({
    ...content,
    messageId: draft.messageId,
    date: new Date(draft.savedAt),
    from: guessSender(content, identities),
    replyTo: null,
    inReplyTo: thread.inReplyTo,
    references: thread.references,
    attachments: attachments.map((one) => ({ ...one, open: null })),
  });
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Whom the list shows as sender: whether the user may send as that is asked when he sends. */
export function guessSender(content: DraftContent, identities: readonly Identity[]): Address {
  const owner =
    identities.find((one) => one.id === content.identity) ??
    (content.from === null ? identities[0] : findIdentity(identities, content.from));
  if (owner !== undefined) return { name: owner.name, address: owner.address };
  return { name: null, address: content.from ?? '' };
}
