import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, suite, test } from 'node:test';
import { missingComponent } from '../../harness/component.ts';
import { type Dovecot, startDovecot } from '../../harness/dovecot.ts';
import { findPortBase } from '../../harness/ports.ts';
import { type ServerProcess, makeEnv, startServer } from '../../harness/server-process.ts';
import { type SmtpSink, startSmtpSink } from '../../harness/smtp-sink.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { call } from '../../trials/kill-rig.ts';
import { formScript, hasSubject, message } from './rule-world.ts';

const SIGN_IN = { name: 'killed', password: 'correct horse battery 1' };
const PROGRAM = join(import.meta.dirname, '..', '..', 'trials', 'valija-child.ts');

/** Several servers start meanwhile, which busy machines take their time for. */
async function waitFor(happened: () => boolean, ms = 60_000): Promise<void> {
  const limit = AbortSignal.timeout(ms);
  while (!happened()) {
    limit.throwIfAborted();
    await delay(20);
  }
}

interface SignedIn {
  tokens: { profile: string; storage: string };
}

suite('SIGKILL of the home', { skip: missingComponent('dovecot') || missingComponent('smtp-sink') }, () => {
  const temp = makeTempDir('outbox-kill');
  const running: ServerProcess[] = [];
  let dovecot: Dovecot;
  let sink: SmtpSink;
  let args: string[];
  let profileUrl: string;
  let home: ServerProcess;

  const serve = async (part: string, more: string[] = [], point = '-'): Promise<ServerProcess> => {
    const env = makeEnv({
      VALIJA_ALLOW_NETWORKS: '127.0.0.0/8',
      VALIJA_RELAY_SMARTHOST: `smtp://${sink.host}:${sink.port}`,
      NODE_COMPILE_CACHE: join(temp.path, 'compiled'),
    });
    const started = await startServer(['serve', part, ...more, ...args], env, [PROGRAM, point, '1']);
    running.push(started);
    return started;
  };
  const check = async (): Promise<void> => {
    const { tokens } = await call<SignedIn>(profileUrl, 'session.signIn', SIGN_IN);
    await call(home.ready.storage ?? '', 'check.run', {}, tokens.storage);
  };
  before(async () => {
    dovecot = await startDovecot({ users: { ana: 'secret' } });
    sink = await startSmtpSink();
    args = ['--data', join(temp.path, 'data'), '--port-base', `${await findPortBase()}`];
    const profile = await serve('profile-server');
    profileUrl = profile.ready.profile ?? '';
    const { setupCode } = profile.ready;
    const admin = await call<SignedIn>(profileUrl, 'session.register', { ...SIGN_IN, setupCode });
    const token = admin.tokens.profile;
    const enrol = async (kind: string): Promise<string[]> => {
      const { code } = await call<{ code: string }>(profileUrl, 'part.makeCode', { kind }, token);
      return ['--enrol', code];
    };
    home = await serve('storage-server', await enrol('storage-server'));
    await serve('smtp-relay', await enrol('smtp-relay'));
    const settings = {
      email: 'ana@own.test',
      name: null,
      pop3: { host: '127.0.0.1', port: dovecot.port, tls: 'none', user: 'ana', auth: 'auto' },
      send: { way: 'relay', smtp: null },
      keep: 'always',
      interval: 86_400,
    };
    await call(profileUrl, 'account.add', { settings, secrets: { pop3Password: 'secret' } }, token);
    const script = formScript(
      [hasSubject('mail')],
      [
        { action: 'forward', address: 'carl@far.test', keep: true },
        { action: 'vacation', subject: null, text: 'Away', days: 1 },
      ],
    );
    const value = { name: 'both', enabled: true, position: 1, script };
    await call(profileUrl, 'profile.change', { part: 'rules', id: null, base: null, value }, token);
    await check();
    await home.kill();
  });
  after(async () => {
    await Promise.all(running.map(async (one) => await one.kill()));
    await dovecot?.stop();
    await sink?.stop();
    temp.remove();
  });

  const points = [
    ['filed', 'between the commit of a mail and the sending of what its rules want'],
    ['outbox-submitted', 'between the relay’s 250 and writing it down'],
  ] as const;
  for (const [point, name] of points) {
    test(`${name}: sent exactly once`, async () => {
      const who = `${point}@far.test`;
      home = await serve('storage-server', [], point);
      dovecot.deliver('ana', [
        Buffer.from(message(`mail ${point}`, { fields: [`Return-Path: <${who}>`, `From: ${who}`] })),
      ]);
      await check().catch(() => undefined);
      await home.ended;
      home = await serve('storage-server');
      const forwards = () => sink.mails().filter((mail) => mail.message.includes(`\nSubject: mail ${point}`));
      const answers = () => sink.mails().filter(({ to }) => to.some((one) => one.includes(`<${who}>`)));
      await waitFor(() => forwards().length > 0 && answers().length > 0);
      // A second one would be ahead of what is sent from here on.
      const last = `last-${who}`;
      dovecot.deliver('ana', [
        Buffer.from(message('mail last', { fields: [`Return-Path: <${last}>`, `From: ${last}`] })),
      ]);
      const isThere = () => sink.mails().some(({ to }) => to.some((one) => one.includes(`<${last}>`)));
      // Where the poll before the kill was reported, the next one may be too soon.
      for (let tries = 0; tries < 12 && !isThere(); tries++) {
        await check();
        await waitFor(isThere, 1000).catch(() => undefined);
      }
      await waitFor(isThere);
      assert.deepEqual([forwards().length, answers().length], [1, 1]);
      await home.kill();
    });
  }
});
