import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { missingComponent } from '../../harness/component.ts';
import { startDovecot, type Dovecot } from '../../harness/dovecot.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { pollOnce } from './retrieve.ts';
import { makeMessages, openTestStore, type TestStore } from './store.ts';

const MAILS = makeMessages(30);
const TWINS = [MAILS[0]!, MAILS[0]!, ...MAILS.slice(1, 20)];
const MORE = MAILS.slice(20, 23);

describe('upheaval in a Dovecot', { skip: missingComponent('dovecot') }, () => {
  let dovecot: Dovecot;
  let temp: ReturnType<typeof makeTempDir>;
  let store: TestStore;
  before(async () => {
    dovecot = await startDovecot({
      users: { alice: 'secret', moved: 'secret' },
      extra: 'pop3_uidl_format = %08Xu%08Xv',
    });
  });
  after(async () => await dovecot.stop());
  beforeEach(async () => {
    temp = makeTempDir('upheaval');
    store = await openTestStore(temp.path);
    dovecot.empty('alice');
    dovecot.deliver('alice', TWINS);
    assert.equal((await poll()).added, TWINS.length);
  });
  afterEach(async () => {
    await store.close();
    temp.remove();
  });

  const poll = async (user = 'alice', keep = 'always') => {
    const result = await pollOnce(store, { port: dovecot.port, dir: temp.path, keep, user });
    assert.equal(result.error, null);
    return result;
  };

  async function assertStored(expected: readonly Buffer[]): Promise<void> {
    const sort = (mails: readonly Buffer[]): string[] => mails.map((mail) => mail.toString('latin1')).sort();
    assert.deepEqual(sort(await store.readAll()), sort(expected));
  }

  /** All UIDLs are others now; new mail came meanwhile. */
  async function assertFollowed(): Promise<void> {
    dovecot.deliver('alice', MORE);
    assert.equal((await poll()).added, MORE.length);
    assert.equal((await poll()).added, 0);
    await assertStored([...TWINS, ...MORE]);
    await poll('alice', 'delete');
    assert.deepEqual(dovecot.listMaildrop('alice'), []);
    await assertStored([...TWINS, ...MORE]);
  }

  for (const format of ['%f', '%v.%u', '%Mf']) {
    test(`pop3_uidl_format becomes ${format}: nothing doubles, nothing is missing`, async () => {
      const config = join(dovecot.dir, 'dovecot.conf');
      const text = readFileSync(config, 'utf8');
      await dovecot.kill();
      writeFileSync(config, text.replace(/pop3_uidl_format = .*/, `pop3_uidl_format = ${format}`));
      await dovecot.start();
      try {
        await assertFollowed();
      } finally {
        await dovecot.kill();
        writeFileSync(config, text);
        await dovecot.start();
      }
    });
  }

  test('dovecot-uidlist and the indexes are lost: UIDVALIDITY is another one', async () => {
    await dovecot.kill();
    const maildir = join(dovecot.dir, 'mail', 'alice', 'Maildir');
    for (const name of [
      'dovecot-uidlist',
      'dovecot-uidvalidity',
      'dovecot.index',
      'dovecot.index.log',
      'dovecot.index.cache',
    ]) {
      rmSync(join(maildir, name), { force: true });
    }
    await dovecot.start();
    await assertFollowed();
  });

  test('the maildrop moves to another one, in another order', async () => {
    dovecot.empty('moved');
    dovecot.deliver('moved', [...MORE, ...TWINS.toReversed()]);
    assert.equal((await poll('moved')).added, MORE.length);
    assert.equal((await poll('moved')).added, 0);
    await assertStored([...TWINS, ...MORE]);
  });

  test('every message is another one: all are there, old and new', async () => {
    dovecot.empty('alice');
    const others = makeMessages(20, 'other');
    dovecot.deliver('alice', others);
    assert.equal((await poll()).added, 20);
    await assertStored([...TWINS, ...others]);
  });
});
