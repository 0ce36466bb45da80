import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import type { Pop3Settings } from '../../../common/shapes/account.ts';
import { LOCKSTEPS, startLearning } from '../../../storage-server/pop3/known-server.ts';
import { makeAuthority, type Authority } from '../../harness/certificate.ts';
import { missingComponent } from '../../harness/component.ts';
import { startDovecot, type Dovecot } from '../../harness/dovecot.ts';
import { startTcpProxy } from '../../harness/tcp-proxy.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { openTestSession, type Trial } from './connect.ts';

/** What must come back byte for byte, as Dovecot stores it: CRLF lines, the last one ended. */
const MAILS = [
  Buffer.from('From: a@example.org\r\nSubject: dots\r\n\r\n.\r\n..\r\n.x\r\nend\r\n'),
  Buffer.from('Subject: ñ 😀\r\n\r\n\xe1\xff\r\n', 'latin1'),
  Buffer.from(`Subject: long\r\n\r\n${'x'.repeat(100_000)}\r\n`),
  Buffer.from('no header\r\n'),
  Buffer.from(`Subject: big\r\n\r\n${'0123456789abcdef\r\n'.repeat(1_700_000)}`),
];

describe('Dovecot', { skip: missingComponent('dovecot', 'openssl') }, () => {
  const temp = makeTempDir('pop3-dovecot');
  let authority: Authority;
  let dovecot: Dovecot;
  before(async () => {
    authority = makeAuthority(temp.path);
    authority.trust();
    dovecot = await startDovecot({
      users: { alice: 'secret', 'bob@example.org': 'pass word ñ' },
      certificate: authority.issue(['localhost', '127.0.0.1']),
      lockSession: true,
      extra: 'auth_mechanisms = plain login scram-sha-256 apop',
    });
    dovecot.deliver('alice', MAILS);
    dovecot.deliver('bob@example.org', MAILS.slice(0, 2));
  });
  after(async () => {
    await dovecot.stop();
    temp.remove();
  });

  const open = async (trial: Partial<Trial> = {}) =>
    await openTestSession({ port: dovecot.port, spoolDir: temp.path, ...trial });

  async function fetchAll(trial: Partial<Trial>): Promise<{ tls: string | null; mails: Buffer[] }> {
    const session = await open(trial);
    const mails: Buffer[] = [];
    for await (const { source, error } of session.retrieve((await session.list()).messages)) {
      assert.equal(error, null);
      mails.push(Buffer.isBuffer(source) ? source : await readSpooled(source));
    }
    await session.quit();
    return { tls: session.tls, mails };
  }

  for (const tls of ['none', 'starttls', 'implicit'] as const) {
    for (const auth of ['auto', 'user', 'plain', 'login', 'scram-sha-256', 'apop'] as const) {
      test(`every byte, tls ${tls}, auth ${auth}`, async () => {
        const settings: Partial<Pop3Settings> = { tls, auth };
        const port = tls === 'implicit' ? dovecot.tlsPort : dovecot.port;
        const got = await fetchAll({ port, settings });
        assert.equal(got.tls, tls === 'none' ? null : 'TLSv1.3');
        assert.equal(got.mails.length, MAILS.length);
        for (const [index, mail] of MAILS.entries())
          assert.ok(got.mails[index]!.equals(mail), `mail ${index}`);
      });
    }
  }

  test('a second user with @, space and ñ in name and password', async () => {
    for (const tls of ['none', 'starttls'] as const) {
      const got = await fetchAll({ settings: { user: 'bob@example.org', tls }, secret: 'pass word ñ' });
      assert.deepEqual(got.mails, MAILS.slice(0, 2));
    }
  });

  test('what is known of it: sign-in and listing in one packet, behind TLS too, and in lockstep', async () => {
    for (const tls of ['none', 'starttls', 'implicit'] as const) {
      const port = tls === 'implicit' ? dovecot.tlsPort : dovecot.port;
      const settings = { tls, auth: 'user' } as const;
      const learned = startLearning();
      await fetchAll({ port, settings, learned });
      const { capabilities } = learned;
      assert.equal(capabilities?.pipelining, true);
      for (const lockstep of LOCKSTEPS) {
        const again = startLearning();
        const known = { capabilities, lockstep };
        const got = await fetchAll({ port, settings, known, learned: again, listing: true });
        assert.ok(got.mails.every((mail, index) => mail.equals(MAILS[index]!)));
        assert.deepEqual(
          [again.capabilities, again.pipelined, again.stale],
          [null, lockstep !== 'all', false],
        );
      }
    }
  });

  test('a wrong password, with the listing on its way', async () => {
    const learned = startLearning();
    await fetchAll({ learned });
    const known = { capabilities: learned.capabilities, lockstep: 'no' as const };
    await assert.rejects(
      open({ known, listing: true, secret: 'wrong', settings: { auth: 'user' } }),
      (error) => error instanceof MailError && error.serverLine === '-ERR [AUTH] Authentication failed.',
    );
  });

  test('a wrong password, by SCRAM', async () => {
    await assert.rejects(
      open({ secret: 'wrong', settings: { auth: 'scram-sha-256' } }),
      (error) => error instanceof MailError && error.code === 'auth-failed' && error.reason === null,
    );
  });

  test('a wrong password', async () => {
    await assert.rejects(open({ secret: 'wrong' }), (error) => {
      assert.ok(error instanceof MailError);
      assert.deepEqual([error.code, error.serverLine], ['auth-failed', '-ERR [AUTH] Authentication failed.']);
      return true;
    });
  });

  test('a second session on a locked maildrop', async () => {
    const first = await open();
    await assert.rejects(open(), (error) => error instanceof MailError && error.code === 'in-use');
    await first.quit();
    const second = await open();
    assert.equal((await second.count()).messages, MAILS.length);
    await second.quit();
  });

  test('late bytes in pieces of seven', async () => {
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: dovecot.port }, { piece: 7, delayMs: 3 });
    const settings = { user: 'bob@example.org' };
    const got = await fetchAll({ port: proxy.port, settings, secret: 'pass word ñ' });
    assert.deepEqual(got.mails, MAILS.slice(0, 2));
    await proxy.close();
  });

  test('NODE_EXTRA_CA_CERTS decides whom a new process trusts', async () => {
    const module = new URL('./connect.ts', import.meta.url).href;
    const code = `import { openTestSession } from '${module}';
      const settings = { tls: 'implicit', user: 'bob@example.org' };
      try {
        const session = await openTestSession({ port: ${dovecot.tlsPort}, spoolDir: '/', settings, secret: 'pass word ñ' });
        console.log(session.tls);
        await session.quit();
      } catch (error) { console.log(error.code, error.reason); }`;
    const run = async (env: Record<string, string>): Promise<string> => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      let text = '';
      child.stdout.on('data', (data: Buffer) => (text += data.toString()));
      await once(child, 'close');
      return text.trim();
    };
    assert.equal(await run({ NODE_EXTRA_CA_CERTS: authority.certFile }), 'TLSv1.3');
    assert.equal(await run({ NODE_EXTRA_CA_CERTS: '' }), 'tls certificate-untrusted');
  });
});

async function readSpooled(source: { path: string } | null): Promise<Buffer> {
  assert.ok(source !== null);
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(source.path);
  rmSync(source.path);
  return bytes;
}
