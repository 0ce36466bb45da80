import { writeFile } from 'node:fs/promises';
import { writeCsv } from '../../common/csv/write-csv.ts';
import type { AuditEntryView, AuditPage } from '../../common/shapes/audit.ts';
import type { Call, Outcome } from '../call.ts';
import { makeFileError } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { readAuditFilter } from './audit-filter.ts';

const HEAD = ['seq', 'at', 'actor', 'actor_name', 'action', 'subject', 'subject_name', 'detail'];

/** `audit export [--out FILE]`: the log as CSV, newest first; with `--json` its entries. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const filter = readAuditFilter(call);
  const entries: AuditEntryView[] = [];
  let before: number | null = null;
  do {
    const page: AuditPage = await ask(profile.audit.list.query({ ...filter, limit: 1000, before }));
    entries.push(...page.entries);
    before = page.next;
  } while (before !== null);
  const csv = writeCsv([HEAD, ...entries.map(listCells)]);
  const out = call.typed.text('out');
  if (out === undefined) return { value: { entries }, text: csv.trimEnd() };
  await writeFile(out, csv, { mode: 0o600 }).catch((cause: unknown) => {
    throw makeFileError(out, cause);
  });
  return {
    value: { entries: entries.length, file: out },
    text: fill(call.words().auditSaved, { n: entries.length, file: out }),
  };
}

function listCells({ seq, at, actor, action, subject, detail }: AuditEntryView): (string | number)[] {
  return [
    seq,
    at,
    actor.id,
    actor.name ?? '',
    action,
    subject.id,
    subject.name ?? '',
    JSON.stringify(detail),
  ];
}
