import { MailError } from '../../common/errors.ts';
import type { MailboxRole } from '../../common/shapes/mailbox.ts';
import type { Home, UserProfile, KnownMailbox } from '../../storage-server/home/home.ts';

const ROLES: readonly MailboxRole[] = ['inbox', 'sent', 'drafts', 'junk', 'trash', 'archive'];

/** The six mailboxes with roles, `mbx_inbox` and so on. */
export const ROLE_MAILBOXES: readonly KnownMailbox[] = ROLES.map((role) => {
  const name = `${role.slice(0, 1).toUpperCase()}${role.slice(1)}`;
  return { id: `mbx_${role}`, name, role, parent: null, path: name };
});

/** Profiles without a profile-server: every user has these mailboxes, and beside them only what `readMore` says. */
export function makeTestHome(
  mailboxes: readonly KnownMailbox[] = ROLE_MAILBOXES,
  readMore: (user: string) => Partial<UserProfile> = () => ({}),
): Home {
  return {
    readProfile: async (user) => ({
      revision: 1,
      mailboxes: [...mailboxes],
      accounts: [],
      identities: [],
      showCopies: false,
      rules: [],
      labels: [],
      trashDays: 30,
      junkDays: 30,
      language: null,
      timeZone: null,
      quotaBytes: null,
      ...readMore(user),
    }),
    readPollFacts: async () => ({
      revision: 1,
      inbox: 'mbx_inbox',
      showCopies: false,
      language: null,
      hasRules: false,
      quotaBytes: null,
    }),
    findMailbox: async (_user, name) => {
      const found = mailboxes.find((one) => one.role === name || one.id === name || one.path === name);
      if (found === undefined) throw new MailError('not-found', 'no such mailbox', { reason: 'mailbox' });
      return found;
    },
    onChanged: () => () => undefined,
    stop: async () => undefined,
  };
}
