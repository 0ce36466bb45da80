import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import { appendAudit, verifyAudit } from '../../profile-server/audit/audit-store.ts';
import { addUser } from '../../profile-server/user/user-store.ts';
import { addUse, listUses, removeOldUses } from '../../profile-server/vault/credential-log-store.ts';
import { saveCredential } from '../../profile-server/vault/credential-store.ts';
import { keepSecret, makeDataKey, openSecret } from '../../profile-server/vault/keep-secret.ts';
import { makeMasterKey } from '../../profile-server/vault/master-key.ts';
import type { Vault } from '../../profile-server/vault/vault.ts';
import type { Database, Reader } from '../../server-kit/database/database.ts';
import { onBothEngines } from './engines.ts';

const NOW = 1_800_000_000_000;

onBothEngines('the vault and the audit log', (engine) => {
  let db: Database;
  before(async () => {
    db = await engine.open();
  });
  const tools = {
    masterKey: makeMasterKey(randomBytes(32), randomBytes),
    random: randomBytes,
    clock: { now: () => NOW },
    // No account here is one that only its user opens.
    vault: {} as Vault,
  };
  const why = { part: 'storage_1', purpose: 'retrieve', reference: 'lease_1' } as const;

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

  test('a secret opens in its own place only', async () => {
    await addTestUser('user_a');
    await addTestUser('user_b');
    const place = { user: 'user_a', account: 'acc_a', kind: 'pop3' as const };
    await db.write(async (tx) => await keepSecret(tools, tx, place, 'first'));
    await db.write(async (tx) => await keepSecret(tools, tx, place, 'pässwörd 😀'));
    const open = async (where: typeof place, with_ = tools): Promise<string | null> =>
      await db.write(async (tx) => await openSecret(with_, tx, where, why));
    assert.equal(await open(place), 'pässwörd 😀');
    assert.equal(await open({ ...place, account: 'acc_none' }), null);
    await db.write(async (tx) => {
      const [row] = await tx.all<{ version: number; sealed: Buffer }>(
        "SELECT version, sealed FROM credential WHERE account = 'acc_a'",
      );
      assert.equal(row?.version, 2);
      const moved = { kind: 'pop3' as const, version: 2, sealed: row.sealed, personal: null };
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

  test('what comes while the audit log is looked through is no break in it, and a long log holds up nobody', async () => {
    const log = await engine.open();
    const entry = { at: 1, actor: 'user_1', action: 'user.disable', subject: 'user_2', detail: {} };
    const append = async (count: number): Promise<void> =>
      await log.write(async (tx) => {
        for (let n = 0; n < count; n++) await appendAudit(tx, entry);
      });
    await append(2500);
    const busy: Reader = {
      ...log.read,
      get: async (query, params) => {
        const found = await log.read.get<never>(query, params);
        await append(1);
        return found;
      },
      all: async (query, params) => {
        const found = await log.read.all<never>(query, params);
        await append(1);
        return found;
      },
    };
    assert.equal(await verifyAudit(busy), null);
    let served = false;
    setImmediate(() => (served = true));
    assert.equal(await verifyAudit(log.read), null);
    assert.ok(served);
  });

  test('uses of credentials are listed, summed by hour and forgotten', async () => {
    const use = { user: 'user_1', account: 'acc_1', part: 'storage_1', purpose: 'retrieve' as const };
    for (const [n, at] of [NOW - 1000, NOW, NOW + 1].entries()) {
      await db.write(async (tx) => await addUse(tx, { ...use, id: `use_${n}`, at, reference: 'lease_1' }));
    }
    assert.deepEqual(
      (await listUses(db.read, 'acc_1')).map((line) => line.id),
      ['use_2', 'use_1', 'use_0'],
    );
    await db.write(async (tx) => await removeOldUses(tx, { uses: NOW, sums: 0 }));
    assert.equal((await listUses(db.read, 'acc_1')).length, 2);
    const [sum] = await db.read.all<{ uses: number }>(
      "SELECT SUM(uses) AS uses FROM credential_use_hour WHERE account = 'acc_1'",
    );
    assert.equal(Number(sum?.uses), 3);
  });
});
