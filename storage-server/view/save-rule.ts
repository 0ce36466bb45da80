import { MailError } from '../../common/errors.ts';
import type { Caller } from '../../server-kit/auth/caller.ts';

/** What decides whether somebody may have a file itself; of a lab session the types that its policy lets be saved. */
export interface Saver {
  lab: boolean;
  labSaves: readonly string[];
}

/** `patterns` are types such as `application/pdf` or families such as `image/*`. */
export function maySave({ lab, labSaves }: Saver, type: string): boolean {
  if (!lab) return true;
  const wanted = type.toLowerCase();
  return labSaves.some((one) => (one.endsWith('/*') ? wanted.startsWith(one.slice(0, -1)) : one === wanted));
}

/** MailError `forbidden` reason `lab-saves`. Who comes without a user's token comes with an address that was signed for one. */
export function demandSave(caller: Caller, type: string): void {
  if (caller.kind !== 'user' || maySave(caller, type)) return;
  throw new MailError('forbidden', 'nothing is saved on this computer', {
    reason: 'lab-saves',
    params: { type },
  });
}
