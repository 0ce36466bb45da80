// Steps of the accounts' test: from an address to an account, or to the reason why not.
import assert from 'node:assert/strict';
import type { AccountsPlace } from './accounts-place.ts';
import * as gained from './contract-accounts.ts';
import * as contract from './contract.ts';

export const EMAIL = 'ana@example.test';

export async function discover({ ana, run, dovecot }: AccountsPlace): Promise<void> {
  const own = await ana(gained.discovery, ['account', 'discover', '--email', EMAIL]);
  assert.deepEqual(own.found, [
    {
      source: 'srv',
      pop3: { host: 'pop.example.test', port: dovecot.tlsPort, tls: 'implicit', user: EMAIL, auth: 'auto' },
      smtp: null,
      smtpVerified: false,
      verified: true,
      confirm: false,
    },
  ]);
  const gmail = await ana(gained.discovery, ['account', 'discover', '--email', 'ana@gmail.com']);
  assert.deepEqual(gmail.provider?.needs, ['app-password', 'enable-pop']);
  const text = await run(['account', 'discover', '--email', 'ana@gmail.com'], {
    text: true,
    env: { VALIJA_LANGUAGE: 'es' },
  });
  assert.match(text.stdout, /pop\.gmail\.com:995 \(TLS, proveedor conocido\)[\s\S]+contraseña de aplicación/);
  assert.deepEqual((await ana(contract.accountList, ['account', 'list'])).accounts, []);
}

export async function addByAddress({ run, passwordFile }: AccountsPlace): Promise<void> {
  const added = await run(['account', 'add', '--email', EMAIL, '--pop3-password-file', passwordFile]);
  assert.equal(added.code, 0, added.stderr);
  const account = contract.account.parse(added.json);
  assert.equal(account.pop3.host, 'pop.example.test');
  assert.equal(account.pop3.tls, 'implicit');
  assert.match(added.stderr, /ana@example\.test @ pop\.example\.test:\d+ \(TLS, named in DNS, answers\)/);
}

export async function refuseToAdd({ run, passwordFile }: AccountsPlace): Promise<void> {
  const add = async (email: string, ...more: string[]) =>
    await run(['account', 'add', '--email', email, '--pop3-password-file', passwordFile, ...more]);
  const hosted = await add('ana@hosted.test');
  assert.equal(hosted.code, 2);
  assert.match(hosted.error?.message ?? '', /mail\.hoster\.test, which is outside of hosted\.test/);
  assert.match(hosted.error?.action ?? '', /--pop3-host mail\.hoster\.test/);
  const nowhere = await add('ana@nowhere.test');
  assert.deepEqual([nowhere.code, nowhere.error?.code], [1, 'not-found']);
  assert.match(nowhere.error?.message ?? '', /ana@nowhere\.test/);
  const apple = await add('ana@icloud.com');
  assert.deepEqual([apple.code, apple.error?.code], [1, 'not-found']);
  assert.match(apple.error?.message ?? '', /iCloud .* no POP3/);
  const microsoft = await add('ana@hotmail.es');
  assert.equal(microsoft.code, 2);
  assert.match(microsoft.error?.action ?? '', /--oauth/);
  const both = await add(EMAIL, '--oauth');
  assert.match(both.error?.message ?? '', /--oauth and --pop3-password-file/);
  const alone = await add(EMAIL, '--device');
  assert.match(alone.error?.message ?? '', /--device .* --oauth/);
  const noClient = await run(['account', 'add', '--email', 'ana@gmail.com', '--oauth']);
  assert.deepEqual([noClient.code, noClient.error?.code], [1, 'not-yet']);
}
