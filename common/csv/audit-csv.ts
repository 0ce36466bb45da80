import type { AuditEntryView } from '../shapes/audit.ts';
import { writeCsv } from './write-csv.ts';

const COLUMNS = ['seq', 'at', 'actor', 'actor_name', 'action', 'subject', 'subject_name', 'detail'];

/** Entries of the audit log as CSV (RFC 4180); `detail` is JSON. */
export function formatAuditCsv(entries: readonly AuditEntryView[]): string {
  const rows = entries.map(({ seq, at, actor, action, subject, detail }) => [
    seq,
    at,
    actor.id,
    actor.name ?? '',
    action,
    subject.id,
    subject.name ?? '',
    JSON.stringify(detail),
  ]);
  return writeCsv([COLUMNS, ...rows]);
}
