import type { MailPage } from '../../../../common/shapes/mail.ts';
import { profileStore } from '../../profile/profile-store.ts';
import { storageServer } from '../../session/clients.ts';
import { makeListInput, PAGE_SIZE } from '../list/list-input.ts';
import type { MailList } from './patch-lists.ts';
import { beginReading } from './seen.ts';

/** One page of a list, or of what a search found. */
export async function readPage(list: MailList, after: string | null, signal: AbortSignal): Promise<ListPage> {
  if (list.query) return await findMails(list.query, after, signal);
  const noteRead = beginReading();
  const page = await storageServer().mail.list.query(makeListInput(list, after), { signal });
  noteRead(page.modseq);
  return page;
}

/** `unsure`: the index was still behind, and what came just now may be missing. */
export type ListPage = MailPage & { unsure?: boolean };

/** A page of what is found. Days in it begin in the user's zone. */
async function findMails(query: string, after: string | null, signal: AbortSignal): Promise<ListPage> {
  const timeZone =
    profileStore.get().preferences.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const input = { query, limit: PAGE_SIZE, after, timeZone };
  const { mails, next, total, modseq } = await storageServer().search.find.query(input, { signal });
  const unsure = total === null && next === null;
  return { mails, next, total: total ?? mails.length, unread: 0, unsure, modseq };
}
