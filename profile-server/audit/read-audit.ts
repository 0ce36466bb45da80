import type { AuditEntryView, AuditPage, AuditVerification } from '../../common/shapes/audit.ts';
import { DAY, formatTime } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { foldUserName } from '../user/user-name.ts';
import { findUser, findUserByName } from '../user/user-store.ts';
import { listAudit, readHead, type AuditRecord } from './audit-list-store.ts';
import { verifyAudit } from './audit-store.ts';

export interface AuditWish {
  /** Ids or names of users; `system` and ids of parts too. */
  actor?: string | undefined;
  subject?: string | undefined;
  action?: string | undefined;
  /** Days of the calendar in UTC, such as `2026-11-21`, both included. */
  from?: string | undefined;
  to?: string | undefined;
  before: number | null;
  limit: number;
}

/** A page of the audit log, newest first. */
export async function readAudit(reader: Reader, wish: AuditWish): Promise<AuditPage> {
  const filter = {
    actor: await findWho(reader, wish.actor),
    subject: await findWho(reader, wish.subject),
    action: wish.action,
    from: wish.from === undefined ? undefined : Date.parse(wish.from),
    until: wish.to === undefined ? undefined : Date.parse(wish.to) + DAY,
  };
  const page = { before: wish.before ?? Number.MAX_SAFE_INTEGER, limit: wish.limit + 1 };
  const records = await listAudit(reader, filter, page);
  const entries = records.slice(0, wish.limit).map(viewEntry);
  return { entries, next: records.length > wish.limit ? (entries.at(-1)?.seq ?? null) : null };
}

/** Computes every hash again: costs with the length of the log. */
export async function verifyAuditLog(reader: Reader): Promise<AuditVerification> {
  const brokenAt = await verifyAudit(reader);
  const head = await readHead(reader);
  return { whole: brokenAt === null, brokenAt, entries: head?.seq ?? 0, head: head?.hash ?? null };
}

/** The id that an id or a name means; whatever else was asked for is looked for as it is. */
async function findWho(reader: Reader, who: string | undefined): Promise<string | undefined> {
  if (who === undefined || (await findUser(reader, who)) !== undefined) return who;
  return (await findUserByName(reader, foldUserName(who)))?.id ?? who;
}

function viewEntry(record: AuditRecord): AuditEntryView {
  return {
    seq: record.seq,
    at: formatTime(record.at),
    actor: { id: record.actor, name: record.actor_name },
    action: record.action,
    subject: { id: record.subject, name: record.subject_name },
    detail: JSON.parse(record.detail) as Record<string, string | number>,
  };
}
