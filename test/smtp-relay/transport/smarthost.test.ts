import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startFakeSmtp, type FakeSmtp } from '../../fakes/smtp-server.ts';
import { makeAuthority } from '../../harness/certificate.ts';
import { missingComponent } from '../../harness/component.ts';
import { sendMail } from '../../harness/relay.ts';
import { startRelaySending, statusesOf, type RelaySending } from '../../harness/relay-sending.ts';
import { startSmarthost, type Smarthost } from '../../harness/smarthost.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

const skip =
  missingComponent('smtp-sink', 'dovecot', 'openssl') ||
  (process.getuid?.() === 0 ? false : 'Postfix starts as root only');

/** The host of a provider as it is: Postfix with SASL and TLS, which judges what we send by its log and by what it passes on. */
describe('a Postfix as smarthost of several accounts', { skip }, () => {
  const directory = makeTempDir('smarthost');
  let last: FakeSmtp;
  let host: Smarthost;
  let sending: RelaySending;
  const senders: Record<string, string> = {};

  before(async () => {
    const authority = makeAuthority(directory.path);
    authority.trust();
    last = await startFakeSmtp({ extensions: ['8BITMIME', 'SIZE 60000000', 'PIPELINING'] });
    host = await startSmarthost(last, {
      users: { 'ana@own.test': 'smtp secret', 'ben@own.test': 'smtp secret', eve: 'another' },
      tokens: { 'smtp secret': 'eve' },
      certificate: authority.issue(['localhost']),
    });
    sending = await startRelaySending();
    const common = { host: 'localhost', tls: 'starttls' } as const;
    const add = async (name: string, user: string, auth: 'auto' | 'login' | 'xoauth2'): Promise<void> => {
      senders[name] = await sending.addSender(host.port, { ...common, user, auth });
    };
    await add('ana', 'ana@own.test', 'auto');
    await add('ben', 'ben@own.test', 'login');
    // The same login as Ana's, in an account of its own.
    await add('ana2', 'ana@own.test', 'auto');
    await add('token', 'eve', 'xoauth2');
    await add('wrong', 'eve', 'auto');
  });
  after(async () => {
    await sending?.stop();
    await host?.stop();
    await last?.close();
    directory.remove();
  });

  const send = async (name: string, key: string) => {
    const mail = { from: senders[name] ?? '', to: ['bob@x.test'], key };
    const [status] = statusesOf(await sending.sendAndTake(mail, 1));
    return status;
  };

  test('password, LOGIN and token get in over verified TLS; mails of an account share a session, two accounts never', async () => {
    for (const round of [1, 2, 3]) {
      for (const name of ['ana', 'ben', 'ana2', 'token']) {
        const status = await send(name, `${name}-${round}`);
        assert.deepEqual([status?.state, status?.tls, status?.code], ['accepted', 'TLSv1.3', 250], name);
      }
    }
    assert.deepEqual(
      host.sessions().map(({ users, mechanisms }) => `${users.join(' ')} by ${mechanisms[0]}`),
      [
        'ana@own.test ana@own.test ana@own.test by PLAIN',
        'ben@own.test ben@own.test ben@own.test by LOGIN',
        'ana@own.test ana@own.test ana@own.test by PLAIN',
        'eve eve eve by XOAUTH2',
      ],
    );
  });

  test('a wrong password is told as what has to be mended', async () => {
    const status = await send('wrong', 'wrong-1');
    assert.deepEqual([status?.state, status?.code, status?.enhanced], ['deferred', 535, '4.7.8']);
    assert.match(status?.reason ?? '', /^(needs-sign-in|auth-failed)/);
    assert.ok(!JSON.stringify(status).includes('smtp secret'));
  });

  test('passes on exactly the bytes that were submitted', async () => {
    const lines = ['.', '..', '.dot', '', 'tab\t and blanks  ', 'x'.repeat(990), '', '.', '', ''];
    const head = Buffer.from(
      `From: ${senders['ana']}\r\nTo: bob@x.test\r\nSubject: bytes\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`,
    );
    const text = Buffer.concat([
      head,
      Buffer.from(lines.join('\r\n')),
      Buffer.from([0xe9, 0xff, 0x80, 0x0d, 0x0a, 0x0d, 0x0a]),
    ]);
    const stuffed = Buffer.from(text.toString('latin1').replace(/^\./gm, '..'), 'latin1');
    const dialog = await sending.world.signIn(sending.relay);
    const mail = { from: senders['ana'] ?? '', to: ['bob@x.test'], key: 'bytes', message: stuffed };
    assert.match(await sendMail(dialog, mail), /^250/);
    dialog.close();
    const [status] = statusesOf(await sending.takeOf('bytes', 1));
    assert.equal(status?.state, 'accepted');
    const found = await waitFor(() => last.mails.find(({ raw }) => raw.includes('Subject: bytes')));
    const begin = found.raw.indexOf(`From: ${senders['ana']}`);
    assert.deepEqual(found.raw.subarray(begin), text);
  });
});

/** Postfix passes on when it likes. */
async function waitFor<T>(look: () => T | undefined): Promise<T> {
  const limit = AbortSignal.timeout(20_000);
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    limit.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
