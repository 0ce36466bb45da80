// Steps of the journey: users, accounts, the first mail.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runValija, type CommandResult } from '../harness/system.ts';
import * as contract from './contract.ts';
import * as users from './contract-users.ts';
import { ANA, EVA, describePop3, type Place } from './journey-place.ts';
import { watchCheck } from './journey-progress.ts';
import { SAMPLE_MAILS } from './sample-mails.ts';

export async function startAndRegister(place: Place): Promise<void> {
  const { system, ana } = place;
  const ready = contract.readyLine.parse(system.ready);
  for (const [name, value] of Object.entries(ready)) {
    if (name !== 'setupCode') assert.ok(value !== null, name);
  }
  const admin = await system.makeAdmin();
  const who = await runValija(system, ['whoami'], admin);
  assert.equal(users.whoami.parse(who.json).user.admin, true);
  const spanish = { VALIJA_LANGUAGE: 'es' };
  assert.equal((await runValija(system, ['register'], { ...ANA, env: spanish })).code, 0);
  assert.equal((await runValija(system, ['register'], EVA)).code, 0);
  const said = await runValija(system, ['whoami'], { ...ANA, text: true });
  assert.match(said.stdout, /Idioma +español/);
  const parts = await runValija(system, ['part', 'list'], { ...admin, text: true, env: spanish });
  assert.match(parts.stdout, /storage-server +activa/);
  assert.equal((await ana(users.whoami, ['whoami'])).home, ready.storage);
}

export async function addAccounts(place: Place): Promise<void> {
  const { ana, refused } = place;
  const email = ['account', 'add', '--email', 'ana@example.test'];
  assert.equal(await refused([...email, ...describePop3(place, 'ana', 'wrong')]), 'auth-failed');
  assert.equal(
    await refused([...email, ...describePop3(place, 'ana', 'a'), '--pop3-host', '10.0.0.1']),
    'host-not-allowed',
  );
  assert.deepEqual((await ana(contract.accountList, ['account', 'list'])).accounts, []);
  const added = await ana(contract.account, [...email, '--name', 'Ana', ...describePop3(place, 'ana', 'a')]);
  assert.equal(added.state, 'new');
  place.account = added.id;
  assert.deepEqual(
    await ana(contract.account, ['account', 'show', 'ana@example.test']),
    await ana(contract.account, ['account', 'show', place.account]),
  );
  const work = [
    'account',
    'add',
    '--email',
    'work@example.test',
    ...describePop3(place, 'work', 'wrong'),
    '--no-test',
  ];
  await ana(contract.account, work);
  assert.equal(
    JSON.stringify(await ana(contract.accountList, ['account', 'list'])).includes('secret-'),
    false,
  );
}

/** An account is polled as soon as it is added: what comes after that is the check's. */
async function waitForFirstPoll({ ana, account, system }: Place): Promise<void> {
  const until = Date.now() + 20_000;
  while ((await ana(contract.account, ['account', 'show', account])).lastSuccess === null)
    assert.ok(Date.now() < until, system.log());
}

export async function checkMail(place: Place): Promise<void> {
  const { system, dovecot, ana } = place;
  await waitForFirstPoll(place);
  dovecot.deliver(
    'ana',
    SAMPLE_MAILS.map(({ bytes }) => bytes),
  );
  dovecot.deliver('work', [Buffer.from('From: w@example.test\r\nSubject: Work\r\n\r\nwork\r\n')]);
  const results: CommandResult[] = [];
  const events = await watchCheck(place, place.account, async () => {
    results.push(await runValija(system, ['check'], ANA));
  });
  const [first] = results;
  assert.ok(first !== undefined);
  assert.equal(first.code, 1, 'the work account has a wrong password');
  assert.equal(first.stderr.trimEnd().split('\n').length, 1, 'no progress where there is no terminal');
  assert.deepEqual(
    [...new Set(events.map(({ phase }) => phase))],
    ['connecting', 'listing', 'retrieving', 'done'],
  );
  assert.deepEqual([events.at(-1)?.done, events.at(-1)?.total], [SAMPLE_MAILS.length, SAMPLE_MAILS.length]);
  const { accounts } = contract.check.parse(first.json);
  const byEmail = Object.fromEntries(accounts.map((checked) => [checked.email, checked]));
  assert.equal(byEmail['ana@example.test']?.error, null, system.log());
  assert.equal(byEmail['ana@example.test']?.new, SAMPLE_MAILS.length);
  assert.equal(
    byEmail['ana@example.test']?.bytes,
    SAMPLE_MAILS.reduce((sum, { bytes }) => sum + bytes.length, 0),
  );
  assert.equal(byEmail['work@example.test']?.error?.code, 'auth-failed');
  assert.equal(first.error?.code, 'auth-failed');
  const { mails, total, unread } = await ana(contract.mailList, ['list']);
  assert.deepEqual(
    [mails.length, total, unread],
    [SAMPLE_MAILS.length, SAMPLE_MAILS.length, SAMPLE_MAILS.length],
  );
}

/** A new password is tried by a poll at once, and nobody opens a second session on a maildrop. */
async function testWhenFree({ system }: Place, id: string) {
  for (;;) {
    const { json } = await runValija(system, ['account', 'test', id], ANA);
    const tested = contract.accountTest.parse(json);
    if (tested.pop3.error?.code !== 'in-use') return tested;
  }
}

export async function repairAccount(place: Place): Promise<void> {
  const { system, ana } = place;
  const id =
    (await ana(contract.accountList, ['account', 'list'])).accounts.find(({ email }) =>
      email.startsWith('work'),
    )?.id ?? '';
  const broken = await runValija(system, ['account', 'test', id], ANA);
  assert.equal(broken.code, 1);
  assert.equal(contract.accountTest.parse(broken.json).pop3.error?.code, 'auth-failed');
  const file = join(place.dir, 'w');
  await ana(contract.account, ['account', 'edit', id, '--pop3-password-file', file, '--interval', '600']);
  const tested = await testWhenFree(place, id);
  assert.deepEqual([tested.pop3.ok, tested.pop3.messages, tested.smtp], [true, 1, null]);
  const { accounts } = await ana(contract.check, ['check', '--account', 'work@example.test']);
  assert.deepEqual(
    accounts.map((checked) => checked.error),
    [null],
  );
  assert.equal((await ana(contract.mailList, ['list'])).total, SAMPLE_MAILS.length + 1);
  assert.equal((await ana(contract.account, ['account', 'show', id])).state, 'ok');
  const spanish = { ...ANA, text: true, env: { VALIJA_LANGUAGE: 'es' } };
  const shown = await runValija(system, ['account', 'show', id], spanish);
  assert.match(shown.stdout, /\(sin cifrar, inicio de sesión automático\)/);
  assert.match((await runValija(system, ['check'], spanish)).stdout, / \d+,\d s/);
}
