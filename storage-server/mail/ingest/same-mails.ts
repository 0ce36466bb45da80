import type { Writer } from '../../../server-kit/database/database.ts';
import type { StoredMessage } from '../../blob/take-in.ts';
import { splitAccounts, type MailRecord } from '../mail-record.ts';
import type { IncomingMail } from './ingest.ts';
import { findSame } from './ingest-store.ts';

type Row = Pick<MailRecord, 'id' | 'body' | 'accounts'>;

/** One row with two chips only if Message-ID, From, Date, Subject (together `sameKey`) and the whole body are equal. */
export class SameMails {
  readonly #byKey = new Map<string, Row[]>();

  /** With the rows of before that these messages may be the same as. */
  static async load(tx: Writer, user: string, stored: readonly StoredMessage[]): Promise<SameMails> {
    const keys = stored.map((message) => message.digest.sameKey).filter((key) => key !== null);
    const same = new SameMails();
    for (const row of await findSame(tx, user, [...new Set(keys)])) same.add(row);
    return same;
  }

  /** A row that later mails of the batch may be the same as. */
  add({ id, body, accounts, same_key }: Row & Pick<MailRecord, 'same_key'>): void {
    if (same_key === null) return;
    const rows = this.#byKey.get(same_key);
    if (rows === undefined) this.#byKey.set(same_key, [{ id, body, accounts }]);
    else rows.push({ id, body, accounts });
  }

  /** The row that takes this mail in as another original, with its accounts then; null when it is a mail of its own. */
  join(mail: IncomingMail, { digest, body }: StoredMessage): { id: number; accounts: string } | null {
    const { account } = mail;
    if (account === null || mail.apart === true || mail.imported !== undefined) return null;
    if (digest.sameKey === null) return null;
    const row = this.#byKey.get(digest.sameKey)?.find((one) => {
      const accounts = splitAccounts(one.accounts);
      return one.body === body.id && accounts.length > 0 && !accounts.includes(account);
    });
    if (row === undefined) return null;
    row.accounts = `${row.accounts},${account}`;
    return { id: row.id, accounts: row.accounts };
  }
}
