import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { makeSpoolPlace } from '../../../storage-server/transfer/message-spool.ts';
import { readImport } from '../../../storage-server/transfer/read-import.ts';
import { runImport } from '../../../storage-server/transfer/run-import.ts';
import { makeMails } from '../../../storage-server/mail/make-mails.ts';
import { startEngine } from '../../harness/engines.ts';
import { startMailRig } from '../mail-rig.ts';

test('an import stops at the quota, and one that adds nothing passes it', async (t) => {
  const engine = await startEngine('sqlite');
  const rig = await startMailRig(engine);
  t.after(async () => {
    await rig.stop();
    await engine.stop();
  });
  const place = await makeSpoolPlace(rig.dataDir);
  const core = {
    ...rig.core,
    mails: makeMails({ ...rig.core, quota: 50 }),
    random: (size: number) => crypto.getRandomValues(new Uint8Array(size)),
  };
  const run = async (text: string) => {
    const pieces = (async function* () {
      yield Buffer.from(text);
    })();
    const findings = readImport(pieces, { place, name: 'box', now: rig.clock.now() });
    return await runImport(core, 'user_a', findings, { mailbox: null, replace: false });
  };
  const small = 'Subject: small\n\nThirty bytes.\n';
  assert.equal((await run(small)).mails, 1);
  await assert.rejects(run('Subject: other\n\nThirty bytes too.\n'), (error: unknown) => {
    return error instanceof MailError && error.code === 'quota';
  });
  const { mails, there } = await run(small);
  assert.deepEqual([mails, there], [0, 1]);
});
