import { MailError } from '../../../common/errors.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { StorageCore } from '../../context.ts';
import type { MailChange } from '../../mail/mail-state.ts';

/** Commits `write` and tells the user's clients that this mail's status changed; without the telling when the mail is gone. */
export async function touchMail(
  core: Pick<StorageCore, 'mails' | 'db'>,
  user: string,
  mail: string,
  write: (tx: Writer) => Promise<MailChange | void>,
): Promise<void> {
  try {
    await core.mails.touch(user, [mail], write);
  } catch (error) {
    if (!(error instanceof MailError && error.code === 'not-found')) throw error;
    await core.db.write(write);
  }
}
