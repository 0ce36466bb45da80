import type { ProfileFile } from '../../common/archive/profile-file.ts';
import type { KnownMailbox } from '../home/home.ts';
import type { ArchivedAccount, ArchivedUidl } from '../transfer/archive/archive-shapes.ts';
import type { DescribedMail } from '../transfer/archive/describe-mail.ts';

/** The first line of a snapshot: whose it is, and the profile as it stood. */
export interface SnapshotHead {
  user: string;
  name: string;
  at: number;
  mailboxes: KnownMailbox[];
  accounts: ArchivedAccount[];
  profile: ProfileFile;
  /** Secrets as the profile-server keeps them: sealed by the user's own key, which only its master key opens. */
  credentials: { account: string; kind: string; version: number; sealed: string }[];
}

/** How a line with a mail begins. */
export const MAIL_LINE = '{"mail":';

/** Every further line. */
export type SnapshotLine = { uidls: ArchivedUidl[] } | { mail: DescribedMail };
