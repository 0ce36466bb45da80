import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test, { type TestContext } from 'node:test';
import { makeAuthority } from '../harness/certificate.ts';
import { requireComponent } from '../harness/component.ts';
import { consent } from '../harness/consent.ts';
import { startDovecot } from '../harness/dovecot.ts';
import { startOidc, type Oidc } from '../harness/oidc.ts';
import { LAUNCHER, makeEnv } from '../harness/server-process.ts';
import { runValija, startSystem, type CommandResult, type System } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { startUnbound } from '../harness/unbound.ts';
import * as gained from './contract-accounts.ts';
import * as contract from './contract.ts';

const ANA = { user: 'ana', password: 'la contraseña de Ana' };

interface Place {
  system: System;
  oidc: Oidc;
  dir: string;
}

test('signing in at a provider by the command line, with a Dovecot that checks the token', async (t) => {
  if (requireComponent(t, 'dovecot', 'unbound', 'openssl')) return;
  const place = await makePlace(t);
  const run = async (...args: string[]) => await runValija(place.system, args, ANA);
  await t.test('the administrator sets a provider of the organisation', async () => await setProvider(place));
  await t.test('add by address and browser: found, signed in, tested with the token, saved', async () => {
    const args = ['account', 'add', '--email', 'ana@uni.test', '--pop3-user', 'ana', '--oauth'];
    const added = await runWhile(place.system, args, async (line) => {
      const page = await consent(line, 'ana');
      assert.equal(page.status, 200, page.text);
    });
    assert.equal(added.code, 0, `${added.stderr}\n${place.system.log()}`);
    const account = contract.account.parse(added.json);
    assert.deepEqual(
      [account.oauth, account.pop3.auth, account.pop3.host],
      ['own', 'xoauth2', 'pop.uni.test'],
    );
    const checked = await run('check');
    assert.equal(checked.code, 0, `${checked.stderr}\n${place.system.log()}`);
  });
  await t.test('sign-in again, by a code typed on any device', async () => {
    const args = ['account', 'sign-in', 'ana@uni.test', '--device'];
    let code = '';
    const again = await runWhile(place.system, args, async (line, before) => {
      code = /code (\S+)/.exec(before)?.[1] ?? '';
      const page = await consent(`${line}?user_code=${code}`, 'ana');
      assert.equal(page.status, 200, page.text);
    });
    assert.equal(again.code, 0, `${again.stderr}\n${place.system.log()}`);
    assert.ok(code.length >= 8, again.stderr);
    assert.equal(contract.account.parse(again.json).oauth, 'own');
  });
  await t.test('a sign-in as somebody else is refused, and changes nothing', async () => {
    const refused = await runWhile(place.system, ['account', 'sign-in', 'ana@uni.test'], async (line) => {
      await consent(line, 'bea');
    });
    assert.deepEqual([refused.code, refused.error?.code], [1, 'sign-in-failed']);
    assert.equal((await run('check')).code, 0);
  });
});

async function makePlace(t: TestContext): Promise<Place> {
  const temp = makeTempDir('oauth-command');
  t.after(temp.remove);
  const authority = makeAuthority(temp.path);
  const certificate = authority.issue(['pop.uni.test']);
  const file = join(temp.path, 'oauth2.conf');
  const tell = (url: string, clientId: string, clientSecret: string): void =>
    writeFileSync(file, describeIntrospection(url, clientId, clientSecret));
  tell('http://127.0.0.1:1/', 'nobody', 'nothing');
  chmodSync(temp.path, 0o755);
  const extra = `auth_mechanisms = plain login xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${file}
}`;
  const dovecot = await startDovecot({ users: { ana: 'never used' }, certificate, extra });
  t.after(async () => await dovecot.stop());
  const dns = await startUnbound([
    `_pop3s._tcp.uni.test. SRV 0 0 ${dovecot.tlsPort} pop.uni.test.`,
    'pop.uni.test. A 127.0.0.1',
  ]);
  t.after(async () => await dns.stop());
  const env = {
    VALIJA_DNS: `${dns.host}:${dns.port}`,
    VALIJA_ALLOW_NETWORKS: '127.0.0.0/8,::1/128',
    NODE_EXTRA_CA_CERTS: authority.certFile,
  };
  const system = await startSystem({ mode: 'start', env });
  t.after(async () => await system.kill());
  const oidc = await startOidc({ redirectUris: [`${system.ready.profile}/oauth/callback`] });
  t.after(async () => await oidc.stop());
  const { url, clientId, clientSecret } = oidc.introspection;
  tell(url, clientId, clientSecret);
  // It reads the file when it starts, and the address was not known before.
  await dovecot.kill();
  await dovecot.start();
  assert.equal((await runValija(system, ['register'], ANA)).code, 0);
  return { system, oidc, dir: temp.path };
}

function describeIntrospection(url: string, clientId: string, clientSecret: string): string {
  return `introspection_url = ${url}
introspection_mode = post
client_id = ${clientId}
client_secret = ${clientSecret}
username_attribute = username
username_format = %Lu
active_attribute = active
active_value = true
`;
}

async function setProvider({ system, oidc, dir }: Place): Promise<void> {
  const secret = join(dir, 'secret');
  writeFileSync(secret, oidc.clientSecret);
  const facts = [
    '--authorize-url',
    oidc.authorizeUrl,
    '--token-url',
    oidc.tokenUrl,
    '--device-url',
    oidc.deviceUrl,
  ];
  const more = ['--issuer', oidc.issuer, '--host', 'pop.uni.test', '--flow', 'code', '--flow', 'device'];
  const scopes = ['openid', 'email', 'mail'].flatMap((scope) => ['--scope', scope]);
  const client = ['--client-id', oidc.clientId, '--client-secret-file', secret, '--name', 'University'];
  const args = ['oauth', 'set', 'own', ...client, ...facts, ...more, ...scopes, '--sasl', 'xoauth2'];
  const set = await runValija(system, args, await system.makeAdmin());
  assert.equal(set.code, 0, set.stderr);
  assert.deepEqual(gained.oauthClient.parse(set.json).hosts, ['pop.uni.test']);
}

/** Runs a command as Ana; `act` gets the address that it shows on stderr, and the line before, while the command waits. */
async function runWhile(
  system: System,
  args: string[],
  act: (address: string, before: string) => Promise<void>,
): Promise<Pick<CommandResult, 'code' | 'stderr' | 'json' | 'error'>> {
  const env = makeEnv({
    VALIJA_SERVER: system.ready.profile ?? '',
    VALIJA_USER: ANA.user,
    VALIJA_PASSWORD: ANA.password,
  });
  const child = spawn(process.execPath, [LAUNCHER, ...args, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const lines: string[] = [];
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const acts: Promise<void>[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    const address = line.trim();
    if (/^https?:\/\//.test(address)) acts.push(act(address, lines.at(-1) ?? ''));
    lines.push(line);
  });
  const [code] = (await ended) as [number];
  await Promise.all(acts);
  const last = lines.at(-1) ?? '';
  const error = code === 0 ? null : (JSON.parse(last) as { error: CommandResult['error'] }).error;
  return { code, stderr: lines.join('\n'), json: stdout === '' ? undefined : JSON.parse(stdout), error };
}
