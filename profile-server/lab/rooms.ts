import { MailError } from '../../common/errors.ts';
import type { LabLog, LabPc, LabRoom } from '../../common/shapes/lab.ts';
import { formatTime } from '../../common/time.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import type { Reach } from '../group/reach.ts';
import type { RoomRule } from './find-place.ts';
import { checkNetwork } from './networks.ts';
import { listRooms, putRoom, removeRoom } from './room-store.ts';
import { countByPc, listLogIns, type LogInRow } from './session-log-store.ts';

/** Rooms that admins set and rooms that computers named, with how they are used by whom the caller looks after. */
export async function showRooms(server: ProfileContext, reach: Reach): Promise<LabRoom[]> {
  const set = await listRooms(server.db.read);
  const rooms = new Map<string | null, LabRoom>(set.map((room) => [room.name, emptyRoom(room)]));
  for (const { room, pc, logins, open, last_at } of await countByPc(
    server.db.read,
    reach,
    server.clock.now(),
  )) {
    const found = rooms.get(room) ?? emptyRoom({ name: room, networks: [], forced: false });
    rooms.set(room, found);
    const used: LabPc = { name: pc, open, logIns: logins, lastAt: formatTime(last_at) };
    found.pcs.push(used);
    found.open += used.open;
    found.logIns += used.logIns;
  }
  return [...rooms.values()];
}

function emptyRoom({ name, networks, forced }: Omit<RoomRule, 'name'> & { name: string | null }): LabRoom {
  return { name, networks: [...networks], forced, open: 0, logIns: 0, pcs: [] };
}

export interface LogInQuery {
  room: string | null;
  pc: string | null;
  user: string | null;
  limit: number;
  after: string | null;
}

/** Who signed in where, the newest first, of whom the caller looks after. MailError `invalid` for a foreign cursor. */
export async function showLogIns(server: ProfileContext, reach: Reach, query: LogInQuery): Promise<LabLog> {
  const after = query.after === null ? null : readCursor(query.after);
  const limit = query.limit + 1;
  const rows = await listLogIns(server.db.read, { ...query, reach, after, limit, now: server.clock.now() });
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
  return {
    logIns: rows.slice(0, query.limit).map((row) => ({
      user: row.user_name === null ? null : { id: row.user, name: row.user_name },
      room: row.room,
      pc: row.pc,
      address: row.address,
      client: row.client,
      lab: row.lab === 1,
      from: formatTime(row.from_at),
      to: formatTime(row.to_at),
      end: nameEnd(row),
    })),
    next: last === undefined ? null : `${last.from_at}.${last.session}`,
  };
}

/** What went without a word ran out, or went with its user. */
function nameEnd({ ended, open }: LogInRow): LogInRow['ended'] {
  return ended ?? (open === 1 ? null : 'expired');
}

function readCursor(after: string): { at: number; session: string } {
  const match = /^(\d{1,15})\.([\w-]{1,64})$/.exec(after);
  if (match === null) throw new MailError('invalid', 'no cursor of ours', { field: 'after' });
  return { at: Number(match[1]), session: match[2] ?? '' };
}

/** Makes the room or changes it. MailError `invalid` field `network`. */
export async function setRoom(server: ProfileContext, admin: string, room: RoomRule): Promise<RoomRule> {
  const set = { ...room, networks: [...new Set(room.networks.map(checkNetwork))] };
  await server.db.write(async (tx) => {
    await putRoom(tx, set);
    const detail = { room: room.name, networks: set.networks.join(' '), forced: set.forced ? 1 : 0 };
    await appendAudit(tx, { ...note(server, admin, room.name), action: 'lab.room', detail });
  });
  return set;
}

/** What was logged stays. MailError `not-found`. */
export async function dropRoom(server: ProfileContext, admin: string, name: string): Promise<void> {
  await server.db.write(async (tx) => {
    if (!(await removeRoom(tx, name))) {
      throw new MailError('not-found', `no room ${name}`, { reason: 'lab-room', params: { room: name } });
    }
    const detail = { room: name };
    await appendAudit(tx, { ...note(server, admin, name), action: 'lab.room-remove', detail });
  });
}

/** As much of the name as the log's column holds. */
function note(server: ProfileContext, actor: string, room: string) {
  const subject = Array.from(room.toWellFormed()).slice(0, 64).join('');
  return { at: server.clock.now(), actor, subject };
}
