import assert from 'node:assert/strict';
import { createPublicKey, randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import type { ProfileContext } from '../../profile-server/context.ts';
import { verifyAudit } from '../../profile-server/audit/audit-store.ts';
import { chooseSelector } from '../../profile-server/dkim/choose-selector.ts';
import {
  listDkimKeys,
  makeDkimKeys,
  openDkimKeys,
  removeDkimKey,
} from '../../profile-server/dkim/dkim-keys.ts';
import { makeMasterKey } from '../../profile-server/vault/master-key.ts';
import type { Database } from '../../server-kit/database/database.ts';
import { onBothEngines } from './engines.ts';

const NOW = Date.UTC(2026, 10, 21);

test('selectors say the day and the kind, and none is used twice', () => {
  assert.equal(chooseSelector('rsa', NOW, new Set()), 'v20261121-rsa');
  assert.equal(chooseSelector('rsa', NOW, new Set(['v20261121-rsa', 'v20261121-2-rsa'])), 'v20261121-3-rsa');
});

onBothEngines('DKIM keys', (engine) => {
  let db: Database;
  let server: ProfileContext;
  before(async () => {
    db = await engine.open();
    const masterKey = makeMasterKey(randomBytes(32), randomBytes);
    server = { db, masterKey, clock: { now: () => NOW }, random: randomBytes } as unknown as ProfileContext;
  });

  test('are made, shown with their records, opened for relays, and sealed where they lie', async () => {
    const keys = await makeDkimKeys(server, 'admin', {
      domain: ' Bücher.test',
      algorithms: ['rsa', 'ed25519', 'rsa'],
    });
    assert.deepEqual(
      keys.map(({ domain, selector }) => [domain, selector]),
      [
        ['xn--bcher-kva.test', 'v20261121-ed25519'],
        ['xn--bcher-kva.test', 'v20261121-rsa'],
      ],
    );
    const opened = await openDkimKeys(server);
    for (const [index, { privateKey, selector }] of opened.entries()) {
      const facts = keys[index];
      assert.equal(selector, facts?.selector);
      const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
      const bytes = facts?.algorithm === 'rsa' ? spki : spki.subarray(-32);
      assert.deepEqual(facts?.record, {
        name: `${selector}._domainkey.xn--bcher-kva.test`,
        value: `v=DKIM1; k=${facts?.algorithm}; p=${bytes.toString('base64')}`,
      });
    }
    const rows = await db.read.all<{ private_key: Uint8Array }>('SELECT private_key FROM dkim_key');
    assert.ok(rows.every(({ private_key: sealed }) => !Buffer.from(sealed).includes('PRIVATE KEY')));
    // Sealed for its name: under another one it does not open.
    await db.write(
      async (tx) => void (await tx.run("UPDATE dkim_key SET selector = 'moved' WHERE algorithm = 'rsa'")),
    );
    await assert.rejects(openDkimKeys(server), { code: 'unavailable' });
    await db.write(
      async (tx) =>
        void (await tx.run("UPDATE dkim_key SET selector = 'v20261121-rsa' WHERE algorithm = 'rsa'")),
    );
  });

  test('another one has a name of its own, one is taken away by its name, and all is in the audit log', async () => {
    const domain = 'own.test';
    await makeDkimKeys(server, 'admin', { domain, algorithms: ['ed25519'] });
    const two = await makeDkimKeys(server, 'admin', { domain, algorithms: ['ed25519'] });
    assert.deepEqual(
      two.map(({ selector }) => selector),
      ['v20261121-2-ed25519', 'v20261121-ed25519'],
    );
    const which = { domain, selector: 'v20261121-2-ed25519' };
    assert.equal(await removeDkimKey(server, 'admin', which), which.selector);
    await assert.rejects(removeDkimKey(server, 'admin', which), { code: 'not-found', reason: 'dkim-key' });
    assert.equal((await listDkimKeys(server, domain)).length, 1);
    assert.equal((await listDkimKeys(server, null)).length, 3);
    const actions = await db.read.all<{ action: string }>(
      "SELECT action FROM audit WHERE subject = 'dkim' ORDER BY seq",
    );
    assert.deepEqual(
      actions.map(({ action }) => action),
      ['dkim.make', 'dkim.make', 'dkim.make', 'dkim.make', 'dkim.remove'],
    );
    assert.equal(await verifyAudit(db.read), null);
  });

  test('are for own domains only, and not without end', async () => {
    for (const domain of ['gmail.com', 'nonsense', '[127.0.0.1]']) {
      await assert.rejects(makeDkimKeys(server, 'admin', { domain, algorithms: ['rsa'] }), {
        code: 'invalid',
      });
    }
    const domain = 'many.test';
    for (let count = 0; count < 20; count++) {
      await makeDkimKeys(server, 'admin', { domain, algorithms: ['ed25519'] });
    }
    await assert.rejects(makeDkimKeys(server, 'admin', { domain, algorithms: ['ed25519'] }), {
      code: 'conflict',
      reason: 'dkim-keys',
    });
  });
});
