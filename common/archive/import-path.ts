import type { Flag } from '../shapes/mail.ts';
import type { MailboxRole } from '../shapes/mailbox.ts';

/** What the name of a file says of the mail in it. */
export interface ImportPlace {
  kind: 'mail' | 'mbox' | 'other';
  /** Path of the mailbox it lay in; null where the name tells none. */
  mailbox: string | null;
  flags: Flag[];
  /** In ms, from the name of a Maildir file. */
  received: number | null;
}

const MAILDIR_FLAGS: Record<string, Flag> = {
  D: 'draft',
  F: 'flagged',
  P: 'forwarded',
  R: 'answered',
  S: 'seen',
};
/** Of mail programs' own: indexes and the like, which hold no mail. */
const NOT_MAIL = /\.(msf|dat|db|index|cache|json|jsonl|html?|txt|ini|log|sqlite|pdf|zip|png|jpe?g)$/i;

/** What Dovecot and Courier keep beside mail; a mailbox may well be called `dovecot`. */
const SERVER_FILES =
  /^(?:dovecot[.-](?:acl|attributes|expunges|index|keywords|list|mailbox|quota|shared|svbin|uid|vsize)|courier(?:imap|pop3))/;

/** By its path below the folder that is imported, `/` between names: Maildir, Maildir++, mbox files, trees of .eml. */
export function describePath(path: string): ImportPlace {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const file = names.at(-1) ?? '';
  const folder = names.slice(0, -1);
  const inner = folder.at(-1);
  const other: ImportPlace = { kind: 'other', mailbox: null, flags: [], received: null };
  if (inner === 'cur' || inner === 'new') {
    if (file.startsWith('.')) return other;
    return { kind: 'mail', mailbox: nameMaildir(folder.slice(0, -1)), ...readMaildirName(file, inner) };
  }
  if (inner === 'tmp' || file.startsWith('.') || SERVER_FILES.test(file)) return other;
  // Thunderbird keeps what is inside of `Work` in `Work.sbd`.
  const above = folder.map((name) => name.replace(/\.(sbd|mbox)$/i, ''));
  const place = { flags: [], received: null };
  const mailbox = above.length === 0 ? null : above.join('/');
  if (/\.eml$/i.test(file)) return { kind: 'mail', mailbox, ...place };
  if (NOT_MAIL.test(file)) return other;
  const own = /^mbox$/i.test(file) ? above : [...above, file.replace(/\.mbox$/i, '')];
  return { kind: 'mbox', mailbox: own.length === 0 ? null : own.join('/'), ...place };
}

/** Maildir++ puts all folders beside each other, as `.Work.2020`; others nest them. */
function nameMaildir(folder: readonly string[]): string | null {
  const names = folder.flatMap((name) => (name.startsWith('.') ? name.slice(1).split('.') : [name]));
  const path = names.map(decodeModifiedUtf7).filter((name) => name !== '');
  return path.length === 0 ? null : path.join('/');
}

function readMaildirName(file: string, inner: string): Pick<ImportPlace, 'flags' | 'received'> {
  const seconds = Number(/^(\d{9,10})\./.exec(file)?.[1] ?? Number.NaN);
  // Windows cannot have a colon in a name.
  const letters = /[:;!]2,([A-Za-z]*)/.exec(file)?.[1] ?? '';
  const flags = inner === 'new' ? [] : letters.split('').map((letter) => MAILDIR_FLAGS[letter]);
  return {
    flags: [...new Set(flags.filter((flag) => flag !== undefined))],
    received: Number.isNaN(seconds) ? null : seconds * 1000,
  };
}

/** RFC 3501 5.1.3: how IMAP servers write names on the disk. */
function decodeModifiedUtf7(name: string): string {
  return name.replace(/&([A-Za-z0-9+,]*)-/g, (whole, encoded: string) => {
    if (encoded === '') return '&';
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,';
    let bits = 0;
    let held = 0;
    let text = '';
    for (const letter of encoded) {
      bits = (bits << 6) | letters.indexOf(letter);
      held += 6;
      if (held < 16) continue;
      held -= 16;
      text += String.fromCharCode((bits >> held) & 0xffff);
      bits &= (1 << held) - 1;
    }
    return text === '' ? whole : text;
  });
}

const ROLE_NAMES: Record<MailboxRole, readonly string[]> = {
  inbox: ['inbox', 'recibidos', 'bandeja de entrada'],
  sent: ['sent', 'sent items', 'sent mail', 'sent messages', 'enviados', 'elementos enviados', 'outbox'],
  drafts: ['drafts', 'draft', 'borradores'],
  junk: ['junk', 'spam', 'junk e-mail', 'junk email', 'bulk mail', 'no deseado', 'correo no deseado'],
  trash: ['trash', 'deleted items', 'deleted messages', 'deleted', 'bin', 'papelera', 'elementos eliminados'],
  archive: ['archive', 'archives', 'archived', 'all mail', 'archivo', 'archivado', 'archivados', 'todos'],
};

/** The role of a mailbox by what other programs and providers call it; null for the user's own. */
export function findRole(name: string): MailboxRole | null {
  const folded = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^(\[gmail\]|inbox)\//, '')
    .trim();
  for (const [role, names] of Object.entries(ROLE_NAMES)) {
    if (names.includes(folded)) return role as MailboxRole;
  }
  return null;
}
