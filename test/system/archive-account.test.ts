import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeProfileClient, makeStorageClient, noToken } from '../../command/server/clients.ts';
import { missingComponent } from '../harness/component.ts';
import { startDovecot } from '../harness/dovecot.ts';
import { runValija, startSystem, type Credentials } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { expectSession } from '../harness/expect-session.ts';

const ANA: Credentials = { user: 'ana', password: 'la contraseña de Ana' };
const EVA: Credentials = { user: 'eva', password: 'Evas langes Passwort' };

test(
  'an archive brings its account, drafts and what maildrops list: the first poll doubles nothing',
  { skip: missingComponent('dovecot') },
  async (t) => {
    const temp = makeTempDir('archive-account');
    t.after(temp.remove);
    const dovecot = await startDovecot({ users: { ana: 'secret-a' } });
    t.after(async () => await dovecot.stop());
    const system = await startSystem({ mode: 'start' });
    t.after(async () => await system.kill());
    const run = async (who: Credentials, ...args: string[]): Promise<never> => {
      const result = await runValija(system, args, who);
      assert.equal(result.code, 0, `valija ${args.join(' ')}: ${result.stderr}\n${system.log()}`);
      return result.json as never;
    };
    const connect = async ({ user: name, password }: Credentials) => {
      const open = makeProfileClient(system.ready.profile ?? '', noToken);
      const { home, tokens } = await expectSession(
        open.session.signIn.mutate({ name, password, client: 'test' }),
      );
      const headers = { authorization: `Bearer ${tokens.storage}` };
      return { home, headers, storage: makeStorageClient(home ?? '', async () => tokens.storage) };
    };
    const secret = join(temp.path, 'secret');
    writeFileSync(secret, 'secret-a\n');
    const twin = 'From: a@example.org\r\nSubject: twin\r\n\r\nThe same twice.\r\n';
    const gone = 'From: b@example.org\r\nSubject: gone\r\n\r\nx\r\n';
    dovecot.deliver(
      'ana',
      [twin, twin, gone].map((message) => Buffer.from(message)),
    );
    await run(ANA, 'register');
    await run(EVA, 'register');
    const pop3 = ['--pop3-host', '127.0.0.1', '--pop3-port', String(dovecot.port), '--pop3-tls', 'none'];
    await run(
      ANA,
      'account',
      'add',
      '--email',
      'ana@example.org',
      ...pop3,
      '--pop3-user',
      'ana',
      '--pop3-password-file',
      secret,
    );
    await run(ANA, 'check');
    const ana = await connect(ANA);
    const { mails } = await ana.storage.mail.list.query({});
    assert.equal(mails.length, 3);
    const removed = mails.find(({ subject }) => subject === 'gone')!.id;
    await ana.storage.mail.move.mutate({ ids: [removed], to: 'trash' });
    await ana.storage.mail.remove.mutate({ ids: [removed] });
    const draft = {
      identity: null,
      from: null,
      to: [{ name: null, address: 'bea@example.org' }],
      cc: [],
      bcc: [],
      subject: 'A draft',
      text: 'Half of it',
      html: null,
      inReplyTo: null,
      forwardOf: null,
    };
    const { id } = await ana.storage.draft.save.mutate({ id: null, base: null, draft });
    const posted = await fetch(
      `${ana.home}/draft/${id}/attachment?name=a.bin&type=application/octet-stream`,
      {
        method: 'POST',
        headers: { ...ana.headers, 'content-type': 'application/octet-stream' },
        body: Buffer.from([1, 2, 3, 0, 255]),
      },
    );
    assert.equal(posted.status, 200);

    const out = join(temp.path, 'out');
    await run(ANA, 'export', '--format', 'archive', '--out', out);
    const imported = (await run(EVA, 'import', out)) as { mails: number };
    assert.equal(imported.mails, 3);
    const { accounts } = (await run(EVA, 'account', 'list')) as { accounts: { id: string; state: string }[] };
    assert.deepEqual(
      accounts.map(({ state }) => state),
      ['needs-sign-in'],
    );
    await run(EVA, 'account', 'edit', accounts[0]!.id, '--pop3-password-file', secret);
    const checked = (await run(EVA, 'check')) as { accounts: { new: number; error: unknown }[] };
    assert.deepEqual(
      checked.accounts.map((one) => [one.new, one.error]),
      [[0, null]],
    );
    const eva = await connect(EVA);
    const theirs = await eva.storage.mail.list.query({});
    assert.deepEqual(
      theirs.mails.map(({ subject, accounts: from }) => [subject, from]),
      [
        ['twin', [accounts[0]!.id]],
        ['twin', [accounts[0]!.id]],
      ],
    );
    const [row] = (await eva.storage.mail.list.query({ mailbox: 'drafts' })).mails;
    const opened = await eva.storage.draft.open.query({ id: row!.id });
    assert.deepEqual(
      [opened.draft.subject, opened.draft.text, opened.attachments.map(({ name, size }) => [name, size])],
      ['A draft', 'Half of it', [['a.bin', 5]]],
    );
  },
);
