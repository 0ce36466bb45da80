import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { LOCKSTEPS, startLearning } from '../../../storage-server/pop3/known-server.ts';
import { makeAuthority } from '../../harness/certificate.ts';
import { missingComponent } from '../../harness/component.ts';
import { startGnuPop3d, type GnuPop3d } from '../../harness/gnu-pop3d.ts';
import { startTcpProxy } from '../../harness/tcp-proxy.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { openTestSession, type Trial } from './connect.ts';

const MAILS = [
  'From: a@example.org\r\nSubject: dots\r\n\r\n.\r\n..\r\n.x\r\nend\r\n',
  'Subject: \xc3\xb1 \xf0\x9f\x98\x80\r\n\r\n\xe1\xff\r\n',
  `Subject: long\r\n\r\n${'x'.repeat(100_000)}\r\n`,
  'Subject: empty\r\n\r\n',
  `Subject: big\r\n\r\n${'0123456789abcdef\r\n'.repeat(200_000)}`,
].map((text) => Buffer.from(text, 'latin1'));

/** GNU pop3d writes the UIDL into the header of what it hands out. */
function addUidl(mail: Buffer, uidl: string): Buffer {
  const end = mail.indexOf('\r\n\r\n') + 2;
  return Buffer.concat([mail.subarray(0, end), Buffer.from(`X-UIDL: ${uidl}\r\n`), mail.subarray(end)]);
}

const notRoot = process.getuid?.() === 0 ? false : 'GNU pop3d has to be started by root';

describe('GNU pop3d', { skip: missingComponent('gnu-pop3d', 'openssl') || notRoot }, () => {
  const temp = makeTempDir('pop3-gnu');
  let server: GnuPop3d;
  before(async () => {
    const authority = makeAuthority(temp.path);
    authority.trust();
    server = await startGnuPop3d({
      users: { alice: 'secret', bob: 'pass word' },
      certificate: authority.issue(['localhost', '127.0.0.1']),
    });
    server.deliver('alice', MAILS);
    server.deliver('bob', MAILS.slice(0, 3));
  });
  after(async () => {
    await server.stop();
    temp.remove();
  });

  const open = async ({ settings, ...trial }: Partial<Trial> = {}) =>
    await openTestSession({
      port: server.port,
      spoolDir: temp.path,
      settings: { user: server.nameOf('alice'), ...settings },
      ...trial,
    });

  async function fetchAll(trial: Partial<Trial>, mails = MAILS): Promise<string | null> {
    const session = await open(trial);
    try {
      const { messages } = await session.list();
      assert.equal(messages.length, mails.length);
      for await (const { listed, source, error } of session.retrieve(messages)) {
        assert.equal(error, null);
        const expected = addUidl(mails[listed.number - 1]!, listed.uidl!);
        const bytes = Buffer.isBuffer(source) ? source : await takeFile(source.path);
        assert.ok(bytes.equals(expected), `mail ${listed.number} is not the same`);
      }
      await session.quit();
      return session.tls;
    } finally {
      session.close();
    }
  }

  for (const tls of ['none', 'starttls', 'implicit'] as const) {
    for (const auth of ['auto', 'user'] as const) {
      test(`every byte, tls ${tls}, auth ${auth}`, async () => {
        const port = tls === 'implicit' ? server.tlsPort : server.port;
        const version = await fetchAll({ port, settings: { tls, auth } });
        assert.equal(version, tls === 'none' ? null : 'TLSv1.3');
      });
    }
  }

  test('what is known of it: sign-in and listing in one packet, and in lockstep', async () => {
    const learned = startLearning();
    await fetchAll({ learned });
    assert.equal(learned.capabilities?.pipelining, true);
    const { capabilities } = learned;
    for (const lockstep of LOCKSTEPS) {
      const again = startLearning();
      await fetchAll({ known: { capabilities, lockstep }, learned: again, listing: true });
      assert.deepEqual([again.capabilities, again.pipelined], [null, lockstep !== 'all']);
    }
  });

  test('a wrong password, and an unknown user', async () => {
    const isRefused = (error: unknown): boolean =>
      error instanceof MailError &&
      error.code === 'auth-failed' &&
      error.serverLine === '-ERR [AUTH] Bad login';
    await assert.rejects(open({ secret: 'wrong' }), isRefused);
    await assert.rejects(open({ settings: { user: 'nobody' } }), isRefused);
  });

  test('a second session on a locked maildrop', async () => {
    const first = await open();
    await assert.rejects(open(), (error) => error instanceof MailError && error.code === 'in-use');
    await first.quit();
    await (await open()).quit();
  });

  test('late bytes in pieces of seven, and a connection that is cut between', async () => {
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: server.port }, { piece: 7, delayMs: 1 });
    const session = await open({ port: proxy.port });
    const { messages } = await session.list();
    const retrieving = session.retrieve(messages);
    assert.equal((await retrieving.next()).done, false);
    await proxy.close();
    await assert.rejects(
      async () => {
        for (let next = await retrieving.next(); next.done !== true; next = await retrieving.next());
      },
      (error) => error instanceof MailError && error.code === 'dropped',
    );
    session.close();
  });

  test('QUIT is what deletes', async () => {
    const settings = { user: server.nameOf('bob') };
    const secret = 'pass word';
    const dropped = await open({ settings, secret });
    assert.deepEqual(await dropped.delete([1, 2]), []);
    dropped.close();
    const session = await retryWhileLocked(async () => await open({ settings, secret }));
    assert.equal(server.count('bob'), 3);
    assert.deepEqual(await session.delete([1, 3, 9]), [9]);
    await session.quit();
    assert.equal(server.count('bob'), 1);
    await fetchAll({ settings, secret }, MAILS.slice(1, 2));
  });
});

/** The session that was dropped ends when the server notices. */
async function retryWhileLocked<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof MailError) || error.code !== 'in-use') throw error;
    }
  }
}

async function takeFile(path: string): Promise<Buffer> {
  const { readFile, rm } = await import('node:fs/promises');
  const bytes = await readFile(path);
  await rm(path);
  return bytes;
}
