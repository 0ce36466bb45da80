import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeTempDir } from '../../harness/tempdir.ts';
import { incoming, makeMessage, newUser, openMailRig } from '../mail-rig.ts';
import { startRigSearch } from './search-rig.ts';

const MAILS = 1000;
const KILLS = 5;

test('killed again and again in the middle of it, everything is found once and judged once in the end', async () => {
  const directory = makeTempDir('search-crash');
  const user = newUser();
  const first = await openMailRig(directory.path, null);
  for (let at = 0; at < MAILS; at += 200) {
    const mails = Array.from({ length: 200 }, (_, index) => incoming(makeMessage(at + index)));
    await first.mails.ingestMails(user, mails);
  }
  await first.stop();
  for (let kill = 0; kill < KILLS; kill++) {
    const args = [join(import.meta.dirname, 'index-child.ts'), directory.path];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    // At another place each time, mostly in the middle of a batch.
    for await (const line of child.stdout)
      if (Number(String(line).trim().split('\n').at(-1)) >= 150 * kill) break;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const rig = await openMailRig(directory.path, null);
  const search = await startRigSearch(rig);
  await search.settle(user);
  const found: string[] = [];
  let after: string | null = null;
  do {
    const page = await search.find(user, { query: 'message', limit: 500, after, timeZone: null });
    assert.equal(page.total, MAILS);
    found.push(...page.mails.map(({ subject }) => subject));
    after = page.next;
  } while (after !== null);
  assert.deepEqual(
    found,
    Array.from({ length: MAILS }, (_, index) => `Message ${MAILS - 1 - index}`),
  );
  const [judged] = await rig.db.read.all<{ n: number; most: number }>(
    'SELECT COUNT(*) AS n, MAX(tries) AS most FROM mail_origin',
  );
  const [cursor] = await rig.db.read.all<{ modseq: number; mail: number }>(
    'SELECT modseq, mail FROM origin_cursor',
  );
  const behind = await rig.db.read.all(
    `SELECT m.id FROM mail m LEFT JOIN mail_origin g ON g.user_id = m.user_id AND g.mail = m.id
     WHERE g.mail IS NULL AND (m.modseq < ? OR (m.modseq = ? AND m.id <= ?))`,
    [cursor?.modseq ?? 0, cursor?.modseq ?? 0, cursor?.mail ?? 0],
  );
  assert.deepEqual(behind, [], 'nothing that the cursor has passed is without a verdict');
  assert.ok((judged?.n ?? 0) > 0 && judged?.most === 1, 'no mail is judged twice');
  await search.stop();
  await rig.stop();
  directory.remove();
});
