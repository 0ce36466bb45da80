import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import { appendAudit, verifyAudit } from '../../profile-server/admin/audit-store.ts';
import { takeNumber } from '../../profile-server/counter-store.ts';
import { putItem, takeRevision } from '../../profile-server/profile/profile-store.ts';
import { addPoll, findNextDue, listDue } from '../../profile-server/schedule/poll-store.ts';
import { takeLease } from '../../profile-server/schedule/lease-store.ts';
import { addRevocation, readRevocations } from '../../profile-server/session/revocation-store.ts';
import { addSession, findLiveSession, rotateSession } from '../../profile-server/session/session-store.ts';
import { countWrong, readTries } from '../../profile-server/session/try-store.ts';
import { addUser, findUserByName } from '../../profile-server/session/user-store.ts';
import { listUses, recordUse, removeOldUses } from '../../profile-server/vault/credential-log-store.ts';
import { saveCredential } from '../../profile-server/vault/credential-store.ts';
import { keepSecret, makeDataKey, openSecret } from '../../profile-server/vault/keep-secret.ts';
import { makeMasterKey } from '../../profile-server/vault/master-key.ts';
import type { Database } from '../../server-kit/database/database.ts';
import { onBothEngines } from './engines.ts';

const NOW = 1_800_000_000_000;

onBothEngines('stores of the profile-server', (engine) => {
  let db: Database;
  before(async () => {
    db = await engine.open();
  });
  const tools = { masterKey: makeMasterKey(randomBytes(32), randomBytes), random: randomBytes };

  const addTestUser = async (id: string, name = id): Promise<boolean> =>
    await db.write(
      async (tx) =>
        await addUser(tx, {
          id,
          name,
          name_key: name.toLowerCase(),
          password: '',
          admin: 0,
          disabled: 0,
          home: 'storage_1',
          revision: 0,
          data_key: makeDataKey(tools, id),
          created_at: NOW,
        }),
    );

  test('a name belongs to one, and is found by exactly that name', async () => {
    assert.equal(await addTestUser('user_jose', 'josé'), true);
    assert.equal(await addTestUser('user_other', 'josé'), false);
    assert.equal(await addTestUser('user_plain', 'jose'), true);
    assert.equal((await findUserByName(db.read, 'josé'))?.id, 'user_jose');
    assert.equal((await findUserByName(db.read, 'jose'))?.id, 'user_plain');
    assert.equal(await findUserByName(db.read, 'JOSE'), undefined);
  });

  test('numbers of a counter are given once, without a gap, however many ask', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 30 }, async () => await db.write(async (tx) => await takeNumber(tx, 'change'))),
    );
    assert.deepEqual(
      numbers.sort((a, b) => a - b),
      Array.from({ length: 30 }, (_, at) => at + 1),
    );
  });

  test('a follower of revocations misses none while others write', async () => {
    const seen: string[] = [];
    let seq = 0;
    const writing = Promise.all(
      Array.from(
        { length: 40 },
        async (_, n) =>
          await db.write(async (tx) => await addRevocation(tx, { kind: 'session', id: `s${n}`, at: NOW })),
      ),
    );
    let done = false;
    void writing.finally(() => (done = true));
    for (let last = false; !last;) {
      last = done;
      const news = await readRevocations(db.read, seq);
      seen.push(...news.revoked.map((revocation) => revocation.id));
      seq = news.seq;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
    assert.equal(seen.length, 40);
    assert.equal(new Set(seen).size, 40);
    assert.equal(
      (await readRevocations(db.read, 1_000_000)).revoked.length,
      40,
      'after a restore all is told',
    );
  });

  test('the audit log shows what was changed, taken out or cut off', async () => {
    const entry = { at: NOW, actor: 'user_1', action: 'part.shut-out', subject: 'storage_1', detail: {} };
    await Promise.all(
      Array.from({ length: 10 }, async () => await db.write(async (tx) => await appendAudit(tx, entry))),
    );
    assert.equal(await verifyAudit(db.read), null);
    const change = async (statement: string): Promise<void> =>
      await db.write(async (tx) => void (await tx.run(statement)));
    await change("UPDATE audit SET subject = 'storage_2' WHERE seq = 4");
    assert.equal(await verifyAudit(db.read), 4);
    await change("UPDATE audit SET subject = 'storage_1' WHERE seq = 4");
    assert.equal(await verifyAudit(db.read), null);
    // Somebody who knows how the hashes are made writes line 4 anew: then line 5 does not follow from it.
    const [third, fourth] = await db.read.all<{ hash: string }>(
      'SELECT hash FROM audit WHERE seq IN (3, 4) ORDER BY seq',
    );
    const forged = createHash('sha256')
      .update(JSON.stringify([third?.hash, 4, NOW, 'user_2', entry.action, entry.subject, '{}']))
      .digest('base64url');
    await change(`UPDATE audit SET actor = 'user_2', hash = '${forged}' WHERE seq = 4`);
    assert.equal(await verifyAudit(db.read), 5);
    await change(`UPDATE audit SET actor = 'user_1', hash = '${fourth?.hash}' WHERE seq = 4`);
    await change('DELETE FROM audit WHERE seq = 10');
    assert.equal(await verifyAudit(db.read), 10);
    await change('DELETE FROM audit WHERE seq = 5');
    assert.equal(await verifyAudit(db.read), 5);
  });

  test('one host with many due accounts does not stand before the others', async () => {
    await addTestUser('user_fair');
    const add = async (account: string, host: string, nextAt: number | null): Promise<void> =>
      await db.write(
        async (tx) =>
          await addPoll(tx, {
            account,
            user: 'user_fair',
            home: 'storage_fair',
            maildrop: account,
            host,
            wait_seconds: 300,
            next_at: nextAt,
            last_poll: null,
            last_success: null,
            failing_since: null,
            fails: 0,
            needs_sign_in: 0,
            error: null,
          }),
      );
    for (let n = 0; n < 10; n++) await add(`big${n}`, 'big.example.org', NOW - 1000 + n);
    await add('small0', 'small.example.org', NOW - 10);
    await add('tiny0', 'tiny.example.org', NOW - 5);
    await add('later', 'later.example.org', NOW + 1000);
    await add('never', 'never.example.org', null);
    const due = await listDue(db.read, 'storage_fair', NOW, 4);
    assert.deepEqual(
      due.map((poll) => poll.account),
      ['big0', 'small0', 'tiny0', 'big1'],
    );
    assert.equal((await listDue(db.read, 'storage_fair', NOW, 100)).length, 12);
    assert.equal((await listDue(db.read, 'storage_other', NOW, 100)).length, 0);
    assert.equal(await findNextDue(db.read, 'storage_fair'), NOW - 1000);
    assert.equal(await findNextDue(db.read, 'storage_none'), null);
  });

  test('a maildrop is leased to one at a time', async () => {
    const take = async (n: number, now: number): Promise<boolean> =>
      await db.write(
        async (tx) =>
          await takeLease(
            tx,
            {
              maildrop: 'drop',
              id: `lease_${n}_${now}`,
              account: `acc_${n}`,
              user: 'user_1',
              part: 'storage_1',
              revision: 1,
              purpose: 'poll',
              due_before: now,
              expires_at: now + 90_000,
            },
            now,
          ),
      );
    const count = (answers: boolean[]): number => answers.filter(Boolean).length;
    const all = Array.from({ length: 12 }, (_, n) => n);
    assert.equal(count(await Promise.all(all.map(async (n) => await take(n, NOW)))), 1);
    assert.equal(await take(99, NOW + 89_999), false);
    assert.equal(count(await Promise.all(all.map(async (n) => await take(n, NOW + 90_000)))), 1);
  });

  test('a session rotates once for each generation', async () => {
    await addTestUser('user_session');
    const session = {
      id: 'ses_1',
      user: 'user_session',
      client: null,
      address: '127.0.0.1',
      remember: 0,
      cookie: 0,
      salt: 'salt',
      generation: 1,
      rotated_at: NOW,
      created_at: NOW,
      last_seen: NOW,
      expires_at: NOW + 1000,
    };
    await db.write(async (tx) => await addSession(tx, session));
    const next = { now: NOW, expiresAt: NOW + 2000, address: '127.0.0.2' };
    const answers = await Promise.all(
      [1, 2, 3].map(async () => await db.write(async (tx) => await rotateSession(tx, session, next))),
    );
    assert.deepEqual(answers.filter(Boolean), [true]);
    assert.equal((await findLiveSession(db.read, 'ses_1', NOW + 1999))?.user, 'user_session');
    assert.equal(await findLiveSession(db.read, 'ses_1', NOW + 2000), undefined);
  });

  test('every wrong password of many at once counts, until they are forgotten', async () => {
    const count = async (now: number) =>
      await db.write(async (tx) => await countWrong(tx, 'who', now, now - 1000));
    await Promise.all(Array.from({ length: 10 }, async () => await count(NOW)));
    assert.deepEqual(await readTries(db.read, 'who'), { wrong: 10, lastAt: NOW });
    assert.deepEqual(await count(NOW + 999), { wrong: 11, lastAt: NOW + 999 });
    assert.deepEqual(await count(NOW + 1999), { wrong: 1, lastAt: NOW + 1999 });
  });

  test('a secret opens in its own place only', async () => {
    await addTestUser('user_a');
    await addTestUser('user_b');
    const place = { user: 'user_a', account: 'acc_a', kind: 'pop3' as const };
    await db.write(async (tx) => await keepSecret(tools, tx, place, 'first'));
    await db.write(async (tx) => await keepSecret(tools, tx, place, 'pässwörd 😀'));
    const open = async (where: typeof place, with_ = tools): Promise<string | null> =>
      await db.write(async (tx) => await openSecret(with_, tx, where));
    assert.equal(await open(place), 'pässwörd 😀');
    assert.equal(await open({ ...place, account: 'acc_none' }), null);
    await db.write(async (tx) => {
      const [row] = await tx.all<{ version: number; sealed: Buffer }>(
        "SELECT version, sealed FROM credential WHERE account = 'acc_a'",
      );
      assert.equal(row?.version, 2);
      const moved = { kind: 'pop3' as const, version: 2, sealed: row.sealed };
      await saveCredential(tx, { ...moved, account: 'acc_b', user: 'user_b' });
      await saveCredential(tx, { ...moved, account: 'acc_c', user: 'user_a' });
      await saveCredential(tx, { ...moved, account: 'acc_a', user: 'user_a', version: 1 });
    });
    await assert.rejects(open({ ...place, user: 'user_b', account: 'acc_b' }));
    await assert.rejects(open({ ...place, account: 'acc_c' }));
    await assert.rejects(open(place), 'an older version put back');
    const wrongKey = { ...tools, masterKey: makeMasterKey(randomBytes(32), randomBytes) };
    await assert.rejects(open(place, wrongKey), { code: 'unavailable', reason: 'wrong-master-key' });
  });

  test('every change of the profile leaves a line: before, after, who and when', async () => {
    await addTestUser('user_history');
    for (const value of ['"dark"', '"light"', null]) {
      await db.write(async (tx) => {
        const revision = await takeRevision(tx, 'user_history');
        const item = { user: 'user_history', part: 'preferences' as const, id: 'theme', revision, value };
        await putItem(tx, { ...item, session: 'ses_1', at: NOW + revision });
      });
    }
    const lines = await db.read.all(
      `SELECT revision, value_before, value_after, session, at FROM profile_history
        WHERE user = 'user_history' ORDER BY revision`,
    );
    const who = { session: 'ses_1' };
    assert.deepEqual(
      lines.map((line) => ({ ...(line as object) })),
      [
        { revision: 1, value_before: null, value_after: '"dark"', ...who, at: NOW + 1 },
        { revision: 2, value_before: '"dark"', value_after: '"light"', ...who, at: NOW + 2 },
        { revision: 3, value_before: '"light"', value_after: null, ...who, at: NOW + 3 },
      ],
    );
  });

  test('uses of credentials are listed, summed by hour and forgotten', async () => {
    const use = { user: 'user_1', account: 'acc_1', part: 'storage_1', purpose: 'retrieve' as const };
    for (const [n, at] of [NOW - 1000, NOW, NOW + 1].entries()) {
      await db.write(async (tx) => await recordUse(tx, { ...use, id: `use_${n}`, at, reference: 'lease_1' }));
    }
    assert.deepEqual(
      (await listUses(db.read, 'acc_1')).map((line) => line.id),
      ['use_2', 'use_1', 'use_0'],
    );
    await db.write(async (tx) => await removeOldUses(tx, { uses: NOW, sums: 0 }));
    assert.equal((await listUses(db.read, 'acc_1')).length, 2);
    const [sum] = await db.read.all<{ uses: number }>('SELECT SUM(uses) AS uses FROM credential_use_hour');
    assert.equal(Number(sum?.uses), 3);
  });
});
