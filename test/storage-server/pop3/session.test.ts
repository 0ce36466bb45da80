import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { MailError } from '../../../common/errors.ts';
import { FULL_CAPABILITIES, startPop3Server, type FakePop3 } from '../../fakes/pop3-server.ts';
import { findFreePort } from '../../harness/ports.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { openTestSession } from './connect.ts';

const MESSAGES = Array.from({ length: 20 }, (_, n) =>
  Buffer.from(`Subject: ${n}\r\n\r\n${'y'.repeat(n * 100)}\r\n`),
);

function isError(code: string, reason?: string) {
  return (error: unknown): boolean =>
    error instanceof MailError && error.code === code && (reason === undefined || error.reason === reason);
}

describe('a session', () => {
  const spool = makeTempDir('session');
  after(() => spool.remove());
  const dir = { spoolDir: spool.path };

  test('user names and passwords with line breaks never reach the server', async () => {
    const server = await startPop3Server();
    for (const [user, secret] of [
      ['alice\r\nDELE 1', 'x'],
      ['alice', 'x\nQUIT'],
      ['alice', 'a\0b'],
    ] as const) {
      for (const auth of ['user', 'plain'] as const) {
        const settings = { user, auth };
        await assert.rejects(
          openTestSession({ port: server.port, ...dir, settings, secret }),
          isError('invalid', 'control-character'),
        );
      }
    }
    assert.deepEqual([...new Set(server.commands.map((line) => line.slice(2).trim()))], ['CAPA']);
    await server.close();
  });

  test('one refusal is one try: no second way of signing in', async () => {
    const server = await startPop3Server();
    const settings = { auth: 'plain' } as const;
    await assert.rejects(
      openTestSession({ port: server.port, ...dir, settings, secret: 'wrong' }),
      isError('auth-failed'),
    );
    assert.equal(server.commands.filter((line) => /PASS|AUTH/.test(line)).length, 1);
    await server.close();
  });

  test('without PIPELINING no command leaves before the reply to the one before', async () => {
    let open = 0;
    let early = 0;
    const replies: Record<string, string> = {
      UIDL: '+OK\r\n1 a\r\n2 b\r\n.',
      LIST: '+OK\r\n1 10\r\n2 10\r\n.',
      RETR: '+OK\r\na: b\r\n.',
      DELE: '+OK',
    };
    const server = await startPop3Server({
      capabilities: FULL_CAPABILITIES.filter((line) => line !== 'PIPELINING'),
      script(connection, verb) {
        const reply = replies[verb];
        if (reply === undefined) return false;
        if (++open > 1) early++;
        setTimeout(() => {
          open--;
          connection.say(reply);
        }, 3);
        return true;
      },
    });
    const session = await openTestSession({ port: server.port, ...dir });
    const { messages } = await session.list();
    let count = 0;
    for await (const one of session.retrieve(messages)) count += one.error === null ? 1 : 0;
    assert.equal(count, 2);
    assert.deepEqual(await session.delete([1, 2]), []);
    await session.quit();
    assert.equal(early, 0);
    await server.close();
  });

  test('the window holds back what is not taken', async () => {
    const server = await startPop3Server({
      messages: Array.from({ length: 100 }, () => Buffer.alloc(10_000, 'z\r\n')),
    });
    const session = await openTestSession({ port: server.port, ...dir, limits: { windowBytes: 50_000 } });
    const { messages } = await session.list();
    const retrieving = session.retrieve(messages);
    await retrieving.next();
    await session.count().catch(() => undefined);
    assert.ok(server.commands.filter((line) => line.includes('RETR')).length <= 11);
    let rest = 0;
    for await (const one of retrieving) rest += one.error === null ? 1 : 0;
    assert.equal(rest, 99);
    await session.quit();
    await server.close();
  });

  test('what is asked for ahead waits in the network, not in memory', async () => {
    const server = await startPop3Server({
      messages: Array.from({ length: 300 }, () => Buffer.alloc(100_000, 'z\r\n')),
    });
    const limits = { windowBytes: 40_000_000, waitingBytes: 1_000_000 };
    const session = await openTestSession({ port: server.port, ...dir, limits });
    const { messages } = await session.list();
    const retrieving = session.retrieve(messages);
    await retrieving.next();
    const { traffic } = session.learned;
    for (let before = 0; traffic.bytes > before; await wait(100)) before = traffic.bytes;
    assert.equal(server.commands.filter((line) => line.includes('RETR')).length, 300);
    assert.ok(traffic.bytes > 1_000_000 && traffic.bytes < 1_500_000, String(traffic.bytes));
    let rest = 0;
    for await (const one of retrieving) rest += one.error === null ? 1 : 0;
    assert.equal(rest, 299);
    await session.quit();
    await server.close();
  });

  test('a server that is held back is not silent: who takes slowly is waited for', async () => {
    const messages = Array.from({ length: 100 }, () => Buffer.alloc(100_000, 'z\r\n'));
    const server = await startPop3Server({ messages });
    const limits = { windowBytes: 4_000_000, waitingBytes: 1_000_000, idleMs: 300 };
    const session = await openTestSession({ port: server.port, ...dir, limits });
    const { messages: listed } = await session.list();
    let taken = 0;
    for await (const { error } of session.retrieve(listed)) {
      assert.equal(error, null);
      taken += 1;
      // First until it is held back, then while it still is and more was asked for.
      if (taken === 1 || taken === 3) await wait(700);
    }
    assert.equal(taken, 100);
    await session.quit();
    await server.close();
  });

  test('messages come in the order asked for, and QUIT is what deletes', async () => {
    const server = await startPop3Server({ messages: MESSAGES });
    const visit = async (end: 'quit' | 'close' | 'reset'): Promise<number[]> => {
      const session = await openTestSession({ port: server.port, ...dir });
      const { messages } = await session.list();
      const order = [];
      for await (const { listed } of session.retrieve(messages.toReversed())) order.push(listed.number);
      assert.deepEqual(
        await session.delete([1, 2, 999]),
        messages.some((one) => one.number === 1) ? [999] : [1, 2, 999],
      );
      if (end === 'reset') await session.reset();
      if (end === 'close') session.close();
      else await session.quit();
      return order;
    };
    const all = MESSAGES.map((_, index) => index + 1).toReversed();
    assert.deepEqual(await visit('close'), all);
    assert.deepEqual(await visit('reset'), all);
    assert.deepEqual(await visit('quit'), all);
    assert.deepEqual(await visit('quit'), all.slice(0, -2));
    await server.close();
  });

  test('an abort ends every wait with its reason, and leaves no file', async () => {
    const big = Buffer.alloc(3_000_000, 'abc\r\n');
    const server: FakePop3 = await startPop3Server({
      messages: [big],
      script(connection, verb) {
        if (verb !== 'RETR') return false;
        connection.say('+OK');
        connection.write(big);
        return true;
      },
    });
    const controller = new AbortController();
    const session = await openTestSession({ port: server.port, ...dir, signal: controller.signal });
    const retrieving = session.retrieve((await session.list()).messages);
    const first = retrieving.next();
    controller.abort(new MailError('unavailable', 'the lease is lost', { reason: 'lease-lost' }));
    await assert.rejects(first, isError('unavailable', 'lease-lost'));
    await assert.rejects(session.count(), isError('unavailable', 'lease-lost'));
    await assert.rejects(
      openTestSession({ port: server.port, ...dir, signal: controller.signal }),
      isError('unavailable'),
    );
    assert.deepEqual(readdirSync(spool.path), []);
    session.close();
    await server.close();
  });

  test('a session has a deadline, however busy it is', async () => {
    const server = await startPop3Server({
      script: (connection, verb) =>
        verb === 'UIDL' && (setInterval(() => connection.write('+OK\r\n1 '.padEnd(2000)), 5).unref(), true),
    });
    const session = await openTestSession({
      port: server.port,
      ...dir,
      limits: { sessionMs: 120, line: 1 << 30 },
    });
    await assert.rejects(session.list(), isError('timeout', 'session'));
    await server.close();
  });

  test('nobody listening', async () => {
    await assert.rejects(openTestSession({ port: await findFreePort(), ...dir }), isError('connect-refused'));
  });

  test('what comes in after the taker has left is not put anywhere', async () => {
    const large = Buffer.alloc(5_000_000, 'abc\r\n');
    let rest: (() => void) | null = null;
    const server = await startPop3Server({
      messages: [Buffer.from('a: b\r\n\r\n'), large, large],
      // The second message comes in part, the third not at all, until the taker has left.
      script: (connection, verb, number) => {
        if (verb !== 'RETR' || number === '1') return false;
        if (number === '2') connection.write(`+OK\r\n${large.toString('latin1', 0, 3_000_000)}`);
        else
          rest = () =>
            connection.write(`${large.toString('latin1')}.\r\n+OK\r\n${large.toString('latin1')}.\r\n`);
        return true;
      },
    });
    const own = makeTempDir('left');
    const session = await openTestSession({ port: server.port, spoolDir: own.path });
    for await (const { listed } of session.retrieve((await session.list()).messages)) {
      assert.equal(listed.number, 1);
      break;
    }
    rest!();
    await session.count();
    session.close();
    assert.deepEqual(readdirSync(own.path), []);
    own.remove();
    await server.close();
  });

  test('a spool that cannot be written ends the retrieval, not the process', async () => {
    const server = await startPop3Server({ messages: [Buffer.alloc(3_000_000, 'abc\r\n')] });
    const session = await openTestSession({ port: server.port, spoolDir: `${spool.path}/missing` });
    const { messages } = await session.list();
    await assert.rejects(session.retrieve(messages).next(), isError('internal'));
    session.close();
    await server.close();
  });
});
