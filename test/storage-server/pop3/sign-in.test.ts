import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, describe, test, type TestContext } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import type { Pop3Settings } from '../../../common/shapes/account.ts';
import {
  bearerDialogue,
  loginDialogue,
  plainDialogue,
  scramDialogue,
  serveSasl,
  type Dialogue,
} from '../../fakes/pop3-sasl.ts';
import {
  FULL_CAPABILITIES,
  startPop3Server,
  type FakePop3,
  type FakePop3Options,
} from '../../fakes/pop3-server.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { openTestSession, type Trial } from './connect.ts';

const SASL = 'SASL PLAIN LOGIN SCRAM-SHA-256 XOAUTH2 OAUTHBEARER';
const DIALOGUES: Record<string, () => Dialogue> = {
  PLAIN: () => plainDialogue(),
  LOGIN: () => loginDialogue(),
  'SCRAM-SHA-256': () => scramDialogue(),
  XOAUTH2: () => bearerDialogue('xoauth2'),
  OAUTHBEARER: () => bearerDialogue('oauthbearer'),
};

describe('signing in', () => {
  const spool = makeTempDir('sign-in');
  after(() => spool.remove());

  async function start(t: TestContext, options: FakePop3Options): Promise<FakePop3> {
    const server = await startPop3Server(options);
    t.after(async () => await server.close());
    return server;
  }
  const enter = async (server: FakePop3, trial: Partial<Trial> = {}): Promise<string[]> => {
    const session = await openTestSession({ port: server.port, spoolDir: spool.path, ...trial });
    session.close();
    return server.commands.map((line) => line.slice(line.indexOf(' ') + 1));
  };
  const fails = async (server: FakePop3, trial: Partial<Trial>): Promise<(string | null)[]> => {
    try {
      await enter(server, trial);
    } catch (error) {
      assert.ok(error instanceof MailError, String(error));
      return [error.code, error.reason, error.serverLine];
    }
    throw new Error('it went well');
  };
  const by = (auth: Pop3Settings['auth']): Partial<Trial> => ({ settings: { auth } });
  const sasl = { capabilities: ['UIDL', 'USER', SASL] };

  for (const [auth, lines] of [
    ['plain', [/^AUTH PLAIN AGFsaWNlAHNlY3JldA==$/]],
    ['login', [/^AUTH LOGIN$/, /^YWxpY2U=$/, /^c2VjcmV0$/]],
    ['scram-sha-256', [/^AUTH SCRAM-SHA-256 biws/, /^Yz1iaXdz/, /^$/]],
    ['xoauth2', [/^AUTH XOAUTH2$/, /^dXNlcj1hbGljZQ/]],
    ['oauthbearer', [/^AUTH OAUTHBEARER$/, /^bixhPWFsaWNlL/]],
  ] as const) {
    test(`${auth}: each line, and a refusal after one try`, async (t) => {
      const server = await start(t, { ...sasl, script: serveSasl(DIALOGUES) });
      const sent = await enter(server, by(auth));
      assert.equal(sent[0], 'CAPA');
      assert.equal(sent.length, lines.length + 1, sent.join('\n'));
      for (const [index, pattern] of lines.entries()) assert.match(sent[index + 1]!, pattern);
      server.commands.length = 0;
      const [code, reason] = await fails(server, { ...by(auth), secret: 'wrong' });
      const bearer = auth === 'xoauth2' || auth === 'oauthbearer';
      assert.deepEqual([code, reason], bearer ? ['needs-sign-in', 'oauth-refused'] : ['auth-failed', null]);
      assert.equal(server.commands.filter((line) => /AUTH|USER|PASS|APOP/.test(line)).length, 1);
      const last = { xoauth2: '2 ', oauthbearer: '2 AQ==' }[auth as string];
      if (last !== undefined) assert.equal(server.commands.at(-1), last);
    });
  }

  test('XOAUTH2 at a server that closes when the token comes with the command, as Microsoft does', async (t) => {
    const script = serveSasl(DIALOGUES, { oneLine: false });
    const server = await start(t, { ...sasl, script });
    assert.deepEqual((await enter(server, by('xoauth2'))).length, 3);
    // That the fake does close is what makes this a proof.
    assert.deepEqual((await fails(server, by('plain')))[0], 'dropped');
  });

  for (const [refusal, expected] of [
    ['-ERR Authentication failure: unknown user name or bad password.', ['needs-sign-in', 'oauth-refused']],
    ['-ERR [SYS/TEMP] later', ['server-error', null]],
    ['-ERR [IN-USE] locked', ['in-use', null]],
    ['-ERR [SYS/PERM] Your account is not enabled for POP access.', ['auth-failed', 'pop-disabled']],
  ] as const) {
    test(`a token and ${refusal}`, async (t) => {
      const XOAUTH2 = (): Dialogue => bearerDialogue('xoauth2', { refusal });
      const server = await start(t, { ...sasl, script: serveSasl({ XOAUTH2 }) });
      assert.deepEqual(await fails(server, { ...by('xoauth2'), secret: 'old' }), [...expected, refusal]);
    });
  }

  test('a password that does not fit into 255 octets goes in two steps', async (t) => {
    const secret = 'p'.repeat(300);
    const PLAIN = (): Dialogue => plainDialogue('alice', secret);
    const server = await start(t, { ...sasl, script: serveSasl({ PLAIN }) });
    const sent = await enter(server, { ...by('plain'), secret });
    assert.deepEqual(sent.slice(1), ['AUTH PLAIN', Buffer.from(`\0alice\0${secret}`).toString('base64')]);
  });

  test('in the clear, SCRAM is taken by itself where it is offered, and the password never leaves', async (t) => {
    const server = await start(t, { ...sasl, script: serveSasl(DIALOGUES) });
    const sent = await enter(server);
    assert.match(sent[1]!, /^AUTH SCRAM-SHA-256 /);
    assert.ok(!sent.some((line) => line.includes('secret') || line.includes('c2VjcmV0')));
  });

  test('APOP', async (t) => {
    const digest = createHash('md5').update('<1.2@fake>secret').digest('hex');
    const server = await start(t, {
      script: (connection, verb, rest) =>
        verb === 'APOP' && (connection.say(rest === `alice ${digest}` ? '+OK' : '-ERR no'), true),
    });
    assert.deepEqual(await enter(server, by('apop')), ['CAPA', `APOP alice ${digest}`]);
    assert.deepEqual(await fails(server, { ...by('apop'), secret: 'wrong' }), [
      'auth-failed',
      null,
      '-ERR no',
    ]);
  });

  test('UTF8 and LANG go along in the packet of the password, and may be refused', async (t) => {
    const capabilities = [...FULL_CAPABILITIES, 'UTF8 USER', 'LANG'];
    const server = await start(t, { capabilities });
    assert.deepEqual(await enter(server, { language: 'es' }), [
      'CAPA',
      'UTF8',
      'LANG es',
      'USER alice',
      'PASS secret',
    ]);
    const plain = await start(t, {});
    assert.deepEqual(await enter(plain, { language: 'es' }), ['CAPA', 'USER alice', 'PASS secret']);
  });

  test('LANG is not asked of a server whose refusals carry no codes', async (t) => {
    const server = await start(t, { capabilities: ['USER', 'LANG'] });
    assert.deepEqual(await enter(server, { language: 'es' }), ['CAPA', 'USER alice', 'PASS secret']);
  });
});
