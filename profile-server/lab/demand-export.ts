import { MailError } from '../../common/errors.ts';
import type { UserCaller } from '../../server-kit/auth/caller.ts';

/** What a whole profile is saved as; a lab session gets one only where its policy lets this be saved. */
const TYPE = 'application/json';

/** MailError `forbidden` reason `lab-saves`. */
export function demandExport({ lab, labSaves }: UserCaller): void {
  if (!lab || labSaves.includes(TYPE) || labSaves.includes('application/*')) return;
  const params = { type: TYPE };
  throw new MailError('forbidden', 'nothing is saved on this computer', { reason: 'lab-saves', params });
}
