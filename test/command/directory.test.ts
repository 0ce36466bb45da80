import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { missingComponent } from '../harness/component.ts';
import { startOidc, type Oidc } from '../harness/oidc.ts';
import { startSlapd, type Slapd } from '../harness/slapd.ts';
import {
  runValija,
  startSystem,
  type CommandResult,
  type Credentials,
  type System,
} from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';

describe('the organisation’s own ways in, by command', { skip: missingComponent('slapd') }, () => {
  const temp = makeTempDir('directory-command');
  let system: System;
  let oidc: Oidc;
  let slapd: Slapd;
  let admin: Credentials;
  const run = async (...args: string[]): Promise<CommandResult> => await runValija(system, args, admin);
  const done = async (...args: string[]): Promise<Record<string, unknown>> => {
    const { code, json, stderr } = await run(...args);
    assert.equal(code, 0, stderr);
    return json as Record<string, unknown>;
  };
  before(async () => {
    slapd = await startSlapd([{ uid: 'ana', password: 'of the directory' }]);
    system = await startSystem({ mode: 'start', env: { VALIJA_ALLOW_NETWORKS: '127.0.0.0/8,::1/128' } });
    oidc = await startOidc({ redirectUris: [`${system.ready.web}/session/oidc/callback`] });
    admin = await system.makeAdmin();
  });
  after(async () => {
    await system?.stop();
    await oidc?.stop();
    await slapd?.stop();
    temp.remove();
  });

  it('sets, lists and removes a provider of single sign-on, and never prints its secret', async () => {
    const file = join(temp.path, 'secret');
    writeFileSync(file, `${oidc.webClient.secret}\n`);
    const client = ['--client-id', oidc.webClient.id, '--client-secret-file', file];
    const more = [
      '--name',
      'University',
      '--group-claim',
      'groups',
      '--demand',
      'hd=uni.test',
      '--make-users',
    ];
    const set = await done('directory', 'oidc', 'set', 'uni', '--issuer', oidc.issuer, ...client, ...more);
    assert.deepEqual(set, {
      id: 'uni',
      name: 'University',
      issuer: oidc.issuer,
      clientId: oidc.webClient.id,
      hasSecret: true,
      secretBy: 'header',
      scopes: ['openid', 'profile', 'email'],
      claims: { name: 'preferred_username', displayName: 'name', email: 'email', group: 'groups' },
      demand: { claim: 'hd', value: 'uni.test' },
      makesUsers: true,
      provesFactor: false,
      logout: false,
    });
    assert.deepEqual(await done('directory', 'oidc', 'list'), { providers: [set] });
    const wrong = await run('directory', 'oidc', 'set', 'uni', '--issuer', 'http://uni.test', ...client);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /issuer/);
    assert.deepEqual(await done('directory', 'oidc', 'remove', 'uni'), { removed: 'uni' });
    assert.equal((await run('directory', 'oidc', 'remove', 'uni')).code, 1);
  });

  it('takes the passwords of a directory: `whoami` of somebody nobody has made', async () => {
    const file = join(temp.path, 'bind');
    writeFileSync(file, slapd.reader.password);
    const bind = ['--bind-dn', slapd.reader.dn, '--bind-password-file', file];
    const set = await done('directory', 'ldap', 'set', '--server', slapd.url, ...bind, '--base', slapd.base);
    assert.deepEqual(set['search'], { base: slapd.base, filter: '(uid={name})' });
    assert.deepEqual(await done('directory', 'ldap', 'show'), { directory: set });
    const ana = { user: 'ana', password: 'of the directory' };
    const { json, stderr } = await runValija(system, ['whoami'], ana);
    assert.equal((json as { user: { name: string } } | undefined)?.user.name, 'ana', stderr);
    const open = await run(
      'directory',
      'ldap',
      'set',
      '--server',
      'ldap://ldap.uni.test',
      '--base',
      'dc=uni',
    );
    assert.match(open.stderr, /in clear/);
    assert.deepEqual(await done('directory', 'ldap', 'remove'), { removed: 'ldap' });
    assert.deepEqual(await done('directory', 'ldap', 'show'), { directory: null });
  });
});
