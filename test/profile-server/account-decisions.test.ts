import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSettings, nameMaildrop } from '../../profile-server/account/rule/account-rule.ts';
import { checkSecrets } from '../../profile-server/account/rule/sign-in-rule.ts';
import { parseNetworks } from '../../server-kit/egress/networks.ts';
import { codeOf, sampleSettings } from './sample.ts';

test('accounts may not name hosts that are not allowed, where that can be seen from the name', () => {
  const none = parseNetworks([]);
  const pop3 = sampleSettings().pop3;
  const check = (host: string, port: number, allowed = none): string =>
    codeOf(() => checkSettings(sampleSettings({ pop3: { ...pop3, host, port } }), allowed));
  const table: [string, number, string][] = [
    ['pop.example.org', 995, 'none'],
    ['127.0.0.1', 995, 'host-not-allowed/network'],
    ['localhost', 995, 'host-not-allowed/network'],
    ['LOCALHOST.', 995, 'host-not-allowed/network'],
    ['10.1.2.3', 110, 'host-not-allowed/network'],
    ['169.254.169.254', 110, 'host-not-allowed/network'],
    ['[::1]', 110, 'host-not-allowed/network'],
    ['::ffff:127.0.0.1', 110, 'host-not-allowed/network'],
    ['8.8.8.8', 995, 'none'],
    ['8.8.8.8', 22, 'host-not-allowed/port'],
  ];
  for (const [host, port, expected] of table) assert.equal(check(host, port), expected, `${host}:${port}`);
  assert.equal(check('127.0.0.1', 11_110, parseNetworks(['127.0.0.0/8'])), 'none');
  const smtp = { host: '127.0.0.1', port: 25, tls: 'none' as const, user: null, auth: 'none' as const };
  const send = sampleSettings({ send: { way: 'smarthost', smtp } });
  assert.equal(
    codeOf(() => checkSettings(send, none)),
    'host-not-allowed/network',
  );
  assert.deepEqual(checkSettings({ ...send, send: { way: 'relay', smtp } }, none).send, {
    way: 'relay',
    smtp: null,
  });
});

test('a kept password goes only where it was given for', () => {
  const before = sampleSettings();
  const change = (pop3: Partial<typeof before.pop3>) => sampleSettings({ pop3: { ...before.pop3, ...pop3 } });
  const table: [Partial<typeof before.pop3>, string][] = [
    [{}, 'none'],
    [{ port: 110, tls: 'starttls' }, 'none'],
    [{ host: 'POP.Example.org' }, 'none'],
    [{ host: 'pop.example.net' }, 'invalid/password-needed-again'],
    [{ user: 'bea' }, 'invalid/password-needed-again'],
    [{ tls: 'none' }, 'invalid/password-needed-again'],
  ];
  for (const [pop3, expected] of table) {
    assert.equal(
      codeOf(() => checkSecrets(change(pop3), {}, before)),
      expected,
      JSON.stringify(pop3),
    );
    assert.equal(
      codeOf(() => checkSecrets(change(pop3), { pop3Password: 'x' }, before)),
      'none',
    );
  }
  assert.equal(
    codeOf(() => checkSecrets(before, {}, null)),
    'invalid/password-needed',
  );
});

test('a maildrop is host, port and user, in whatever case the host is written', () => {
  const { pop3 } = sampleSettings();
  const same = { ...pop3, host: 'POP.example.ORG.', tls: 'starttls' as const };
  assert.equal(nameMaildrop(same), nameMaildrop(pop3));
  assert.notEqual(nameMaildrop({ ...pop3, user: 'Ana' }), nameMaildrop(pop3));
  assert.notEqual(nameMaildrop({ ...pop3, port: 110 }), nameMaildrop(pop3));
});
