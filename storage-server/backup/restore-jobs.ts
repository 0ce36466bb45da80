import { open, rm, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import { takeOperatorJobs } from '../../server-kit/operator-jobs.ts';
import type { StorageCore } from '../context.ts';
import { makeSpoolPlace } from '../transfer/message-spool.ts';
import { readImport } from '../transfer/read-import.ts';
import { runImport } from '../transfer/run-import.ts';

const job = z.object({ user: z.string().min(1).max(64), archive: z.string().max(100), replace: z.boolean() });

/** Puts mails back from archives that `valija restore` lays into the data directory. Returns how to end it. */
export async function takeRestoreJobs(core: StorageCore): Promise<() => Promise<void>> {
  const place = await makeSpoolPlace(core.dataDir, 'restoring-spool');
  return takeOperatorJobs(join(core.dataDir, 'restoring'), core.log, async (given, folder) => {
    const { user, archive, replace } = job.parse(given);
    const path = join(folder, basename(archive));
    const file = await openArchive(path);
    try {
      const pieces = file.createReadStream({ autoClose: false });
      const findings = readImport(pieces, { place, name: archive, now: core.clock.now() });
      const result = await runImport(core, user, findings, { mailbox: null, replace });
      await rm(path, { force: true });
      return result;
    } finally {
      await file.close();
    }
  });
}

/** `valija restore` takes it away when the server ends meanwhile, and this job is found at the next start. MailError `not-found`. */
async function openArchive(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
    throw new MailError('not-found', 'the archive is gone', { cause });
  }
}
