import assert from 'node:assert/strict';
import test from 'node:test';
import { readAccountSettings } from '../../command/account/account-options.ts';
import { readArguments } from '../../command/arguments.ts';
import { COMMANDS } from '../../command/table.ts';
import { MailError } from '../../common/errors.ts';
import { accountSettings } from '../../common/shapes/account.ts';

const LEAST = ['--email', 'ana@example.org', '--pop3-host', 'pop.example.org'];

function read(...more: string[]) {
  return readAccountSettings(readArguments(COMMANDS['account add'], [...LEAST, ...more]), null);
}

test('the least that can be said becomes a whole account, valid for the servers', () => {
  const settings = read();
  assert.deepEqual(settings, {
    email: 'ana@example.org',
    name: null,
    pop3: { host: 'pop.example.org', port: 995, tls: 'implicit', user: 'ana@example.org', auth: 'auto' },
    send: { way: 'relay', smtp: null },
    keep: 'always',
    interval: 300,
    adaptive: false,
    paused: false,
    signedInOnly: false,
  });
  assert.deepEqual(accountSettings.parse(settings), settings);
});

test('every option is heard, and what comes out is valid for the servers', () => {
  const typed =
    '--name Ana --pop3-port 1110 --pop3-tls starttls --pop3-user ana --pop3-auth scram-sha-256 --keep days:14 ' +
    '--interval 60 --send smarthost --smtp-host smtp.example.org --smtp-tls starttls --smtp-user a --smtp-auth plain';
  const settings = read(...typed.split(' '));
  assert.deepEqual(settings.send, {
    way: 'smarthost',
    smtp: { host: 'smtp.example.org', port: 587, tls: 'starttls', user: 'a', auth: 'plain' },
  });
  assert.deepEqual(settings.pop3, {
    host: 'pop.example.org',
    port: 1110,
    tls: 'starttls',
    user: 'ana',
    auth: 'scram-sha-256',
  });
  assert.equal(settings.keep, 'days:14');
  assert.deepEqual(accountSettings.parse(settings), settings);
});

test('naming an SMTP server means to send through it; none needs no user', () => {
  assert.equal(read('--smtp-host', 'smtp.example.org').send.smtp?.port, 465);
  assert.equal(read('--smtp-host', 'h', '--smtp-auth', 'none').send.smtp?.user, null);
});

test('edit keeps what is not named', () => {
  const before = read('--name', 'Ana', '--smtp-host', 'smtp.example.org');
  const typed = readArguments(COMMANDS['account edit'], ['acc_1', '--interval', '900']);
  assert.deepEqual(readAccountSettings(typed, before), { ...before, interval: 900 });
  const back = readArguments(COMMANDS['account edit'], ['acc_1', '--send', 'relay']);
  assert.deepEqual(readAccountSettings(back, before).send, { way: 'relay', smtp: null });
});

for (const more of [
  ['--pop3-port', '0'],
  ['--pop3-port', '65536'],
  ['--pop3-port', '1e3'],
  ['--pop3-tls', 'ssl'],
  ['--pop3-auth', 'ntlm'],
  ['--keep', 'days:0'],
  ['--keep', 'never'],
  ['--interval', '59'],
  ['--send', 'pigeon'],
  ['--send', 'smarthost'],
  ['--send', 'relay', '--smtp-host', 'h'],
]) {
  test(`refuses ${more.join(' ')}`, () => {
    assert.throws(
      () => read(...more),
      (error) => error instanceof MailError && error.code === 'usage',
    );
  });
}
