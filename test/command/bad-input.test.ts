import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { startPop3Server, type FakePop3, type FakePop3Options } from '../fakes/pop3-server.ts';
import { makeSelfSigned } from '../harness/certificate.ts';
import { missingComponent } from '../harness/component.ts';
import { startDovecot } from '../harness/dovecot.ts';
import { runValija, startSystem, type CommandResult, type System } from '../harness/system.ts';
import { findFreePort } from '../harness/ports.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import * as contract from './contract.ts';

// What goes wrong at other servers, as a user of the command line meets it: a code for programs, a sentence in his language.
const LEO = { user: 'leo', password: 'Leos langes Passwort' };
const temp = makeTempDir('bad');
let system: System;

before(async () => {
  writeFileSync(join(temp.path, 'password'), 'secret');
  system = await startSystem({ mode: 'start' });
  assert.equal((await runValija(system, ['register'], { ...LEO, env: { VALIJA_LANGUAGE: 'es' } })).code, 0);
});
after(async () => {
  await system.stop();
  temp.remove();
});

async function add(host: string, port: number, tls: string, more: string[] = []): Promise<CommandResult> {
  const email = `a${port}@example.test`;
  const pop3 = ['--pop3-host', host, '--pop3-port', String(port), '--pop3-tls', tls, '--pop3-user', 'leo'];
  const file = ['--pop3-password-file', join(temp.path, 'password')];
  return await runValija(system, ['account', 'add', '--email', email, ...pop3, ...file, ...more], LEO);
}

async function fake(
  t: { after(work: () => Promise<void>): void },
  options: FakePop3Options,
): Promise<FakePop3> {
  const server = await startPop3Server({ user: 'leo', password: 'secret', ...options });
  t.after(async () => await server.close());
  return server;
}

function expectRefusal(result: CommandResult, code: string, message: RegExp): void {
  assert.equal(result.code, 1, result.stderr);
  assert.equal(result.stdout, '');
  const { error } = contract.errorLine.parse({ error: result.error });
  assert.equal(error.code, code, result.stderr);
  assert.match(error.message, message);
}

test('nobody listens there', async () => {
  expectRefusal(
    await add('127.0.0.1', await findFreePort(), 'none'),
    'connect-refused',
    /no acepta conexiones/,
  );
});

test('a server that says nothing', async (t) => {
  const silent: Server = createServer(() => undefined);
  await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
  t.after(() => silent.close());
  const address = silent.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  expectRefusal(await add('127.0.0.1', port, 'none'), 'timeout', /no dice nada/);
});

test('a server that breaks off in the middle', async (t) => {
  const server = await fake(t, {
    script: ({ socket }, verb) => {
      if (verb === 'PASS') socket.destroy();
      return verb === 'PASS';
    },
  });
  expectRefusal(await add('127.0.0.1', server.port, 'none'), 'dropped', /cortó la conexión/);
});

test('a wrong password, with what the server said', async (t) => {
  const server = await fake(t, { password: 'another' });
  const refused = await add('127.0.0.1', server.port, 'none');
  expectRefusal(refused, 'auth-failed', /no acepta el usuario o la contraseña/);
  assert.match((refused.error as { serverLine?: string }).serverLine ?? '', /^-ERR/);
});

test(
  'a certificate that nobody vouches for, and TLS where there is none',
  { skip: missingComponent('openssl') },
  async (t) => {
    const certificate = makeSelfSigned(temp.path, ['localhost']);
    const bad = await fake(t, { certificate, implicitTls: true });
    expectRefusal(await add('localhost', bad.port, 'implicit'), 'tls', /certificado/);
    const plain = await fake(t, {});
    expectRefusal(await add('127.0.0.1', plain.port, 'implicit'), 'tls', /TLS|cifrado/);
    expectRefusal(await add('127.0.0.1', plain.port, 'starttls'), 'tls', /cifrado/);
  },
);

test('hosts that are not allowed, names that do not exist', async () => {
  expectRefusal(await add('169.254.169.254', 110, 'none'), 'host-not-allowed', /169\.254\.169\.254/);
  expectRefusal(await add('[::ffff:10.0.0.1]', 110, 'none'), 'host-not-allowed', /10\.0\.0\.1/);
  const unsaved = await runValija(system, ['account', 'list'], LEO);
  assert.deepEqual(unsaved.json, { accounts: [] }, 'nothing that failed was saved');
});

test(
  'a message of 30 MB comes whole, and back byte by byte',
  { skip: missingComponent('dovecot') },
  async (t) => {
    const dovecot = await startDovecot({ users: { leo: 'secret' } });
    t.after(async () => await dovecot.stop());
    const base64 = randomBytes(22_500_000)
      .toString('base64')
      .replace(/(.{76})/g, '$1\r\n');
    const head =
      'From: big@example.test\r\nSubject: Big\r\nMIME-Version: 1.0\r\nContent-Type: application/zip; name="b.zip"\r\n';
    const big = Buffer.from(
      `${head}Content-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n`,
    );
    dovecot.deliver('leo', [big]);
    const added = await add('127.0.0.1', dovecot.port, 'none', ['--keep', 'delete']);
    assert.equal(added.code, 0, added.stderr);
    // A periodic poll may have been first: then there is nothing new, but it is there.
    assert.equal((await runValija(system, ['check'], LEO)).code, 0);
    const page = contract.mailList.parse((await runValija(system, ['list'], LEO)).json);
    const [row] = page.mails;
    assert.equal(page.mails.length, 1);
    assert.deepEqual([row?.size, row?.attachments], [big.length, 1]);
    const raw = await runValija(system, ['raw', row?.id ?? ''], LEO);
    assert.ok(raw.bytes.equals(big));
    const view = contract.mailView.parse((await runValija(system, ['show', row?.id ?? ''], LEO)).json);
    assert.deepEqual([view.parts[0]?.size, view.text], [22_500_000, null]);
    assert.deepEqual(dovecot.listMaildrop('leo'), [], 'deleted there only because it is here');
  },
);

test('too large to send: refused before anything is stored', async () => {
  const file = join(temp.path, 'huge');
  writeFileSync(file, Buffer.alloc(51 * 1024 * 1024));
  const email = contract.accountList.parse((await runValija(system, ['account', 'list'], LEO)).json)
    .accounts[0]?.email;
  const send = ['send', '--from', email ?? '', '--to', 'x@far.test', '--subject', 'x', '--attach', file];
  const refused = await runValija(system, send, { ...LEO, input: 'x' });
  expectRefusal(refused, 'too-large', /50 MB/);
  const drafts = await runValija(system, ['list', '--mailbox', 'drafts'], LEO);
  assert.equal(contract.mailList.parse(drafts.json).total, 0);
});
