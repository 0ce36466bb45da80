import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MINUTE } from '../../common/time.ts';
import { deletesMore } from '../../profile-server/account/rule/retention-rule.ts';
import { identifyMaildrop } from '../../common/maildrop.ts';
import type { RetentionClaims } from '../../server-kit/auth/retention-confirmation.ts';
import { registerUser, sampleSettings, type TestUser } from './sample.ts';
import { type EnrolledPart, refusal, type RunningServer, startServer } from './start-server.ts';

describe('which change of a retention contract deletes more than before', () => {
  const CONTRACTS = ['always', 'mirror', 'days:30', 'days:7', 'delete'];
  /** By row: the contract before; by column: the one after. */
  const TABLE: Record<string, string> = {
    always: '-++++',
    mirror: '--+++',
    'days:30': '-+-++',
    'days:7': '-+--+',
    delete: '-----',
  };
  for (const before of CONTRACTS) {
    for (const [index, after] of CONTRACTS.entries()) {
      const more = TABLE[before]?.[index] === '+';
      test(`${before} → ${after}: ${more ? 'must be confirmed' : 'no'}`, () => {
        assert.equal(deletesMore(before, after), more);
      });
    }
  }
});

describe('a contract that deletes more', () => {
  let running: RunningServer;
  let home: EnrolledPart;
  let ana: TestUser;
  let account: string;
  before(async () => {
    running = await startServer();
    home = await running.enrolHome();
    ana = await registerUser(running, 'ana');
    account = (await ana.client.account.add.mutate({ settings: sampleSettings(), secrets: SECRETS })).id;
  });
  after(async () => await running.stop());
  const SECRETS = { pop3Password: 'secret' };

  const edit = async (keep: string, confirmation?: string | null) =>
    await ana.client.account.edit.mutate({
      id: account,
      base: null,
      settings: sampleSettings({ keep }),
      confirmation,
    });
  const sign = async (change: Partial<RetentionClaims> = {}, part = home): Promise<string> =>
    await part.key.signRetentionConfirmation({
      user: ana.id,
      account,
      keep: 'delete',
      maildrop: identifyMaildrop(sampleSettings().pop3),
      count: 12,
      ...change,
    });
  const assertRefused = async (confirmation: string | null | undefined, reason = 'retention-unconfirmed') => {
    const error = await refusal(edit('delete', confirmation));
    assert.deepEqual([error.code, error.reason, error.field], ['invalid', reason, 'settings.keep']);
    assert.equal((await ana.client.account.get.query({ id: account })).keep, 'always');
    return error;
  };

  test('is refused without a confirmation, and nothing is changed', async () => {
    await assertRefused(undefined);
    await assertRefused(null);
    await assertRefused('');
    await assertRefused('x.y.z');
  });

  test('is refused with one for another user, account or contract', async () => {
    await assertRefused(await sign({ user: 'user_other' }));
    await assertRefused(await sign({ account: 'acc_other' }));
    await assertRefused(await sign({ keep: 'days:7' }));
  });

  test('is refused with one that was shown for another maildrop, also where the account moves in the same change', async () => {
    const { pop3 } = sampleSettings();
    const elsewhere = { ...pop3, user: 'other' };
    await assertRefused(await sign({ maildrop: identifyMaildrop(elsewhere) }), 'retention-maildrop');
    const moving = ana.client.account.edit.mutate({
      id: account,
      base: null,
      settings: sampleSettings({ keep: 'delete', pop3: elsewhere }),
      secrets: SECRETS,
      confirmation: await sign(),
    });
    assert.equal((await refusal(moving)).reason, 'retention-maildrop');
    assert.deepEqual((await ana.client.account.get.query({ id: account })).pop3, pop3);
  });

  test('is refused with one that another part has signed, or with another kind of token of the home', async () => {
    const foreign = await running.enrol('storage-server');
    await assertRefused(await sign({}, foreign));
    await assertRefused(await home.key.signServiceToken('profile'));
    await assertRefused(ana.signedIn.tokens.profile);
  });

  test('is refused with one that was tampered with', async () => {
    const [head = '', payload = '', signature = ''] = (await sign({ count: 1 })).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, count: 0 })).toString('base64url');
    await assertRefused(`${head}.${forged}.${signature}`);
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'valija-retention+jwt' })).toString(
      'base64url',
    );
    await assertRefused(`${none}.${payload}.`);
  });

  test('is refused after ten minutes, and the error names the count', async () => {
    const confirmation = await sign();
    running.clock.advance(11 * MINUTE);
    const error = await assertRefused(confirmation, 'retention-expired');
    assert.deepEqual(error.params, { count: 12 });
  });

  test('is kept with the right one; less needs none', async () => {
    assert.equal((await edit('delete', await sign())).keep, 'delete');
    assert.equal((await edit('days:30')).keep, 'days:30');
    assert.equal((await refusal(edit('days:7'))).reason, 'retention-unconfirmed');
    assert.equal((await edit('days:7', await sign({ keep: 'days:7' }))).keep, 'days:7');
    assert.equal((await edit('always')).keep, 'always');
  });

  test('other settings need no confirmation', async () => {
    const settings = sampleSettings({ interval: 600 });
    assert.equal((await ana.client.account.edit.mutate({ id: account, base: null, settings })).interval, 600);
  });

  test('a home that was shut out confirms nothing', async () => {
    const confirmation = await sign();
    const setupCode = running.server.setupCode() ?? '';
    const admin = await registerUser(running, 'root', { setupCode });
    await admin.client.part.shutOut.mutate({ id: home.id });
    await assertRefused(confirmation);
  });
});
