import assert from 'node:assert/strict';
import test from 'node:test';
import { FULL_CAPABILITIES, startPop3Server } from '../fakes/pop3-server.ts';
import { requireComponent } from '../harness/component.ts';
import { hasTerminal } from '../harness/terminal.ts';
import { addByAddress, discover, EMAIL, refuseToAdd } from './accounts-adding.ts';
import { makeAccountsPlace, type AccountsPlace } from './accounts-place.ts';
import * as gained from './contract-accounts.ts';
import * as contract from './contract.ts';
import * as users from './contract-users.ts';

// Accounts by the command line, from nothing but an address, on real parts, a real Dovecot and a real DNS.
const STEPS: [name: string, step: (place: AccountsPlace) => Promise<void>][] = [
  ['discover says what it finds and saves nothing', discover],
  ['add needs no more than address and password, and says what it found', addByAddress],
  ['add refuses with the reason where discovery cannot go on', refuseToAdd],
  ['interval: a number, or following the mail', setInterval],
  ['check says when the next is allowed; the timeline shows how it went', followTimeline],
  ['pause and resume', pauseAndResume],
  ['a contract that deletes needs the count', confirmDeletion],
  ['at a terminal both are asked for, and only the right answer goes on', askAtTerminal],
  ['a provider that limits sign-ins: check says from when on it is allowed', sayNextAllowed],
  ['administrators set with which client people sign in', setClients],
];

test('accounts by the command line', async (t) => {
  if (requireComponent(t, 'dovecot', 'unbound', 'openssl')) return;
  const place = await makeAccountsPlace(t);
  for (const [name, step] of STEPS) await t.test(name, async () => await step(place));
});

async function setInterval({ ana, run }: AccountsPlace): Promise<void> {
  const edit = async (interval: string) => {
    const { interval: seconds, adaptive } = await ana(contract.account, [
      'account',
      'edit',
      EMAIL,
      '--interval',
      interval,
    ]);
    return [seconds, adaptive];
  };
  assert.deepEqual(await edit('600'), [600, false]);
  assert.deepEqual(await edit('auto'), [600, true]);
  assert.deepEqual(await edit('auto:120'), [120, true]);
  const shown = await run(['account', 'show', EMAIL], { text: true });
  assert.match(shown.stdout, /follows the mail, at least 120 s/);
  assert.deepEqual(await edit('300'), [300, false]);
}

function makeMails(count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) =>
    Buffer.from(`From: eva@example.test\r\nSubject: Mail ${index}\r\n\r\nbody ${index}\r\n`),
  );
}

async function followTimeline({ ana, run, dovecot, system }: AccountsPlace): Promise<void> {
  dovecot.deliver(EMAIL, makeMails(3));
  const { accounts } = await ana(contract.check, ['check', '--account', EMAIL]);
  assert.deepEqual([accounts[0]?.error, accounts[0]?.nextAllowed], [null, null]);
  assert.equal((await ana(contract.mailList, ['list'])).total, 3);
  const timeline = await ana(gained.timeline, ['account', 'timeline', EMAIL]);
  const came = timeline.entries.reduce((sum, entry) => sum + entry.new, 0);
  assert.equal(came, 3, JSON.stringify(timeline));
  assert.equal(
    timeline.days.reduce((sum, day) => sum + day.mails, 0),
    3,
  );
  const shown = await run(['account', 'timeline', EMAIL], { text: true, env: { VALIJA_LANGUAGE: 'es' } });
  assert.match(shown.stdout, /3 nuevos/);
  // Administrators see it too; other users do not.
  const user = (await ana(users.whoami, ['whoami'])).user.id;
  const other = ['account', 'timeline', timeline.account, '--user', user];
  const admin = await run(other, await system.makeAdmin());
  assert.equal(gained.timeline.parse(admin.json).account, timeline.account);
  const eva = { user: 'eva', password: 'Evas langes Passwort' };
  assert.equal((await run(['register'], eva)).code, 0);
  assert.equal((await run(other, eva)).error?.code, 'forbidden');
}

async function pauseAndResume({ ana }: AccountsPlace): Promise<void> {
  const paused = await ana(contract.account, ['account', 'pause', EMAIL]);
  assert.deepEqual([paused.state, paused.paused, paused.nextTry], ['paused', true, null]);
  const resumed = await ana(contract.account, ['account', 'resume', EMAIL]);
  assert.equal(resumed.paused, false);
  assert.notEqual(resumed.state, 'paused');
}

async function confirmDeletion({ ana, run, dovecot }: AccountsPlace): Promise<void> {
  await ana(contract.check, ['check', '--account', EMAIL]);
  const preview = await ana(gained.retention, ['account', 'retention', EMAIL, '--keep', 'delete']);
  assert.deepEqual([preview.count, preview.examples.length], [3, 3]);
  const edit = ['account', 'edit', EMAIL, '--keep', 'delete'];
  const asked = await run(edit);
  assert.deepEqual([asked.code, asked.error?.code], [2, 'usage']);
  assert.match(asked.error?.message ?? '', /3 messages/);
  assert.match(asked.error?.action ?? '', /--confirm-delete 3/);
  const wrong = await run([...edit, '--confirm-delete', '2']);
  assert.deepEqual([wrong.code, wrong.error?.code], [1, 'conflict']);
  assert.equal(dovecot.listMaildrop(EMAIL).length, 3);
  const saved = await ana(contract.account, [...edit, '--confirm-delete', '3']);
  assert.equal(saved.keep, 'delete');
  await ana(contract.check, ['check', '--account', EMAIL]);
  assert.equal(dovecot.listMaildrop(EMAIL).length, 0);
  assert.equal((await ana(contract.mailList, ['list'])).total, 3);
  const back = await ana(contract.account, ['account', 'edit', EMAIL, '--keep', 'always']);
  assert.equal(back.keep, 'always', 'keeping more needs no confirmation');
}

async function askAtTerminal({ ana, type, dovecot, passwordFile }: AccountsPlace): Promise<void> {
  if (!hasTerminal) return;
  const hosted = ['account', 'add', '--email', 'ana@hosted.test', '--pop3-password-file', passwordFile];
  const no = await type(hosted, [[/mail\.hoster\.test .* \[y\/N\]/, 'n']]);
  assert.equal(no.code, 2, no.shown);
  const yes = await type(hosted, [[/mail\.hoster\.test .* \[y\/N\]/, 'y']]);
  assert.equal(yes.code, 0, yes.shown);
  dovecot.deliver('ana@hosted.test', makeMails(2));
  await ana(contract.check, ['check', '--account', 'ana@hosted.test']);
  const edit = ['account', 'edit', 'ana@hosted.test', '--keep', 'delete'];
  const wrong = await type(edit, [[/Type the number 2 /, '3']]);
  assert.equal(wrong.code, 1, wrong.shown);
  assert.match(wrong.shown, /deleted on the server now: 2[\s\S]+Mail [01]/);
  const right = await type(edit, [[/Type the number 2 /, '2']]);
  assert.equal(right.code, 0, right.shown);
}

async function sayNextAllowed({ ana, run, passwordFile }: AccountsPlace): Promise<void> {
  const fake = await startPop3Server({
    user: 'eva',
    password: 'secret-a',
    capabilities: [...FULL_CAPABILITIES, 'LOGIN-DELAY 900'],
  });
  try {
    const server = ['--pop3-host', '127.0.0.1', '--pop3-port', String(fake.port), '--pop3-tls', 'none'];
    const login = ['--pop3-user', 'eva', '--pop3-password-file', passwordFile];
    await ana(contract.account, [
      'account',
      'add',
      '--email',
      'eva@slow.test',
      ...server,
      ...login,
      '--no-test',
    ]);
    const check = ['check', '--account', 'eva@slow.test'];
    const { accounts } = contract.check.parse((await run(check)).json);
    assert.ok(Date.parse(accounts[0]?.nextAllowed ?? '') > Date.now() + 600_000, JSON.stringify(accounts));
    const again = await run(check, { text: true });
    assert.match(again.stdout, /in \d{3} s\. \(too-soon\), next check from /);
    const refused = await run(check);
    assert.equal(refused.error?.code, 'too-soon');
    assert.ok((contract.errorLine.parse({ error: refused.error }).error.retryAfter ?? 0) > 600);
  } finally {
    await fake.close();
  }
}

async function setClients({ run, system, passwordFile }: AccountsPlace): Promise<void> {
  const admin = await system.makeAdmin();
  const set = ['oauth', 'set', 'google', '--client-id', 'abc', '--client-secret-file', passwordFile];
  assert.equal((await run(set)).error?.code, 'forbidden');
  const client = gained.oauthClient.parse((await run(set, admin)).json);
  assert.deepEqual([client.clientId, client.hasSecret, client.builtIn], ['abc', true, true]);
  const listed = await run(['oauth', 'list'], admin);
  const { providers } = gained.oauthList.parse(listed.json);
  assert.ok(!listed.stdout.includes('secret-a'));
  assert.equal(providers.find(({ provider }) => provider === 'google')?.clientId, 'abc');
  const found = await run(['account', 'discover', '--email', 'ana@gmail.com']);
  assert.equal(gained.discovery.parse(found.json).provider?.oauth, 'google');
  const removed = await run(['oauth', 'remove', 'google'], admin);
  assert.deepEqual(gained.oauthRemove.parse(removed.json), { removed: 'google' });
}
