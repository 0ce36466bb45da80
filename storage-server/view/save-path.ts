import type { UserCaller } from '../../server-kit/auth/caller.ts';
import type { Mails } from '../mail/mails.ts';
import { demandSave } from './save-rule.ts';

/** Whether the caller may have what a path of mail/mail-routes.ts leads to. MailErrors `forbidden`, `not-found`. */
export async function demandSavePath(
  { mails }: { mails: Pick<Mails, 'openPart'> },
  caller: UserCaller,
  path: string,
): Promise<void> {
  if (!caller.lab) return;
  const [, , mail = '', what, part = ''] = path.split('/');
  if (what === 'raw') return demandSave(caller, 'message/rfc822');
  const opened = await mails.openPart(caller.user, mail, part);
  demandSave(caller, opened.part.type);
}
