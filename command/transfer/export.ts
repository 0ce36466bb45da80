import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../common/errors.ts';
import type { Call, Outcome } from '../call.ts';
import { readChoice } from '../failure.ts';
import { ask, type Connection } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { nameMailboxes } from './name-mailboxes.ts';
import { listSkipped, nameSkipped } from './name-skipped.ts';
import { openExport, type ExportChoice, type Exported } from './open-export.ts';
import { showBytes } from './progress.ts';
import { unpackExport } from './unpack-export.ts';
import { writeWhole } from './write-whole.ts';

/** What an archive is called in the folder that it is exported to. */
export const ARCHIVE_FILE = 'valija-archive.tar';

/** `export --format F --out DIR`: a file for each mailbox, a file for each mail, or all as one archive. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const format = readChoice('--format', typed.text('format') ?? '', ['mbox', 'eml', 'archive']);
  const out = typed.text('out') ?? '';
  const choice = { format, mailbox: typed.text('mailbox') ?? null, query: typed.text('query') ?? null };
  const connection = await call.connect();
  const { mails, bytes, skipped, skippedCount } =
    format === 'mbox'
      ? await exportMboxes(call, connection, out, choice)
      : await exportTar(call, connection, out, choice);
  const words = call.words();
  const lines = [fill(words.exported, { n: mails, out })];
  if (skippedCount > 0) lines.push(fill(words.skipped, { n: skippedCount }), ...listSkipped(call, skipped));
  return { value: { mails, bytes, skipped: nameSkipped(call, skipped) }, text: lines.join('\n') };
}

async function exportMboxes(
  call: Call,
  connection: Connection,
  out: string,
  choice: ExportChoice,
): Promise<Exported> {
  const { mailboxes } = await ask(connection.storage.mailbox.list.query());
  const wanted = mailboxes.filter(
    ({ id, role, path }) => choice.mailbox === null || [id, role, path].includes(choice.mailbox),
  );
  if (wanted.length === 0) throw new MailError('not-found', 'no such mailbox', { reason: 'mailbox' });
  const names = nameMailboxes(mailboxes);
  const sum: Exported = { mails: 0, bytes: 0, skipped: [], skippedCount: 0 };
  await mkdir(out, { recursive: true, mode: 0o700 });
  for (const mailbox of wanted) {
    const one = await openExport(connection, { ...choice, mailbox: mailbox.id });
    const path = join(out, `${names.get(mailbox.id) ?? mailbox.id}.mbox`);
    const progress = showBytes(call, null);
    try {
      await writeWhole(path, progress.count(one.pieces));
    } finally {
      progress.end();
    }
    const { mails, bytes, skipped, skippedCount } = one.count() ?? {
      mails: mailbox.total,
      bytes: mailbox.bytes,
      skipped: [],
      skippedCount: 0,
    };
    // An empty mailbox of one's own is kept as an empty file; what a search found nothing in is not.
    if (mails === 0 && (choice.query !== null || mailbox.role !== null)) await rm(path, { force: true });
    sum.mails += mails;
    sum.bytes += bytes;
    sum.skipped.push(...skipped);
    sum.skippedCount += skippedCount;
  }
  return sum;
}

async function exportTar(
  call: Call,
  connection: Connection,
  out: string,
  choice: ExportChoice,
): Promise<Exported> {
  const { pieces, count } = await openExport(connection, choice);
  const progress = showBytes(call, null);
  try {
    if (choice.format === 'eml') {
      const listed = await unpackExport(progress.count(pieces), out);
      return count() ?? listed;
    }
    const path = out.endsWith('.tar') ? out : join(out, ARCHIVE_FILE);
    await writeWhole(path, progress.count(pieces));
  } finally {
    progress.end();
  }
  const { mailboxes } = await ask(connection.storage.mailbox.list.query());
  const sum = (of: 'total' | 'bytes'): number => mailboxes.reduce((all, mailbox) => all + mailbox[of], 0);
  return count() ?? { mails: sum('total'), bytes: sum('bytes'), skipped: [], skippedCount: 0 };
}
