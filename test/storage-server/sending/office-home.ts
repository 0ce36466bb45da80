import type { Identity } from '../../../common/shapes/identity.ts';
import type { Home, KnownMailbox } from '../../../storage-server/home/home.ts';

export const ANA = 'usr_ana';
export const EVE = 'usr_eve';
const ROLES = ['inbox', 'sent', 'drafts', 'junk', 'trash', 'archive'] as const;
const MAILBOXES: KnownMailbox[] = [
  ...ROLES.map((role) => ({ id: `mbx_${role}`, name: role, role, parent: null, path: role })),
  { id: 'mbx_own', name: 'Own', role: null, parent: null, path: 'Own' },
];

export const IDENTITIES: Identity[] = [
  {
    id: 'idn_work',
    account: 'acc_work',
    name: 'Ana Ñandú',
    address: 'ana@work.test',
    replyTo: 'desk@work.test',
    signature: { text: 'Ana', html: null },
  },
  {
    id: 'idn_home',
    account: 'acc_home',
    name: null,
    address: 'ana@home.test',
    replyTo: null,
    signature: null,
  },
];

/** The profiles that a post office knows: the six mailboxes with roles and one without for everybody, identities for Ana. */
export function makeOfficeHome(readIdentities: () => Identity[]): Home {
  return {
    readProfile: async (user) => ({
      revision: 1,
      mailboxes: MAILBOXES,
      accounts: [],
      identities: user === ANA ? readIdentities() : [],
      showCopies: false,
      rules: [],
      labels: [],
      trashDays: 30,
      junkDays: 30,
      language: null,
      timeZone: null,
      quotaBytes: null,
    }),
    readPollFacts: async () => ({
      revision: 1,
      inbox: 'mbx_inbox',
      showCopies: false,
      language: null,
      hasRules: false,
      quotaBytes: null,
    }),
    findMailbox: async (_user, name) => MAILBOXES.find((one) => one.role === name || one.id === name)!,
    onChanged: () => () => undefined,
    stop: async () => undefined,
  };
}
