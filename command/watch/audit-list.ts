import type { AuditEntryView } from '../../common/shapes/audit.ts';
import type { Call, Outcome } from '../call.ts';
import { readNumber } from '../failure.ts';
import { cut, formatTable, formatWhen } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { readAuditFilter } from './audit-filter.ts';

/** `audit list`: acts of admins, newest first. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const limit = typed.text('limit');
  const before = typed.text('before');
  const { profile } = await call.connect();
  const { entries, next } = await ask(
    profile.audit.list.query({
      ...readAuditFilter(call),
      limit: limit === undefined ? 50 : readNumber('--limit', limit, 1, 1000),
      before: before === undefined ? null : readNumber('--before', before, 1, Number.MAX_SAFE_INTEGER),
    }),
  );
  const words = call.words();
  const rows = entries.map((entry) => formatEntry(entry, call));
  const more = next === null ? '' : `\n${fill(words.auditMore, { before: next })}`;
  return {
    value: { entries, next },
    text: rows.length === 0 ? words.auditNone : formatTable(rows, [0]) + more,
  };
}

function formatEntry({ seq, at, actor, action, subject, detail }: AuditEntryView, call: Call): string[] {
  const details = Object.entries(detail).map(([key, value]) => `${key}=${value}`);
  return [
    String(seq),
    formatWhen(at, call.language()),
    cut(actor.name ?? actor.id, 30),
    action,
    cut(subject.name ?? subject.id, 40),
    cut(details.join(' '), 100),
  ];
}
