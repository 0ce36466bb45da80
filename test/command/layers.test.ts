import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  runValija,
  startSystem,
  type CommandResult,
  type Credentials,
  type System,
} from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';

describe('policies and layers by command', () => {
  const temp = makeTempDir('layers-command');
  let system: System;
  let admin: Credentials;
  let eva: Credentials;
  const done = async (who: Credentials, ...args: string[]): Promise<Record<string, unknown>> => {
    const { code, json, stderr } = await runValija(system, args, who);
    assert.equal(code, 0, stderr);
    return json as Record<string, unknown>;
  };
  const refused = async (who: Credentials, ...args: string[]): Promise<string> => {
    const { code, stderr }: CommandResult = await runValija(system, args, who);
    assert.notEqual(code, 0);
    return stderr.trim().split('\n').at(-1) ?? '';
  };
  before(async () => {
    system = await startSystem({ mode: 'start' });
    admin = await system.makeAdmin();
    eva = { user: 'eva', password: 'the second of them 2' };
    const { code, stderr } = await runValija(system, ['register'], eva);
    assert.equal(code, 0, stderr);
  });
  after(async () => {
    await system?.stop();
    temp.remove();
  });

  it('sets single settings and leaves the others', async () => {
    const first = await done(admin, 'policy', 'set', 'quota=5G', 'allowed-hosts=*.uni.example');
    assert.deepEqual(first['settings'], { quotaBytes: 5e9, allowedHosts: ['*.uni.example'] });
    const second = await done(admin, 'policy', 'set', 'quota=', 'own-accounts=no', '--organisation');
    assert.deepEqual(second['settings'], { allowedHosts: ['*.uni.example'], ownAccounts: false });
    const shown = await done(admin, 'policy', 'show');
    assert.deepEqual(Object.keys(shown), ['of', 'revision', 'settings', 'inForce', 'changedAt', 'changedBy']);
    assert.equal((shown['inForce'] as { ownAccounts: boolean }).ownAccounts, false);
    assert.match(await refused(admin, 'policy', 'set', 'colour=red'), /allowed-hosts, smallest-interval/);
    assert.match(await refused(admin, 'policy', 'show', '--group', 'Nobody'), /not-found/);
    assert.match(await refused(eva, 'policy', 'show'), /forbidden/);
  });

  it('gives an account to everybody, changes it, locks it and takes it away', async () => {
    const signature = join(temp.path, 'signature.txt');
    writeFileSync(signature, '{{name}}\n{{group}}');
    const place = ['--email', '{{user}}@uni.example', '--pop3-host', 'pop.uni.example'];
    const args = ['layer', 'add', 'accounts', ...place, '--signature-file', signature];
    const item = await done(admin, ...args, '--locked', 'The computing centre keeps it.');
    const id = String(item['id']);
    assert.equal((item['value'] as { pop3: { user: string } }).pop3.user, '{{email}}');
    const { accounts } = (await done(eva, 'account', 'list')) as {
      accounts: { id: string; email: string }[];
    };
    assert.deepEqual(
      accounts.map(({ email }) => email),
      ['eva@uni.example'],
    );
    const account = accounts[0]?.id ?? '';
    const said = await refused(eva, 'account', 'edit', account, '--interval', '900');
    assert.match(said, /Your administrator has locked this: “The computing centre keeps it\.”/);
    await done(admin, 'layer', 'edit', id, '--pop3-port', '110', '--pop3-tls', 'starttls', '--unlocked');
    const listed = (await done(admin, 'layer', 'list', '--part', 'accounts')) as {
      items: { locked: string | null; value: { pop3: { port: number } } }[];
    };
    assert.deepEqual(
      listed.items.map(({ locked, value }) => [locked, value.pop3.port]),
      [[null, 110]],
    );
    assert.match(
      await refused(
        admin,
        'layer',
        'add',
        'accounts',
        '--email',
        '{{uesr}}@uni.example',
        '--pop3-host',
        'pop.uni.example',
      ),
      /There is no variable “uesr”/,
    );
    await done(admin, 'layer', 'remove', id);
    assert.deepEqual((await done(admin, 'layer', 'list'))['items'], []);
  });

  it('gives a preference by JSON', async () => {
    const args = ['layer', 'add', 'preferences', '--key', 'theme', '--value', '"dark"'];
    const { id, value } = await done(admin, ...args);
    assert.deepEqual([id, value], ['theme', 'dark']);
  });
});
