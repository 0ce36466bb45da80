import type { Identity } from '../../../common/shapes/identity.ts';
import type { Home, KnownMailbox } from '../../../storage-server/home/home.ts';
import { makeTestHome, ROLE_MAILBOXES } from '../test-home.ts';

export const ANA = 'usr_ana';
export const EVE = 'usr_eve';
const MAILBOXES: readonly KnownMailbox[] = [
  ...ROLE_MAILBOXES,
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
  return makeTestHome(MAILBOXES, (user) => (user === ANA ? { identities: readIdentities() } : {}));
}
