import { makeReferences, normaliseMessageId } from '../../common/compose/references.ts';
import { MailError } from '../../common/errors.ts';
import type { Mails } from '../mail/mails.ts';
import type { DraftThread } from './draft-store.ts';

export const NO_THREAD: DraftThread = { mail: null, inReplyTo: null, references: [] };

/** What the answered mail puts into In-Reply-To and References; nothing when it is gone: the answer is sent all the same. */
export async function readThread(
  mails: Pick<Mails, 'show'>,
  user: string,
  answered: string | null,
): Promise<DraftThread> {
  if (answered === null) return NO_THREAD;
  try {
    const view = await mails.show(user, answered);
    return {
      mail: answered,
      inReplyTo: normaliseMessageId(view.messageId),
      references: makeReferences(view),
    };
  } catch (error) {
    if (error instanceof MailError && error.code === 'not-found') return { ...NO_THREAD, mail: answered };
    throw error;
  }
}
