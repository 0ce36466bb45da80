import { formatAuditCsv } from '../../../../common/csv/audit-csv.ts';
import type { AuditEntryView, AuditPage } from '../../../../common/shapes/audit.ts';
import { profileServer } from '../../session/clients.ts';

export interface AuditForm {
  actor: string;
  action: string;
  subject: string;
  /** Days, as the browser's field gives them. */
  from: string;
  to: string;
}
export type AuditFilter = Partial<AuditForm>;

/** Only what was filled in. A word without a dot means all actions of that kind: `user` is `user.*`. */
export function readFilter(form: AuditForm): AuditFilter {
  const given = Object.entries(form)
    .map(([key, value]) => [key, value.trim()] as const)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => [key, key === 'action' && !value.includes('.') ? `${value}.*` : value]);
  return Object.fromEntries(given) as AuditFilter;
}

/** `from=a to=b`, for one line. */
export function describeDetail(detail: AuditEntryView['detail']): string {
  return Object.entries(detail)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ');
}

/** All entries that a filter means as CSV, oldest last. */
export async function exportAudit(filter: AuditFilter): Promise<string> {
  const entries: AuditEntryView[] = [];
  let before: number | null = null;
  do {
    const page: AuditPage = await profileServer().audit.list.query({ ...filter, limit: 1000, before });
    entries.push(...page.entries);
    before = page.next;
  } while (before !== null);
  return formatAuditCsv(entries);
}
