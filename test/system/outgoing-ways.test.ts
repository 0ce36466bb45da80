import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { ProfileRouter } from '../../profile-server/router.ts';
import { writeDkimRecord } from '../../smtp-relay/dkim/dkim-record.ts';
import type { StorageRouter } from '../../storage-server/router.ts';
import { makeAuthority } from '../harness/certificate.ts';
import { missingComponent } from '../harness/component.ts';
import { startDkimJudges, type DkimJudges } from '../harness/dkim-judges.ts';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import { findFreePort } from '../harness/ports.ts';
import { startSmarthost, type Smarthost } from '../harness/smarthost.ts';
import { startSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';
import { runValija, startSystem, type Credentials, type System } from '../harness/system.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { startUnbound, type Unbound } from '../harness/unbound.ts';
import { expectSession } from '../harness/expect-session.ts';

const ANA: Credentials = { user: 'ana', password: 'a long password of ana 1' };
/** A provider of the table, so that it is known to file copies; its servers are ours. */
const BY_PROVIDER = 'ana@gmail.com';
const BY_MX = 'ana@own.test';
const skip = missingComponent('smtp-sink', 'dovecot', 'unbound', 'openssl', 'dkimverify', 'opendkim-testmsg');

/** A started Valija with a provider's POP3 and submission, an own domain, and the hosts of those who are written to. */
describe('each mail leaves by its own road', { skip }, () => {
  const temp = makeTempDir('outgoing-ways');
  let provider: SmtpSink;
  let far: SmtpSink;
  let maildrop: Dovecot;
  let smarthost: Smarthost;
  let dns: Unbound;
  let judges: DkimJudges;
  let system: System;
  let token: string | null = null;

  before(async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { name, value } = writeDkimRecord({ domain: 'own.test', selector: 's1', privateKey: pem });
    const dataDir = join(temp.path, 'data');
    mkdirSync(join(dataDir, 'smtp-relay', 'dkim'), { recursive: true, mode: 0o700 });
    writeFileSync(join(dataDir, 'smtp-relay', 'dkim', 'own.test.s1.pem'), pem);
    const authority = makeAuthority(temp.path);
    const certificate = authority.issue(['smtp.provider.test']);
    // A string of a TXT record holds 255 bytes at most (RFC 1035 3.3).
    const strings = (value.match(/.{1,250}/g) ?? []).map((part) => `"${part}"`).join(' ');
    const records = [
      `${name}. TXT ${strings}`,
      ...['own', 'strict'].map((domain) => `_dmarc.${domain}.test. TXT "v=DMARC1; p=reject"`),
      'strict.test. TXT "v=spf1 -all"',
      '_dmarc.gmail.com. TXT "v=DMARC1; p=none; sp=quarantine"',
      'far.test. MX 10 mx.far.test.',
      'mx.far.test. A 127.0.0.1',
      'smtp.provider.test. A 127.0.0.1',
    ];
    [provider, far, maildrop, dns, judges] = await Promise.all([
      startSmtpSink(),
      startSmtpSink({ port: await findFreePort() }),
      startDovecot({ users: { ana: 'pop secret' } }),
      startUnbound(records),
      startDkimJudges(records),
    ]);
    smarthost = await startSmarthost(provider, { users: { ana: 'smtp secret' }, tokens: {}, certificate });
    system = await startSystem({
      mode: 'start',
      dataDir,
      env: {
        VALIJA_DNS: `127.0.0.1:${dns.port}`,
        VALIJA_MX_PORT: String(far.port),
        VALIJA_RELAY_ADDRESSES: '192.0.2.1',
        NODE_EXTRA_CA_CERTS: authority.certFile,
      },
    });
    const makeProfile = (headers: Record<string, string>) =>
      createTRPCClient<ProfileRouter>({
        links: [httpLink({ url: `${system.ready.profile}/trpc`, headers })],
      });
    const signIn = { name: ANA.user, password: ANA.password };
    const { tokens } = await expectSession(
      makeProfile({ origin: 'valija://app' }).session.register.mutate(signIn),
    );
    token = tokens.storage;
    const profile = makeProfile({ authorization: `Bearer ${tokens.profile}` });
    const pop3 = { host: '127.0.0.1', tls: 'none', auth: 'auto' } as const;
    const smtp = { host: 'smtp.provider.test', port: smarthost.port, tls: 'starttls', user: 'ana' } as const;
    const rest = { name: 'Ana', keep: 'always', interval: 86_400 };
    await profile.account.add.mutate({
      settings: {
        ...rest,
        email: BY_PROVIDER,
        pop3: { ...pop3, port: maildrop.port, user: 'ana' },
        send: { way: 'smarthost', smtp: { ...smtp, auth: 'auto' } },
      },
      secrets: { pop3Password: 'pop secret', smtpPassword: 'smtp secret' },
    });
    for (const email of [BY_MX, 'ana@strict.test']) {
      await profile.account.add.mutate({
        settings: {
          ...rest,
          email,
          pop3: { ...pop3, port: 9, user: email },
          send: { way: 'relay', smtp: null },
        },
        secrets: { pop3Password: 'none' },
      });
    }
  });
  after(async () => {
    await system?.stop();
    await smarthost?.stop();
    await Promise.all([provider, far, maildrop, dns, judges].map(async (one) => await one?.stop()));
    temp.remove();
  });

  const storage = () =>
    createTRPCClient<StorageRouter>({
      links: [
        httpLink({ url: `${system.ready.storage}/trpc`, headers: { authorization: `Bearer ${token}` } }),
      ],
    });
  const list = async (mailbox: string) => (await storage().mail.list.query({ mailbox })).mails;
  const fetchNow = async (): Promise<void> => {
    const { accounts } = await storage().check.run.mutate({});
    assert.equal(accounts.find(({ email }) => email === BY_PROVIDER)?.error, null);
  };
  /** Until `look` finds something: between processes there is no event to wait for here. */
  const until = async <T>(look: () => Promise<T | null>): Promise<T> => {
    const end = performance.now() + 20_000;
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      assert.ok(performance.now() < end, `nothing came:\n${system.log()}\n${smarthost.sessions().length}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const arrived = async (sink: SmtpSink, subject: string) =>
    await until(
      async () => sink.mails().find(({ message }) => message.includes(`Subject: ${subject}`)) ?? null,
    );

  test('an answer to what account A received leaves through A’s provider with A’s credentials', async () => {
    const text =
      'From: bob@far.test\nTo: ana@gmail.com\nSubject: Lunch\nMessage-ID: <lunch@far.test>\n\nAt noon?\n';
    maildrop.deliver('ana', [Buffer.from(text.replaceAll('\n', '\r\n'))]);
    await fetchNow();
    const received = (await list('inbox')).find(({ subject }) => subject === 'Lunch')!;
    const answer = await storage().draft.answer.mutate({
      mail: received.id,
      kind: 'reply',
      language: 'en',
      timeZone: null,
    });
    const check = await storage().route.check.query({ from: BY_PROVIDER, to: ['bob@far.test'] });
    assert.deepEqual(check.problems, []);
    await storage().sending.send.mutate({ draft: answer.id, undo: 0, at: null, key: null });
    const mail = await arrived(provider, 'Re: Lunch');
    assert.match(mail.from, /^<ana@gmail\.com>/);
    assert.doesNotMatch(mail.message, /^DKIM-Signature/m, 'its provider signs');
    assert.deepEqual([...new Set(smarthost.sessions().flatMap(({ users }) => users))], ['ana']);
    assert.deepEqual(far.mails(), [], 'and by no other road');

    // As Gmail does: what was submitted lies in the maildrop too.
    const copy = `Received: by smtp.provider.test\r\n${mail.message.replaceAll('\n', '\r\n')}`;
    const before = (await list('inbox')).length;
    maildrop.deliver('ana', [Buffer.from(copy)]);
    await fetchNow();
    assert.equal((await list('inbox')).length, before);
    const sent = (await list('sent')).filter(({ subject }) => subject === 'Re: Lunch');
    assert.deepEqual(
      sent.map(({ id, accounts }) => [id, accounts]),
      [[answer.id, received.accounts]],
    );
  });

  test('one from an own domain leaves by MX, with a signature that others accept', async () => {
    const args = ['send', '--from', BY_MX, '--to', 'bob@far.test', '--subject', 'Señal'];
    const sent = await runValija(system, args, { ...ANA, input: 'Hola\n' });
    assert.equal(sent.code, 0, sent.stderr);
    const mail = await until(async () => far.mails()[0] ?? null);
    assert.match(mail.from, /^<ana@own\.test>/);
    const message = Buffer.from(mail.message.replaceAll('\n', '\r\n'), 'latin1');
    const python = await judges.dkimverify(message, 0);
    assert.ok(python.accepted, python.output);
    const opendkim = await judges.opendkim(message);
    assert.ok(opendkim.accepted, opendkim.output);
  });

  test('a From that receivers would refuse is refused before it is stored, with what to do about it', async () => {
    const args = ['send', '--from', 'ana@strict.test', '--to', 'bob@far.test', '--subject', 'No'];
    const refused = await runValija(system, args, { ...ANA, input: 'x' });
    assert.equal(refused.code, 1);
    assert.equal((refused.error as { code?: string } | undefined)?.code, 'route-refused');
    assert.match(refused.stderr, /strict\.test/);
    const explain = ['route', 'explain', '--from', 'ana@strict.test', '--to', 'bob@far.test'];
    for (const [language, words] of [
      ['en', /refused: Receivers would refuse.*\n.*Let the account of ana@strict\.test send through/s],
      ['es', /rechazada: Los destinatarios rechazarían.*\n.*Haz que la cuenta de ana@strict\.test envíe/s],
    ] as const) {
      const env = { VALIJA_LANGUAGE: language };
      assert.match((await runValija(system, explain, { ...ANA, text: true, env })).stdout, words);
    }
  });
});
