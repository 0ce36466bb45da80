import type { Reader } from '../../../server-kit/database/database.ts';
import { countUnread, splitAccounts } from '../../mail/mail-record.ts';
import type { MailIds } from '../../mail/mail-id.ts';
import { DerivedLists } from '../derived-lists.ts';
import { compareDerived } from '../derived-store.ts';
import { makeFinding, type Finding } from '../finding.ts';
import * as store from '../keeping-store.ts';
import { compareRows, type BodySample } from './compare-rows.ts';
import type { ProofPool } from './proof-pool.ts';

const PAGE = 1000;
const END = Number.MAX_SAFE_INTEGER;

/** What the rows of one user are compared with. */
export interface MailsAgainst {
  ids: MailIds;
  /** Size of a blob's content; null: it is not there. */
  sizeOf: (blob: string) => number | null;
  proof: Pick<ProofPool, 'compareRows'>;
  bodies: BodySample;
}

export interface MailsReport {
  mails: number;
  findings: Finding[];
  /** Originals whose bytes repair has given up already. */
  lost: { mail: string; account: string }[];
}

/** Compares a user's rows with his blobs and with each other; `read` is one moment of the database. */
export async function checkMails(read: Reader, user: string, against: MailsAgainst): Promise<MailsReport> {
  const report: MailsReport = { mails: 0, findings: [], lost: [] };
  const expected = new DerivedLists();
  const highest = { id: 0, modseq: 0 };
  let after = 0;
  // One page's bytes are read while the next one is looked at.
  let comparing: Promise<Finding[]> = Promise.resolve([]);
  for (let more = true; more;) {
    const mails = await store.readWholeAfter(read, user, after, PAGE);
    more = mails.length === PAGE;
    const last = more ? mails.at(-1)!.id : END;
    const originals = await store.readOriginalsBetween(read, user, after, last);
    after = last;
    report.mails += mails.length;
    for (const mail of mails) {
      expected.add(mail);
      highest.id = Math.max(highest.id, mail.id);
      highest.modseq = Math.max(highest.modseq, mail.modseq);
    }
    await checkPage(read, user, against, { mails, originals }, report);
    report.findings.push(...(await comparing));
    comparing = compareRows(user, against, { mails, originals });
    // Whatever fails before it is waited for is told of first.
    comparing.catch(() => undefined);
  }
  report.findings.push(...(await comparing));
  const counter = await store.readLastId(read, user);
  if (highest.id > counter.lastId || highest.modseq > counter.modseq) {
    const detail = `id ${highest.id} of ${counter.lastId}, modseq ${highest.modseq} of ${counter.modseq}`;
    report.findings.push(makeFinding('modseq-wrong', { user, detail }));
  }
  for (const [table, rows] of await compareDerived(read, user, expected)) {
    const kind = table.endsWith('counter') ? 'counter-wrong' : 'thread-wrong';
    report.findings.push(makeFinding(kind, { user, detail: `${table}: ${rows}` }));
  }
  return report;
}

async function checkPage(
  read: Reader,
  user: string,
  { ids, sizeOf }: MailsAgainst,
  page: { mails: store.CheckedMail[]; originals: store.CheckedOriginal[] },
  report: MailsReport,
): Promise<void> {
  const blobs = page.originals.flatMap(({ header, body }) => [header, body]);
  const missing = [...new Set(blobs)].filter((id) => sizeOf(id) === null);
  const known = await store.findLost(read, missing);
  const byMail = Map.groupBy(page.originals, ({ mail }) => mail);
  const add = (kind: Finding['kind'], mail: number, more: Partial<Finding> = {}): void => {
    report.findings.push(makeFinding(kind, { user, mail: ids.mail(user, mail), ...more }));
  };
  for (const { mail, account, header, body, size } of page.originals) {
    const parts = [header, body];
    const sizes = parts.map(sizeOf);
    if (parts.some((id) => known.has(id))) report.lost.push({ mail: ids.mail(user, mail), account });
    else if (sizes.includes(null)) add('blob-missing', mail, { account });
    else if (sizes[0]! + sizes[1]! !== size)
      add('size-wrong', mail, { account, detail: `${size} of ${sizes[0]! + sizes[1]!}` });
  }
  for (const mail of page.mails) {
    const originals = byMail.get(mail.id) ?? [];
    byMail.delete(mail.id);
    const wrong = compareOriginals(mail, originals);
    if (wrong !== null) add('original-missing', mail.id, { detail: wrong });
    if (mail.unread !== countUnread(mail.flags)) add('thread-wrong', mail.id, { detail: 'unread' });
    const astray = originals.some((one) => one.mailbox !== mail.mailbox || one.date !== mail.date);
    if (astray) add('thread-wrong', mail.id, { detail: 'mail_original' });
  }
  for (const [mail] of byMail) add('mail-missing', mail);
}

/** A mail has an original for each account that it came through, or one of its own, and its bytes are those of one of them. */
function compareOriginals(
  mail: store.CheckedMail,
  originals: readonly store.CheckedOriginal[],
): string | null {
  const accounts = splitAccounts(mail.accounts);
  const needed = accounts.length === 0 ? [''] : accounts;
  const lacking = needed.filter((account) => !originals.some((one) => one.account === account));
  if (lacking.length > 0) return `account ${lacking.join(', ') || '-'}`;
  const shown = originals.some(
    (one) => one.header === mail.header && one.body === mail.body && one.size === mail.size,
  );
  return shown ? null : 'bytes';
}
