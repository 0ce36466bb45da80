import { MailError } from '../common/errors.ts';
import { formatTime } from '../common/time.ts';
import type { Call, Outcome } from '../command/call.ts';
import { makeUsageError } from '../command/failure.ts';
import { formatSize, formatWhen } from '../command/format.ts';
import { fill } from '../command/words/words.ts';
import type { backUpUser as BackUp, RepositoryReport, Snapshot } from '../storage-server/operate.ts';
import { BACKUP_WORDS } from './backup-words.ts';
import { openProfile } from './open-profile.ts';
import { openRepository } from './open-repository.ts';
import { readStorePlace } from './store-place.ts';

type BackUpUser = typeof BackUp;

const PROGRESS_MS = 1000;

/** `backup --user NAME|--all --out REPO`, also beside a running server; `backup --verify REPO`. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const verify = typed.text('verify');
  if (verify !== undefined) return await check(call, verify);
  const out = typed.text('out');
  if (out === undefined) throw makeUsageError('missing-option', { option: '--out' });
  const name = typed.text('user') ?? null;
  if ((name === null) === !typed.has('all'))
    throw makeUsageError('one-of-two', { option: '--user', other: '--all' });
  const done = await backUp(call, name, out);
  const words = BACKUP_WORDS[call.language()];
  const lines = done.map(({ name, mails, bytes }) =>
    fill(words.backedUp, { name, mails, size: formatSize(bytes, call.language()) }),
  );
  return { value: { snapshots: done.map(viewSnapshot) }, text: lines.join('\n') };
}

async function backUp(call: Call, name: string | null, out: string): Promise<Snapshot[]> {
  const begun = Date.now();
  const { backUpUser, noteBackup, openStore } = await import('../storage-server/operate.ts');
  const { findBackupUsers, readProfileBackup } = await import('../profile-server/operate.ts');
  const place = readStorePlace(call);
  const profile = await openProfile(place);
  try {
    const users = await findBackupUsers(profile.read, name);
    if (users.length === 0 && name !== null) {
      throw new MailError('not-found', 'no such user', { reason: 'restore-user', params: { name } });
    }
    const store = await openStore(place, 'read');
    try {
      const repository = await openRepository(call, out, 'write');
      try {
        const done: Snapshot[] = [];
        for (const user of users) {
          const at = Date.now();
          const head = await profile.snapshot(async (read) => await readProfileBackup(read, user, at));
          done.push(await backUpUser(store, repository, { ...head, at }, hear(call, user.name)));
        }
        // A server that may not write there still has its backup.
        if (name === null) await noteBackup(store.dataDir, begun).catch(() => undefined);
        return done;
      } finally {
        repository.close();
      }
    } finally {
      await store.close();
    }
  } finally {
    await profile.close();
  }
}

function hear(call: Call, name: string): Parameters<BackUpUser>[3] {
  const words = BACKUP_WORDS[call.language()];
  let last = Date.now();
  return {
    onProgress: (mails) => {
      if (Date.now() - last < PROGRESS_MS) return;
      last = Date.now();
      call.note(fill(words.progress, { name, mails }));
    },
    onDamaged: (mail) => call.note(fill(words.damaged, { name, mail })),
  };
}

/** As `--json` prints it. */
export function viewSnapshot({ user, name, at, mails, bytes }: Snapshot) {
  return { user: { id: user, name }, at: formatTime(at), mails, bytes };
}

async function check(call: Call, path: string): Promise<Outcome> {
  const { verifyRepository } = await import('../storage-server/operate.ts');
  const repository = await openRepository(call, path, 'read');
  try {
    const report: RepositoryReport = verifyRepository(repository);
    const { snapshots, objects, damaged, missing, affected } = report;
    const count = damaged.length + missing.length;
    const words = BACKUP_WORDS[call.language()];
    const value = { ok: count === 0, ...report };
    if (count === 0) return { value, text: fill(words.verified, { snapshots, objects }) };
    const users = affected.map(({ name, at, mails }) =>
      fill(words.affected, { name, at: formatWhen(at, call.language()), mails }),
    );
    const text = [fill(words.wrong, { n: count }), ...users, ...damaged, ...missing].join('\n');
    const error = new MailError('internal', `${count} findings`, {
      reason: 'backup-damaged',
      temporary: false,
    });
    return { value, text, error };
  } finally {
    repository.close();
  }
}
