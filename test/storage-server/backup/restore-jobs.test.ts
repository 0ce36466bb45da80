import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { silentLogger } from '../../../server-kit/log.ts';
import { isThere } from '../../../server-kit/is-there.ts';
import { takeRestoreJobs } from '../../../storage-server/backup/restore-jobs.ts';
import type { StorageCore } from '../../../storage-server/context.ts';
import { startEngine } from '../../harness/engines.ts';
import { newUser, startMailRig } from '../mail-rig.ts';

test('a job whose archive is gone is answered: the server that finds it at its start goes on', async (t) => {
  const engine = await startEngine('sqlite');
  const rig = await startMailRig(engine);
  const folder = join(rig.dataDir, 'restoring');
  mkdirSync(folder);
  const job = { user: newUser(), archive: 'gone.tar', replace: false };
  writeFileSync(join(folder, 'one.job'), JSON.stringify(job));
  const home = {
    ...rig.core.home,
    // As from another server.
    readProfile: async (user: string) => {
      await sleep(100);
      return await rig.core.home.readProfile(user);
    },
  };
  const core = { ...rig.core, home, mails: rig.mails, dataDir: rig.dataDir, log: silentLogger };
  const stop = await takeRestoreJobs(core as unknown as StorageCore);
  t.after(async () => {
    await stop();
    await rig.stop();
    await engine.stop();
  });
  const done = join(folder, 'one.done');
  while (!isThere(done)) await sleep(100);
  const answer = JSON.parse(readFileSync(done, 'utf8')) as { error?: { code: string } };
  assert.equal(answer.error?.code, 'not-found');
});
