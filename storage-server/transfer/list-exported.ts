import type { Reader } from '../../server-kit/database/database.ts';
import type { MailRecord } from '../mail/mail-record.ts';
import { readMailboxAfter, readMailsAfter } from './export-store.ts';

/** What is exported: all, or of a mailbox (its id), or of what a search found (numbers). */
export interface ExportChoice {
  mailbox: string | null;
  found: ReadonlySet<number> | null;
}

const PAGE = 200;

/** The mails of an export, page by page: what changes meanwhile is exported as it is when its page is read. */
export async function* listExported(
  core: { db: { read: Reader } },
  user: string,
  { mailbox, found }: ExportChoice,
): AsyncGenerator<MailRecord[], void, undefined> {
  let last: MailRecord | undefined;
  for (;;) {
    const page: MailRecord[] =
      mailbox === null
        ? await readMailsAfter(core.db.read, user, last?.id ?? 0, PAGE)
        : await readMailboxAfter(core.db.read, user, mailbox, last ?? null, PAGE);
    const wanted = found === null ? page : page.filter(({ id }) => found.has(id));
    if (wanted.length > 0) yield wanted;
    last = page.at(-1);
    if (page.length < PAGE || last === undefined) return;
  }
}
