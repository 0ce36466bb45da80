import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyedLock } from '../../../server-kit/keyed-lock.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { findMails, findNumbers, type FindCore } from '../../../storage-server/search/find-mails.ts';
import { startSearch } from '../../../storage-server/search/start-search.ts';
import { startEngine } from '../../harness/engines.ts';
import { incoming, makeMessage, newUser, startMailRig } from '../mail-rig.ts';
import { startRigThreads } from './search-rig.ts';

test('while the index is behind, flags and mailboxes of what it knows are those of now', async () => {
  const engine = await startEngine('sqlite');
  const rig = await startMailRig(engine);
  const threads = startRigThreads(rig);
  const user = newUser();
  const add = async (from: number): Promise<string[]> => {
    const mails = Array.from({ length: 5 }, (_, index) => incoming(makeMessage(from + index)));
    return (await rig.mails.ingestMails(user, mails)).map(({ mailId }) => mailId);
  };
  const old = await add(0);
  const search = await startSearch({ ...rig.core, mails: rig.mails, log: silentLogger, threads });
  await search.settle(user);
  await search.stop();
  const fresh = await add(5);
  await rig.mails.flag(user, [old[1]!, fresh[1]!], ['flagged'], []);
  await rig.mails.move(user, [old[2]!], 'trash');
  await rig.mails.remove(user, [old[2]!]);
  const core: FindCore = {
    ...rig.core,
    mails: rig.mails,
    pool: threads.find,
    near: threads.near,
    turns: new KeyedLock(),
    indexer: { catchUp: async () => false, noteSeeker: () => undefined, rebuild: async () => undefined },
  };
  const find = async (query: string) => {
    const page = await findMails(core, user, { query, limit: 10, after: null, timeZone: null });
    assert.equal(page.total, null, 'not all is indexed');
    return page.mails.map(({ id }) => id);
  };
  assert.deepEqual(await find('is:flagged message'), [old[1]]);
  assert.deepEqual(await find('-is:flagged in:inbox'), [old[4], old[3], old[0]]);
  await assert.rejects(findNumbers(core, user, 'message'), { code: 'unavailable', reason: 'search-behind' });
  await threads.stop();
  await rig.stop();
  await engine.stop();
});
