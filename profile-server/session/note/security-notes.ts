import { makeId } from '../../../common/ids.ts';
import type { SecurityNote, SecurityNoteKind } from '../../../common/shapes/security-note.ts';
import { DAY, formatTime } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { findUser } from '../../user/user-store.ts';
import { insertNote, listNotes } from './note-store.ts';

/** As long as DESIGN 9 wants a reset to be shown. */
export const NOTES_KEPT = 30 * DAY;

/** What is said beside what happened; each may be left out. */
export interface NoteDetail {
  /** Where it came from: client as it called itself, address. */
  client?: string | null;
  address?: string | null;
  /** Of the passkey or app password. */
  name?: string | null;
}

/** Tells a user of something that concerns who can get in; `by` is the admin who did it, null the user. */
export async function writeNote(
  tx: Writer,
  tools: Pick<ProfileContext, 'random' | 'clock'>,
  note: { user: string; what: SecurityNoteKind; by: string | null; detail?: NoteDetail },
): Promise<void> {
  await insertNote(tx, {
    id: makeId('note', tools.random),
    user: note.user,
    at: tools.clock.now(),
    what: note.what,
    by_user: note.by,
    detail: JSON.stringify(note.detail ?? {}),
  });
}

/** Of the last 30 days, the newest first. */
export async function readNotes(server: ProfileContext, user: string): Promise<SecurityNote[]> {
  const { read } = server.db;
  const records = await listNotes(read, user, server.clock.now() - NOTES_KEPT);
  const admins = new Map<string, string>();
  for (const { by_user } of records) {
    if (by_user === null || admins.has(by_user)) continue;
    admins.set(by_user, (await findUser(read, by_user))?.name ?? by_user);
  }
  return records.map(({ id, at, what, by_user, detail }) => {
    const said = JSON.parse(detail) as NoteDetail;
    return {
      id,
      at: formatTime(at),
      what: what as SecurityNoteKind,
      byAdmin: by_user === null ? null : (admins.get(by_user) ?? null),
      client: said.client ?? null,
      address: said.address ?? null,
      name: said.name ?? null,
    };
  });
}
