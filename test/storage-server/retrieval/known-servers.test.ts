import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { DAY, HOUR } from '../../../common/time.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { parseCapabilities } from '../../../storage-server/pop3/capabilities.ts';
import type { Limits } from '../../../storage-server/pop3/limits.ts';
import { migrations } from '../../../storage-server/migrations/migrations.ts';
import {
  readServer,
  saveCapabilities,
  saveLockstep,
} from '../../../storage-server/retrieval/server-store.ts';
import { visitServer } from '../../../storage-server/retrieval/visit-server.ts';
import { startPop3Server, type FakePop3, type FakePop3Options } from '../../fakes/pop3-server.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { openTestSession } from '../pop3/connect.ts';

const MESSAGES = Array.from({ length: 5 }, (_, n) => Buffer.from(`Subject: ${n}\r\n\r\nbody\r\n`));

for (const engine of ENGINES) {
  describe(`what is known of servers, on ${engine}`, { skip: missingEngine(engine) }, () => {
    const spool = makeTempDir('known-servers');
    const clock = { at: 1_800_000_000_000, now: () => clock.at };
    let engineServer: TestEngine;
    let db: Database;
    before(async () => {
      engineServer = await startEngine(engine);
      db = await engineServer.open(migrations);
    });
    after(async () => {
      await db.close();
      await engineServer.stop();
      spool.remove();
    });

    async function serve(t: TestContext, options: FakePop3Options): Promise<FakePop3> {
      const server = await startPop3Server({ messages: MESSAGES, ...options });
      t.after(async () => await server.close());
      return server;
    }

    /** One poll as a run does it: everything is listed, retrieved and told. Returns what was sent, by session, and how it ended. */
    async function poll(
      server: FakePop3,
      {
        limits = {},
        secret = 'secret',
        loginGap = false,
      }: { limits?: Partial<Limits>; secret?: string; loginGap?: boolean } = {},
    ): Promise<{ sessions: string[][]; error: MailError | null; got: number }> {
      server.commands.length = 0;
      let got = 0;
      const error = await visitServer(
        { db, clock },
        {
          server: { host: 'localhost', port: server.port, tls: 'none' },
          signal: new AbortController().signal,
          loginGap,
          visit: async (visit) => {
            const session = await openTestSession({
              ...visit,
              port: server.port,
              spoolDir: spool.path,
              listing: true,
              limits,
              secret,
            });
            try {
              for await (const one of session.retrieve((await session.list()).messages))
                got += one.error === null ? 1 : 0;
              await session.quit();
            } finally {
              session.close();
            }
            return null;
          },
        },
      ).catch((error: unknown) => {
        assert.ok(error instanceof MailError, String(error));
        return error;
      });
      const sessions = new Map<string, string[]>();
      for (const line of server.commands) {
        const [count = '', verb = ''] = line.split(' ');
        sessions.set(count, [...(sessions.get(count) ?? []), verb]);
      }
      return { sessions: [...sessions.values()], error, got };
    }
    const ENTRY = ['USER', 'PASS', 'UIDL', 'LIST'];
    const TAIL = [...MESSAGES.map(() => 'RETR'), 'QUIT'];

    test('CAPA once a day', async (t) => {
      const server = await serve(t, {});
      assert.deepEqual((await poll(server)).sessions, [['CAPA', ...ENTRY, ...TAIL]]);
      assert.deepEqual((await poll(server)).sessions, [[...ENTRY, ...TAIL]]);
      clock.at += DAY;
      assert.deepEqual((await poll(server)).sessions, [['CAPA', ...ENTRY, ...TAIL]]);
      clock.at -= HOUR;
      assert.deepEqual((await poll(server)).sessions, [['CAPA', ...ENTRY, ...TAIL]], 'a clock put back');
    });

    test('sign-in and listing leave in one packet when PIPELINING is known', async (t) => {
      const packets: number[] = [];
      const server = await serve(t, {
        greet(connection) {
          connection.socket.on('data', (data: Buffer) =>
            packets.push(data.toString().split('\r\n').length - 1),
          );
          connection.say('+OK ready');
        },
      });
      await poll(server);
      packets.length = 0;
      await poll(server);
      assert.equal(packets[0], 4);
      assert.equal(packets.length, 3);
    });

    test('a server without CAPA is not asked for it at each poll', async (t) => {
      const server = await serve(t, { capabilities: null });
      assert.deepEqual((await poll(server)).sessions[0]!.slice(0, 3), ['CAPA', 'USER', 'PASS']);
      assert.deepEqual((await poll(server)).sessions[0]!.slice(0, 2), ['USER', 'PASS']);
    });

    test('a way to sign in that is no longer offered: asked again, and no password is judged twice', async (t) => {
      const capabilities = ['SASL PLAIN'];
      const server = await serve(t, {
        capabilities,
        script: (connection, verb) =>
          verb === 'AUTH' && capabilities[0] === 'USER' && (connection.say('-ERR unknown command'), true),
      });
      assert.equal((await poll(server)).error, null);
      capabilities.splice(0, 1, 'USER');
      const changed = await poll(server);
      assert.deepEqual(
        [changed.error, changed.sessions[0]!.slice(0, 4)],
        [null, ['AUTH', 'CAPA', 'USER', 'PASS']],
      );
      assert.deepEqual((await poll(server)).sessions[0]!.slice(0, 2), ['USER', 'PASS']);
      const wrong = await poll(server, { secret: 'wrong' });
      assert.deepEqual([wrong.error?.code, wrong.sessions], ['auth-failed', [['USER', 'PASS']]]);
    });

    /** Servers that say PIPELINING and cannot do it; each works one command at a time. */
    const lies: [string, () => FakePop3Options][] = [
      [
        'drops the connection when two commands come at once',
        () => ({ ...onSecondCommand((c) => c.socket.destroy()) }),
      ],
      [
        'loses what comes behind the first command of a packet',
        () => ({ ...onSecondCommand(() => undefined) }),
      ],
      ['answers garbage to it', () => ({ ...onSecondCommand((c) => c.say('*** syntax error ***')) })],
      [
        'answers LIST before UIDL',
        () => ({
          uidls: ['1a', '2b', '3c', '4d', '5e'],
          script(connection, verb) {
            if (connection.together === 1 || (verb !== 'UIDL' && verb !== 'LIST')) return false;
            const list = MESSAGES.map(
              (mail, n) => `${n + 1} ${verb === 'UIDL' ? mail.length : `${n + 1}x`}\r\n`,
            );
            connection.say(`+OK\r\n${list.join('')}.`);
            return true;
          },
        }),
      ],
    ];
    for (const [name, options] of lies) {
      test(`a server that ${name}: repeated in lockstep at once, and for a week`, async (t) => {
        const server = await serve(t, options());
        const limits = { idleMs: 300 };
        const first = await poll(server, { limits });
        // Its lists are mixed up wherever they are asked together: that is found in two steps.
        const sessions = name.includes('LIST') ? 3 : 2;
        assert.deepEqual([first.error, first.sessions.length, first.got], [null, sessions, MESSAGES.length]);
        clock.at += 6 * DAY;
        const second = await poll(server, { limits });
        assert.deepEqual([second.error, second.sessions.length], [null, 1]);
        clock.at += 2 * DAY;
        assert.equal(
          (await poll(server, { limits })).sessions.length,
          sessions,
          'after a week it is tried again',
        );
      });
    }

    test('a server whose login process swallows what comes behind the password: only that is done without', async (t) => {
      const packets = new Map<number, string[]>();
      const server = await serve(t, {
        greet(connection) {
          connection.socket.on('data', (data: Buffer) => {
            packets.set(connection.count, [...(packets.get(connection.count) ?? []), data.toString()]);
          });
          connection.say('+OK ready');
        },
        script: (connection, verb) => (verb === 'UIDL' || verb === 'LIST') && connection.nth > 2,
      });
      const limits = { idleMs: 300 };
      const first = await poll(server, { limits });
      assert.deepEqual([first.error, first.sessions.length, first.got], [null, 2, MESSAGES.length]);
      packets.clear();
      const second = await poll(server, { limits });
      assert.deepEqual([second.error, second.sessions.length], [null, 1]);
      const [sent = []] = [...packets.values()];
      assert.deepEqual(
        sent.map((packet) => packet.split('\r\n').length - 1),
        [2, 2, MESSAGES.length, 1],
      );
    });

    test('where sign-ins must keep their distance, lockstep waits for the next poll', async (t) => {
      const server = await serve(
        t,
        onSecondCommand((c) => c.socket.destroy()),
      );
      const first = await poll(server, { loginGap: true });
      assert.deepEqual([first.error?.code, first.sessions.length], ['dropped', 1]);
      assert.deepEqual((await poll(server, { loginGap: true })).error, null);
    });

    test('a server that drops in lockstep too is not remembered for it', async (t) => {
      const server = await serve(t, {
        script: (connection, verb) => verb === 'RETR' && (connection.socket.destroy(), true),
      });
      const address = { host: 'localhost', port: server.port, tls: 'none' } as const;
      assert.deepEqual(
        [(await poll(server)).error?.code, (await poll(server)).sessions.length],
        ['dropped', 2],
      );
      assert.deepEqual(await readServer(db.read, address, clock.now()), {
        capabilities: null,
        lockstep: 'no',
      });
    });

    test('rows: each address and TLS mode for itself, case and final dot apart', async () => {
      const address = { host: 'Mail.Example.', port: 995, tls: 'implicit' } as const;
      const capabilities = parseCapabilities('TOP\r\nPIPELINING\r\nSASL PLAIN');
      await db.write(async (tx) => {
        await saveLockstep(tx, address, 'sign-in', clock.at + HOUR);
        await saveCapabilities(tx, address, parseCapabilities('TOP'), clock.at);
        await saveCapabilities(tx, address, capabilities, clock.at);
      });
      const read = async (tls: 'implicit' | 'starttls', at = clock.at) =>
        await readServer(db.read, { host: 'mail.example', port: 995, tls }, at);
      assert.deepEqual(await read('implicit'), { capabilities, lockstep: 'sign-in' });
      assert.deepEqual(await read('starttls'), { capabilities: null, lockstep: 'no' });
      assert.deepEqual(await read('implicit', clock.at + HOUR), { capabilities, lockstep: 'no' });
      await db.write(async (tx) => await saveCapabilities(tx, address, null, clock.at));
      assert.deepEqual(await read('implicit'), { capabilities: null, lockstep: 'sign-in' });
    });
  });
}

/** Goes wrong at the first command that came together with another. */
function onSecondCommand(
  act: (connection: Parameters<NonNullable<FakePop3Options['script']>>[0]) => void,
): FakePop3Options {
  return { script: (connection) => connection.nth > 1 && (act(connection), true) };
}
