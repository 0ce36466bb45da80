import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import type { Call, Outcome } from '../call.ts';
import { makeFileError } from '../failure.ts';
import { callWithToken } from '../server/clients.ts';
import type { Connection } from '../server/connection.ts';
import { readRefusal, readText } from '../server/http.ts';
import { fill } from '../words/words.ts';
import { ARCHIVE_FILE } from './export.ts';
import { makeMissingMailboxes } from './make-mailboxes.ts';
import { listSkipped, nameSkipped, type Skipped } from './name-skipped.ts';
import { packExport, packFolder } from './pack-folder.ts';
import { showBytes } from './progress.ts';
import { findProfile, parseProfile } from './read-profile-file.ts';
import { sendProfile } from './send-profile.ts';
import { walkFolder } from './walk-folder.ts';

interface ImportAnswer {
  mails: number;
  bytes: number;
  there: number;
  skipped: Skipped[];
  skippedCount: number;
}

/** `import FILE [--mailbox M]`: an mbox, a message, a Maildir, a folder of such, or our archive with its profile. */
export async function run(call: Call): Promise<Outcome> {
  const path = call.typed.words[0] ?? '';
  const mailbox = call.typed.text('mailbox') ?? null;
  const source = await findSource(path);
  const connection = await call.connect();
  await prepare(call, connection, source, mailbox);
  const query = new URLSearchParams({ name: basename(path), ...(mailbox === null ? {} : { mailbox }) });
  const address = `${connection.home.url}/import?${query.toString()}`;
  const progress = showBytes(call, source.size);
  const headers = {
    'content-type': 'application/octet-stream',
    ...(source.kind === 'file' ? { 'content-length': String(source.size ?? 0) } : {}),
  };
  const body = Readable.from(progress.count(source.open()), { objectMode: false });
  const { token } = connection.home;
  try {
    const answer = await callWithToken(address, { method: 'POST', headers, body }, token);
    const text = await readText(answer, address);
    if (answer.status !== 200) throw readRefusal(answer.status, text);
    return report(call, JSON.parse(text) as ImportAnswer);
  } finally {
    progress.end();
    body.destroy();
  }
}

interface Source {
  kind: 'file' | 'folder' | 'export';
  path: string;
  size: number | null;
  open(): AsyncIterable<Uint8Array>;
}

/** MailError usage where nothing can be read. */
async function findSource(path: string): Promise<Source> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) {
      const { size } = found;
      // A file that grows meanwhile must not run past the length that was announced.
      const open = (): AsyncIterable<Uint8Array> =>
        size === 0 ? Readable.from([]) : createReadStream(path, { end: size - 1 });
      return { kind: 'file', path, size, open };
    }
  } catch (error) {
    throw makeFileError(path, error);
  }
  const archive = join(path, ARCHIVE_FILE);
  if (existsSync(archive)) return await findSource(archive);
  if (existsSync(join(path, 'manifest.json')) && existsSync(join(path, 'mails.jsonl'))) {
    return { kind: 'export', path, size: null, open: () => packExport(path) };
  }
  return { kind: 'folder', path, size: null, open: () => packFolder(path) };
}

/** What the mails need before they come: an archive's profile, or the mailboxes that folders were. */
async function prepare(
  call: Call,
  connection: Connection,
  source: Source,
  mailbox: string | null,
): Promise<void> {
  if (source.kind === 'folder') {
    if (mailbox !== null) return;
    const paths: string[] = [];
    for await (const file of walkFolder(source.path)) if (file.mailbox !== null) paths.push(file.mailbox);
    return await makeMissingMailboxes(connection, paths);
  }
  const profile = source.kind === 'file' ? await findProfile(source.path) : await readOwnProfile(source.path);
  if (profile === null) return;
  const { added, skipped } = await sendProfile(connection, { profile });
  call.note(fill(call.words().profileImported, { n: added }));
  for (const line of listSkipped(call, skipped)) call.note(line);
}

async function readOwnProfile(folder: string) {
  const { readFile } = await import('node:fs/promises');
  return parseProfile(await readFile(join(folder, 'profile.json'), 'utf8'));
}

function report(call: Call, { mails, bytes, there, skipped, skippedCount }: ImportAnswer): Outcome {
  const words = call.words();
  const lines = [fill(words.imported, { n: mails })];
  if (there > 0) {
    lines.push(fill(words.alreadyHere, { n: there }));
    if (call.json) call.note(fill(words.alreadyHere, { n: there }));
  }
  if (skippedCount > 0) lines.push(fill(words.skipped, { n: skippedCount }), ...listSkipped(call, skipped));
  return { value: { mails, bytes, skipped: nameSkipped(call, skipped) }, text: lines.join('\n') };
}
