import { formatTime } from '../../common/time.ts';
import { startReportingFacts } from '../../server-kit/report-facts.ts';
import { readAnswer } from '../../server-kit/service-client.ts';
import { readLastBackup } from '../backup/last-backup.ts';
import type { StorageCore } from '../context.ts';
import { countAllMails } from './home-store.ts';

/** Tells the profile-server every 30 s how this home is; the returned function ends it. */
export function startReportingHome(
  core: Pick<StorageCore, 'dataDir' | 'db' | 'log' | 'profile'>,
): () => Promise<void> {
  const { dataDir, db, log, profile } = core;
  return startReportingFacts({
    dataDir,
    log,
    read: async () => ({
      queue: null,
      mails: await countAllMails(db.read),
      backup: formatTime(await readLastBackup(dataDir)),
    }),
    report: async (facts) => {
      await readAnswer(profile.part.report.mutate({ facts }));
    },
  });
}
