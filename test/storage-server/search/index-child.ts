import { silentLogger } from '../../../server-kit/log.ts';
import { startOrigin } from '../../../storage-server/origin/start-origin.ts';
import { startSearch } from '../../../storage-server/search/start-search.ts';
import { openMailRig } from '../mail-rig.ts';
import { startRigThreads } from './search-rig.ts';

/** A process that indexes and judges the mails of argv DIR until it is killed; says how many are judged. */
const [dataDir = ''] = process.argv.slice(2);
const rig = await openMailRig(dataDir, null);
// Nobody answers there.
const threads = startRigThreads(rig, { host: '127.0.0.1', port: 9 });
const core = { ...rig.core, mails: rig.mails, log: silentLogger, threads };
await startSearch(core);
await startOrigin(core, { settle: 1, dueEvery: 60_000 });
for (;;) {
  const row = await rig.db.read.get<{ n: number }>('SELECT COUNT(*) AS n FROM mail_origin');
  console.log(row?.n ?? 0);
  await new Promise((resolve) => setTimeout(resolve, 5));
}
