import { writeFile } from 'node:fs/promises';
import { formatAuditCsv } from '../../common/csv/audit-csv.ts';
import type { AuditEntryView, AuditPage } from '../../common/shapes/audit.ts';
import type { Call, Outcome } from '../call.ts';
import { makeFileError } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { readAuditFilter } from './audit-filter.ts';

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
  const csv = formatAuditCsv(entries);
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
