import type { Database, Reader } from '../../../server-kit/database/database.ts';
import { DERIVED_TABLES, DerivedLists, type DerivedTable } from '../derived-lists.ts';
import { rewriteDerived } from '../derived-store.ts';
import { readMailsAfter } from '../keeping-store.ts';
import { raiseCounter } from './mend-store.ts';

const PAGE = 1000;

/** Makes a user's counters and lists anew from his mails, in one transaction. */
export async function mendLists(db: Database, user: string): Promise<void> {
  await db.write(async (tx) => {
    await raiseCounter(tx, user);
    const expected = await deriveLists(tx, user);
    for (const table of Object.keys(DERIVED_TABLES) as DerivedTable[]) {
      await rewriteDerived(tx, user, table, expected);
    }
  });
}

async function deriveLists(read: Reader, user: string): Promise<DerivedLists> {
  const lists = new DerivedLists();
  let after = 0;
  for (let more = true; more;) {
    const mails = await readMailsAfter(read, user, after, PAGE);
    for (const mail of mails) lists.add(mail);
    after = mails.at(-1)?.id ?? after;
    more = mails.length === PAGE;
  }
  return lists;
}
