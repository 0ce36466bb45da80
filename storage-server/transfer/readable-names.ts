import { makeSafeName, makeSafePath } from '../../common/archive/safe-name.ts';
import type { ArchiveNames } from './archive/write-archive.ts';

/** A folder for each mailbox; the number keeps names apart. */
export const READABLE: ArchiveNames = {
  nameMail: ({ facts: { mailbox, date }, subject }, number) =>
    `${makeSafePath(mailbox)}/${date.slice(0, 10)} ${makeSafeName(subject)} ${number}.eml`,
  nameList: (number) => `mails-${String(number).padStart(7, '0')}.jsonl`,
};
