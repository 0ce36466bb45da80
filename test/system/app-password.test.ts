import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createTRPCClient, httpLink } from '@trpc/client';
import { z } from 'zod';
import type { ProfileRouter } from '../../profile-server/router.ts';
import type { StorageRouter } from '../../storage-server/router.ts';
import { encodePlain, openDialog } from '../fakes/smtp-client.ts';
import { missingComponent } from '../harness/component.ts';
import { LAUNCHER, makeEnv, startServer } from '../harness/server-process.ts';
import { startSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';
import { runSwaks } from '../harness/swaks.ts';
import { runValija, startSystem, type Credentials, type System } from '../harness/system.ts';
import { registerWithAccount } from '../harness/add-account.ts';
import { expectSession } from '../harness/expect-session.ts';

const ANA: Credentials = { user: 'ana', password: 'a long password of ana 1' };
const FROM = 'ana@uni.test';

const made = z.strictObject({
  id: z.string(),
  name: z.string(),
  login: z.string(),
  password: z.string().regex(/^[a-z0-9]{5}(-[a-z0-9]{5}){3}$/),
  scopes: z.array(z.literal('submit')),
  createdAt: z.iso.datetime(),
  submission: z.strictObject({ host: z.string(), port: z.number(), tls: z.boolean() }),
});

/** Another program of a user submits to a started relay; the whole of Valija as three processes. */
describe('mail of other programs', { skip: missingComponent('swaks', 'smtp-sink') }, () => {
  let sink: SmtpSink;
  let system: System;
  let app: z.infer<typeof made>;
  let token: string | null = null;
  let userId: string;
  const valija = async (...args: string[]) => {
    const { code, json, stderr } = await runValija(system, args, ANA);
    assert.equal(code, 0, stderr);
    return json;
  };
  const submit = async (subject: string, more: string[] = []) =>
    await runSwaks(system.ready.submission?.port ?? 0, [
      ...`--auth LOGIN --auth-user ${app.login} --auth-password ${app.password}`.split(' '),
      ...`--from ${FROM} --to bob@far.test --body Hello --header`.split(' '),
      `Subject: ${subject}`,
      ...more,
    ]);
  const storage = (): ReturnType<typeof createTRPCClient<StorageRouter>> =>
    createTRPCClient<StorageRouter>({
      links: [
        httpLink({ url: `${system.ready.storage}/trpc`, headers: { authorization: `Bearer ${token}` } }),
      ],
    });
  const listSent = async (subject: string) =>
    (await storage().mail.list.query({ mailbox: 'sent', limit: 100 })).mails.filter((mail) =>
      mail.subject.startsWith(subject),
    );
  const showSent = async (subject: string) => {
    const [found, second] = await listSent(subject);
    assert.equal(second, undefined, 'once');
    return found === undefined ? null : await storage().mail.show.query({ id: found.id });
  };
  /** Until `look` finds something: what travels between three processes has no event to wait for here. */
  const until = async <T>(look: () => Promise<T | null>): Promise<T> => {
    const end = performance.now() + 60_000;
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      assert.ok(performance.now() < end, `nothing came:\n${system.log()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  before(async () => {
    sink = await startSmtpSink();
    system = await startSystem({
      mode: 'serve',
      env: { VALIJA_RELAY_SMARTHOST: `smtp://127.0.0.1:${sink.port}` },
    });
    await registerWithAccount(system, ANA, { port: 9, name: 'ana', password: 'x' }, [
      '--no-test',
      '--send',
      'relay',
    ]);
    const headers = { origin: 'valija://app' };
    const profile = createTRPCClient<ProfileRouter>({
      links: [httpLink({ url: `${system.ready.profile}/trpc`, headers })],
    });
    const signIn = { name: ANA.user, password: ANA.password };
    const { user, tokens } = await expectSession(profile.session.signIn.mutate(signIn));
    [userId, token] = [user.id, tokens.storage];
  });
  after(async () => {
    await system?.stop();
    await sink?.stop();
  });

  test('a password is made, told once and listed', async () => {
    app = made.parse(await valija('app-password', 'add', 'phone'));
    assert.deepEqual([app.name, app.login], ['phone', 'ana']);
    assert.equal(app.submission.port, system.ready.submission?.port);
    const listed = (await valija('app-password', 'list')) as { appPasswords: object[] };
    assert.deepEqual(listed.appPasswords, [
      {
        id: app.id,
        name: 'phone',
        scopes: ['submit'],
        createdAt: app.createdAt,
        lastUsed: null,
        lastAddress: null,
      },
    ]);
    const text = await runValija(system, ['app-password', 'add', 'for people'], { ...ANA, text: true });
    assert.match(text.stdout, /[a-z0-9]{5}(-[a-z0-9]{5}){3}\n.*127\.0\.0\.1:\d+/);
  });

  test('what swaks submits with it arrives, and stands in Sent with what became of it', async () => {
    const sent = await submit('by swaks', ['--to', 'bob@far.test,carol@far.test', '--pipeline']);
    assert.equal(sent.code, 0, sent.said);
    const shown = await until(async () => {
      const mail = await showSent('by swaks');
      return mail?.status?.state === 'sent' ? mail : null;
    });
    assert.deepEqual(shown.flags, ['seen']);
    assert.deepEqual(
      shown.status?.recipients.map(({ address, state, code }) => [address, state, code]),
      [
        ['bob@far.test', 'accepted', 250],
        ['carol@far.test', 'accepted', 250],
      ],
    );
    assert.equal(sink.mails().filter((mail) => mail.message.includes('Subject: by swaks')).length, 1);
  });

  test('another sender, another password and no password are refused', async () => {
    const foreign = await submit('no', ['--from', 'bob@uni.test']);
    assert.match(foreign.said, /550 5\.7\.1 sender refused/);
    const header = await submit('no', ['--h-From', 'Bob <bob@uni.test>']);
    assert.match(header.said, /550 5\.7\.1 sender refused/);
    const own = await submit('no', ['--auth-password', ANA.password]);
    assert.match(own.said, /535 5\.7\.8/);
  });

  test('an administrator gives a user limits of his own, and takes them back', async () => {
    const admin = await system.makeAdmin();
    const asAdmin = async (...args: string[]) => {
      const { code, json, stderr } = await runValija(system, ['send-limit', ...args], admin);
      assert.equal(code, 0, stderr);
      return json;
    };
    const limits = { user: userId, perHour: 1, recipients: 2, size: null, name: 'ana' };
    const nobody = await runValija(system, ['send-limit', 'set', 'nobody', '--per-hour', '1'], admin);
    assert.deepEqual([nobody.code, nobody.error?.code], [1, 'not-found']);
    assert.match(nobody.error?.message ?? '', /nobody/);
    assert.deepEqual(await asAdmin('set', 'Ana', '--per-hour', '1', '--recipients', '2'), limits);
    assert.deepEqual(await asAdmin('set', userId, '--per-hour', '1', '--recipients', '2'), limits);
    assert.deepEqual(await asAdmin('list'), { perHour: null, limits: [limits] });
    const many = await submit('many', ['--to', 'a@far.test,b@far.test,c@far.test']);
    assert.match(many.said, /452 4\.5\.3 no more than 2 recipients/);
    const late = await submit('late');
    assert.match(late.said, /450 4\.7\.1 limit of 1 recipients an hour reached, try again in \d+ s/);
    assert.deepEqual(await asAdmin('remove', 'ana'), { removed: userId });
    assert.equal((await submit('again')).code, 0);
  });

  test('what leaves by an account is paused by its address or id, and by nothing that is no account', async () => {
    const admin = await system.makeAdmin();
    const relay = async (...args: string[]) => await runValija(system, ['relay', ...args], admin);
    for (const wrong of ['nobody@uni.test', 'acc_nobody']) {
      const refused = await relay('pause', '--account', wrong);
      assert.deepEqual([refused.code, refused.error?.code], [1, 'not-found'], wrong);
    }
    const status = (await relay('pause', '--account', 'Ana@uni.test')).json as {
      pauses: { account: string }[];
    };
    const id = status.pauses[0]?.account ?? '';
    assert.match(id, /^acc_/);
    assert.equal((await relay('pause', '--account', id)).code, 0);
    assert.deepEqual((await relay('resume', '--account', FROM)).json, { ...status, pauses: [] });
  });

  test('a home that was killed takes each copy once when it is back', async () => {
    await system.processes[2]!.kill();
    system.processes.splice(2, 1);
    const subjects = Array.from({ length: 6 }, (_, n) => `while away ${n}`);
    for (const subject of subjects) {
      const { code, said } = await submit(subject);
      assert.equal(code, 0, said);
    }
    const start = async () =>
      await startServer(
        ['serve', 'storage-server', '--data', system.dataDir, '--port-base', '0'].concat([
          '--public-url',
          system.ready.profile ?? '',
        ]),
        makeEnv({ VALIJA_ALLOW_NETWORKS: '127.0.0.0/8', VALIJA_REGISTRATION: 'open' }),
        [LAUNCHER],
      );
    // Killed again in the middle of taking them.
    const again = await start();
    await again.kill();
    const back = await start();
    system.processes.push(back);
    system.ready.storage = back.ready.storage;
    const states = await until(async () => {
      const all = await Promise.all(subjects.map(showSent));
      return all.every((mail) => mail?.status?.state === 'sent') ? all : null;
    });
    assert.equal(states.length, subjects.length);
    assert.equal((await listSent('while away')).length, subjects.length);
  });

  test('taken back, it lets nobody in and ends who is in', async () => {
    const port = system.ready.submission?.port ?? 0;
    const dialog = await openDialog(port);
    await dialog.say('EHLO pc.test');
    const reply = await dialog.say(`AUTH PLAIN ${encodePlain('', FROM, app.password)}`);
    assert.match(reply, /^235/, 'by address too');
    const farewell = dialog.read();
    await valija('app-password', 'remove', app.id);
    assert.match(await farewell, /^421 4\.7\.0/);
    assert.match((await submit('late')).said, /535 5\.7\.8/);
  });
});
