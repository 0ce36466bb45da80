import type { StorageCore } from '../context.ts';
import { deleteDraft, listDrafts } from './draft-store.ts';

const PAGE = 200;

/** Forgets the texts and files of drafts whose mail was removed for ever, by whatever way; returns how many. */
export async function tidyDrafts(core: Pick<StorageCore, 'db' | 'mails'>): Promise<number> {
  let after = { user: '', mail: '' };
  let gone = 0;
  for (;;) {
    const page = await listDrafts(core.db, after, PAGE);
    for (const user of new Set(page.map((one) => one.user))) {
      const mails = page.filter((one) => one.user === user).map((one) => one.mail);
      const alive = new Set((await core.mails.readRows(user, mails)).map((row) => row.id));
      for (const mail of mails.filter((one) => !alive.has(one))) {
        await core.db.write(async (tx) => await deleteDraft(tx, user, mail));
        gone += 1;
      }
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return gone;
    after = last;
  }
}
