import type { Param, Reader } from '../../server-kit/database/database.ts';

export interface AuditRecord {
  seq: number;
  at: number;
  actor: string;
  action: string;
  subject: string;
  /** JSON. */
  detail: string;
  actor_name: string | null;
  subject_name: string | null;
}

/** What narrows; times in milliseconds, `until` not included. `action` may end in `.*`. */
export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  from?: number | undefined;
  until?: number | undefined;
}

/** Newest first, those before `before`. */
export async function listAudit(
  reader: Reader,
  filter: AuditFilter,
  page: { before: number; limit: number },
): Promise<AuditRecord[]> {
  const parts = ['audit.seq < ?'];
  const params: Param[] = [page.before];
  const demand = (text: string, value: Param | undefined): void => {
    if (value === undefined) return;
    parts.push(text);
    params.push(value);
  };
  demand('audit.actor = ?', filter.actor);
  demand('audit.subject = ?', filter.subject);
  demand('audit.at >= ?', filter.from);
  demand('audit.at < ?', filter.until);
  const { action } = filter;
  if (action?.endsWith('.*') === true) demand('audit.action LIKE ?', `${action.slice(0, -1)}%`);
  else demand('audit.action = ?', action);
  return await reader.all<AuditRecord>(
    `SELECT audit.seq AS seq, audit.at AS at, audit.actor AS actor, audit.action AS action,
      audit.subject AS subject, audit.detail AS detail, doer.name AS actor_name, done.name AS subject_name
      FROM audit LEFT JOIN user doer ON doer.id = audit.actor LEFT JOIN user done ON done.id = audit.subject
      WHERE ${parts.join(' AND ')} ORDER BY audit.seq DESC LIMIT ?`,
    [...params, page.limit],
  );
}

export async function readHead(reader: Reader): Promise<{ seq: number; hash: string } | undefined> {
  return await reader.get('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
}
