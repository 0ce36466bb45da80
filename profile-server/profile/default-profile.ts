import { makeId } from '../../common/ids.ts';
import { MAILBOX_ROLES, type MailboxDefinition, type MailboxRole } from '../../common/shapes/mailbox.ts';
import type { Language, Preferences } from '../../common/shapes/profile.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { putFirstItems, takeRevision, type ItemChange } from './profile-store.ts';

/** Names of the role mailboxes as first given; the user may rename them, the role stays. */
const MAILBOX_NAMES: Record<Language, Record<MailboxRole, string>> = {
  en: { inbox: 'Inbox', sent: 'Sent', drafts: 'Drafts', junk: 'Junk', trash: 'Trash', archive: 'Archive' },
  es: {
    inbox: 'Recibidos',
    sent: 'Enviados',
    drafts: 'Borradores',
    junk: 'No deseado',
    trash: 'Papelera',
    archive: 'Archivo',
  },
};

/** Until somebody chooses. */
export function defaultPreferences(language: Language): Preferences {
  return {
    language,
    theme: 'system',
    density: 'comfortable',
    timeZone: null,
    undoSeconds: 8,
    keys: true,
    keyMap: {},
    notify: true,
    silent: [],
    paneWidths: null,
    imagesFrom: [],
    showCopies: false,
    trashDays: 30,
    junkDays: 30,
    conversations: false,
    collect: true,
    identity: null,
  };
}

export interface NewProfile {
  user: string;
  language: Language;
  session: string;
  at: number;
  random: (size: number) => Uint8Array;
}

/** What every user begins with: six role mailboxes and all preferences, in one revision. */
export async function writeDefaultProfile(tx: Writer, profile: NewProfile): Promise<void> {
  const { user, session, at, language } = profile;
  const revision = await takeRevision(tx, user);
  const items: ItemChange[] = [];
  const put = (part: ItemChange['part'], id: string, value: unknown): void => {
    items.push({ user, part, id, revision, value: JSON.stringify(value), session, at });
  };
  for (const role of MAILBOX_ROLES) {
    const id = makeId('mbx', profile.random);
    const mailbox: MailboxDefinition = { id, name: MAILBOX_NAMES[language][role], role, parent: null };
    put('mailboxes', id, mailbox);
  }
  for (const [key, value] of Object.entries(defaultPreferences(language))) put('preferences', key, value);
  await putFirstItems(tx, items);
}
