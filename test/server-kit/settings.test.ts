import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeError } from '../../common/error-texts/describe.ts';
import { MailError } from '../../common/errors.ts';
import { portsFrom, readSettings } from '../../server-kit/settings.ts';

const read = (values: Record<string, string>) => readSettings((name) => values[name], portsFrom(7300));

test('defaults are those of the contract', () => {
  const settings = read({});
  assert.equal(settings.dataDir, './data');
  assert.equal(settings.host, '127.0.0.1');
  assert.deepEqual(settings.ports, { profile: 7310, storage: 7320, submission: 7325, relay: 7330 });
  assert.deepEqual(settings.database, { engine: 'sqlite' });
  assert.equal(settings.publicUrl, 'http://localhost:7310');
  assert.equal(settings.storageUrl, 'http://localhost:7320');
  assert.equal(settings.relayUrl, 'http://localhost:7330');
  assert.equal(settings.registration, 'open');
  assert.equal(settings.mxPort, 25);
  assert.deepEqual(settings.allowNetworks, []);
});

const registration: [Record<string, string>, string][] = [
  [{ HOST: '127.0.0.2' }, 'open'],
  [{ PUBLIC_URL: 'https://mail.uni.example' }, 'invite'],
  [
    {
      BEHIND_PROXY: 'true',
      PUBLIC_URL: 'http://localhost:1',
      STORAGE_URL: 'http://localhost:2',
      RELAY_URL: 'http://localhost:3',
    },
    'invite',
  ],
  [{ HOST: '0.0.0.0', TLS_CERT: 'c', TLS_KEY: 'k' }, 'invite'],
  [{ REGISTRATION: 'closed' }, 'closed'],
];
for (const [values, expected] of registration) {
  test(`registration is ${expected} with ${JSON.stringify(values)}`, () => {
    assert.equal(read(values).registration, expected);
  });
}

test('a host of loopback other than 127.0.0.1 is addressed by its number', () => {
  assert.equal(read({ HOST: '127.0.0.2' }).publicUrl, 'http://127.0.0.2:7310');
});

test('what users may send is limited where others could get at their passwords, and as it is set', () => {
  assert.equal(read({}).sendLimit, null);
  assert.equal(read({ HOST: '0.0.0.0', TLS_CERT: 'c', TLS_KEY: 'k' }).sendLimit, 2000);
  assert.equal(read({ HOST: '0.0.0.0', TLS_CERT: 'c', TLS_KEY: 'k', SEND_LIMIT: 'none' }).sendLimit, null);
  assert.equal(read({ SEND_LIMIT: '50/hour' }).sendLimit, 50);
});

test('a port for TLS at once is where it is set', () => {
  assert.equal(read({}).submissionsPort, null);
  assert.equal(read({ TLS_CERT: 'c', TLS_KEY: 'k', SUBMISSIONS_PORT: '465' }).submissionsPort, 465);
});

const refused: [Record<string, string>, string][] = [
  [{ SUBMISSIONS_PORT: '465' }, 'VALIJA_TLS_CERT'],
  [{ SEND_LIMIT: '50/day' }, 'VALIJA_SEND_LIMIT'],
  [{ SEND_LIMIT: '0/hour' }, 'VALIJA_SEND_LIMIT'],
  [{ DATABASE: 'postgres://x/y' }, 'VALIJA_DATABASE'],
  [{ PUBLIC_URL: 'mail.example' }, 'VALIJA_PUBLIC_URL'],
  [{ PUBLIC_URL: 'https://mail.example/path' }, 'VALIJA_PUBLIC_URL'],
  [{ REGISTRATION: 'yes' }, 'VALIJA_REGISTRATION'],
  [{ SENDERS: 'maybe' }, 'VALIJA_SENDERS'],
  [{ NOTICE_FROM: 'nobody' }, 'VALIJA_NOTICE_FROM'],
  [{ RELAY_ADDRESSES: '192.0.2.1, mail.example' }, 'VALIJA_RELAY_ADDRESSES'],
  [{ RELAY_SMARTHOST: 'mail.example:25' }, 'VALIJA_RELAY_SMARTHOST'],
  [{ RELAY_SMARTHOST: 'smtp://mail.example:99999' }, 'VALIJA_RELAY_SMARTHOST'],
  [{ MX_PORT: '0' }, 'VALIJA_MX_PORT'],
  [{ TLS_CERT: 'cert.pem' }, 'VALIJA_TLS_KEY'],
  [{ MASTER_KEY_FILE: 'f', MASTER_KEY_COMMAND: 'c' }, 'VALIJA_MASTER_KEY_COMMAND'],
  [{ BEHIND_PROXY: 'maybe' }, 'VALIJA_BEHIND_PROXY'],
  [{ BEHIND_PROXY: 'true' }, 'VALIJA_PUBLIC_URL'],
  [{ HOST: '0.0.0.0' }, 'host'],
];
for (const [values, field] of refused) {
  test(`${JSON.stringify(values)} is refused naming ${field}`, () => {
    const error = catchError(() => read(values));
    assert.equal(error.code, 'usage');
    assert.equal(error.field, field);
    const shown = describeError(error, 'es');
    assert.doesNotMatch(`${shown.message} ${shown.action}`, /[{}]|\b(or|and|the|needs|number)\b/);
  });
}

function catchError(work: () => unknown): MailError {
  try {
    work();
  } catch (error) {
    if (error instanceof MailError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('an IPv6 resolver and a smarthost are read', () => {
  const settings = read({ DNS: '[::1]:5353', RELAY_SMARTHOST: 'smtp://127.0.0.1:2525' });
  assert.deepEqual(settings.dns, { host: '::1', port: 5353 });
  assert.deepEqual(settings.relaySmarthost, { host: '127.0.0.1', port: 2525 });
});
