import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { after, before, describe, test, type TestContext } from 'node:test';
import { startTransport, type TestTransport } from '../../harness/transport.ts';

describe('a host that answers in the middle of the data', () => {
  let transport: TestTransport;
  before(async () => {
    transport = await startTransport({ dns: null, stsPort: 443 });
  });
  after(async () => await transport?.stop());

  /** Hears a megabyte of the mail, and then only what `answer` does. */
  const start = async (t: TestContext, answer: (socket: Socket) => void): Promise<number> => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      let heard = 0;
      let inData = false;
      socket.write('220 early\r\n');
      socket.on('data', (chunk) => {
        if (inData) {
          const before = heard;
          heard += chunk.length;
          if (before <= 1 << 20 && heard > 1 << 20) answer(socket);
          return;
        }
        inData = chunk.toString().startsWith('DATA');
        socket.write(inData ? '354 go on\r\n' : '250 ok\r\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    return typeof address === 'object' ? (address?.port ?? 0) : 0;
  };
  const size = 20 << 20;
  const body = Buffer.alloc(size, `${'x'.repeat(76)}\r\n`);
  const send = async (port: number): Promise<string> => {
    const result = await transport.send({ port, tls: 'none' }, { openBody: () => body, size });
    return `${result.state} ${result.reason} ${result.serverLine}`;
  };

  const cases: [string, (socket: Socket) => void, string][] = [
    [
      'a refusal, and it goes',
      (socket) => {
        socket.end('552 5.3.4 too big for this system\r\n');
        setTimeout(() => socket.destroy(), 100);
      },
      'permanent too-large/for-recipient 552 5.3.4 too big for this system',
    ],
    [
      'a refusal, and it hears no more',
      (socket) => {
        socket.write('452 4.3.1 no room\r\n');
        socket.pause();
      },
      'temporary server-error 452 4.3.1 no room',
    ],
    [
      'that it has taken what it has not',
      (socket) => socket.write('250 2.0.0 taken\r\n'),
      'temporary protocol the server answered 250 out of turn',
    ],
    ['nothing, and it goes', (socket) => socket.destroy(), 'temporary dropped null'],
  ];
  test('and one that comes with the leave to send: nothing of it is taken for the end', async (t) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('220 early\r\n');
      socket.on('data', (chunk) => {
        const inData = chunk.toString().startsWith('DATA');
        if (chunk.toString().endsWith('\r\n.\r\n')) socket.write('550 5.7.1 no\r\n');
        else socket.write(inData ? '354 go on\r\n250 2.0.0 stray\r\n' : '250 ok\r\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => server.close());
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const result = await transport.send({ port, tls: 'none' }, {});
    assert.deepEqual([result.state, result.reason], ['temporary', 'protocol']);
  });

  for (const [name, answer, expected] of cases) {
    test(`${name}: ${expected}`, async (t) => {
      assert.equal(await send(await start(t, answer)), expected);
    });
  }
});
