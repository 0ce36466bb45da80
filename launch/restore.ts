import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MailError } from '../common/errors.ts';
import { foldName } from '../common/fold-name.ts';
import type { Call, Outcome } from '../command/call.ts';
import { makeUsageError } from '../command/failure.ts';
import { formatSize, formatTable, formatWhen } from '../command/format.ts';
import { readMoment } from '../command/transfer/read-moment.ts';
import { writeWhole } from '../command/transfer/write-whole.ts';
import { fill } from '../command/words/words.ts';
import type { Snapshot } from '../storage-server/operate.ts';
import { askServer, demandRunning, type JobPlace } from './ask-server.ts';
import { viewSnapshot } from './backup.ts';
import { BACKUP_WORDS } from './backup-words.ts';
import { openRepository } from './open-repository.ts';
import type { PartName } from './options.ts';
import { readStorePlace } from './store-place.ts';

/** `restore --from REPO --user NAME [--at TIME] [--replace]` into running servers; `--list` shows what there is. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const repository = await openRepository(call, typed.text('from') ?? '', 'read');
  try {
    const user = typed.text('user') ?? null;
    const snapshots = repository.index
      .listSnapshots()
      .filter(({ name }) => user === null || foldName(name) === foldName(user));
    if (typed.has('list')) return listSnapshots(call, snapshots);
    if (user === null) throw makeUsageError('missing-option', { option: '--user' });
    const at = readMoment('--at', typed.text('at')) ?? Number.MAX_SAFE_INTEGER;
    const chosen = snapshots.findLast((one) => one.at <= at);
    if (chosen === undefined)
      throw new MailError('not-found', 'no such state', { reason: 'no-snapshot', params: { name: user } });
    return await restore(call, repository, chosen);
  } finally {
    repository.close();
  }
}

function listSnapshots(call: Call, snapshots: readonly Snapshot[]): Outcome {
  const language = call.language();
  const rows = snapshots.map(({ name, at, mails, bytes }) => [
    name,
    formatWhen(new Date(at).toISOString(), language),
    String(mails),
    formatSize(bytes, language),
  ]);
  const text = rows.length === 0 ? BACKUP_WORDS[language].noSnapshots : formatTable(rows);
  return { value: { snapshots: snapshots.map(viewSnapshot) }, text };
}

interface ProfileDone {
  user: string;
  added: number;
  secrets: number;
}

interface MailsDone {
  mails: number;
  bytes: number;
  there: number;
  skippedCount: number;
}

/** First the profile, so that mailboxes and accounts are there when the mails come. */
async function restore(
  call: Call,
  repository: Awaited<ReturnType<typeof openRepository>>,
  snapshot: Snapshot,
): Promise<Outcome> {
  const { buildArchive, readHead } = await import('../storage-server/operate.ts');
  const dir = resolve(readStorePlace(call).dataDir, '..');
  for (const part of ['profile-server', 'storage-server'] as const) demandRunning(placeOf(dir, part));
  const { name, user, profile, credentials } = readHead(repository, snapshot);
  const done = (await askServer(placeOf(dir, 'profile-server'), {
    name,
    user,
    profile,
    credentials,
  })) as ProfileDone;
  const archive = `${randomUUID()}.tar`;
  const path = join(dir, 'storage-server', 'restoring', archive);
  try {
    await writeWhole(path, buildArchive(repository, snapshot));
    const replace = call.typed.has('replace');
    const mails = (await askServer(placeOf(dir, 'storage-server'), {
      user: done.user,
      archive,
      replace,
    })) as MailsDone;
    const words = BACKUP_WORDS[call.language()];
    const lines = [fill(words.restored, { name, mails: mails.mails, items: done.added, there: mails.there })];
    if (mails.skippedCount > 0) lines.push(fill(words.lost, { n: mails.skippedCount }));
    if (done.secrets > 0) lines.push(fill(words.secrets, { n: done.secrets }));
    const value = {
      from: viewSnapshot(snapshot),
      mails: mails.mails,
      bytes: mails.bytes,
      there: mails.there,
      skipped: mails.skippedCount,
      items: done.added,
      secrets: done.secrets,
    };
    return { value, text: lines.join('\n') };
  } finally {
    await rm(path, { force: true });
  }
}

function placeOf(dir: string, part: PartName): JobPlace {
  return { dir, part, folder: 'restoring', reason: 'restore-needs-server' };
}
