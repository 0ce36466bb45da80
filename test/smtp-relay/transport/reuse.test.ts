import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { after, before, describe, test, type TestContext } from 'node:test';
import type { Shipment } from '../../../smtp-relay/transport/shipment.ts';
import { startFakeSmtp, type FakeSmtp, type FakeSmtpOptions } from '../../fakes/smtp-server.ts';
import { startTransport, type TestTransport } from '../../harness/transport.ts';

/** Several mails over real connections: nothing of one may become the other’s. */
describe('sessions that are used again', () => {
  let transport: TestTransport;
  before(async () => {
    transport = await startTransport({ dns: null, stsPort: 443 });
  });
  after(async () => await transport?.stop());

  const start = async (t: TestContext, options: FakeSmtpOptions): Promise<FakeSmtp> => {
    const fake = await startFakeSmtp(options);
    t.after(async () => await fake.close());
    return fake;
  };
  const send = async (port: number, to: string, change: Partial<Shipment> = {}) => {
    const { state, serverLine } = await transport.send({ port, tls: 'none' }, { to: [to], ...change });
    return `${state} ${serverLine}`;
  };
  const connections = (fake: FakeSmtp): number =>
    new Set(fake.commands.map((line) => line.split(' ')[0])).size;

  for (const extensions of [['8BITMIME'], ['PIPELINING', '8BITMIME']]) {
    test(`carry one mail after the other, RSET behind a refused one (${extensions.join(', ')})`, async (t) => {
      const fake = await start(t, {
        extensions,
        script: (connection, verb, rest) => {
          if (verb === 'RCPT' && rest.includes('gone')) connection.say('550 5.1.1 nobody here');
          else if (verb === 'DATA' && connection.to.length === 0) connection.say('503 5.5.1 no recipients');
          else if (verb === '.' && connection.to[0]?.includes('full') === true)
            connection.say('452 4.3.1 full');
          else return false;
          return true;
        },
      });
      assert.equal(await send(fake.port, 'one@x.test'), 'accepted 250 2.0.0 taken as fake-1');
      assert.equal(await send(fake.port, 'gone@x.test'), 'permanent 550 5.1.1 nobody here');
      assert.equal(await send(fake.port, 'two@x.test'), 'accepted 250 2.0.0 taken as fake-2');
      assert.equal(await send(fake.port, 'full@x.test'), 'temporary 452 4.3.1 full');
      assert.equal(await send(fake.port, 'three@x.test'), 'accepted 250 2.0.0 taken as fake-3');
      assert.equal(connections(fake), 1);
      assert.equal(fake.commands.filter((line) => line.endsWith('RSET')).length, 2);
      assert.deepEqual(
        fake.mails.map((mail) => mail.to),
        [['<one@x.test>'], ['<two@x.test>'], ['<three@x.test>']],
      );
    });
  }

  const dying: [string, FakeSmtpOptions['script']][] = [
    [
      'closed after the mail',
      (connection, verb) => {
        if (verb !== '.' || connection.count !== 1) return false;
        connection.socket.end('250 2.0.0 taken, and good bye\r\n');
        return true;
      },
    ],
    [
      'ended with 421 on the next MAIL',
      (connection, verb, rest) => {
        if (verb !== 'MAIL' || connection.count !== 1 || !connection.from) return false;
        connection.socket.end(`421 4.4.2 too late ${rest.length}\r\n`);
        return true;
      },
    ],
    [
      'reset on the next MAIL',
      (connection, verb) => {
        if (verb !== 'MAIL' || connection.count !== 1 || !connection.from) return false;
        connection.socket.destroy();
        return true;
      },
    ],
    [
      'told to go with 421 while it waited',
      (connection, verb) => {
        if (verb !== '.' || connection.count !== 1) return false;
        connection.say('250 2.0.0 taken\r\n421 4.3.2 going down');
        return true;
      },
    ],
  ];
  for (const [name, script] of dying) {
    test(`${name}: the next mail goes over a new one, and that is no failed try`, async (t) => {
      const fake = await start(t, {
        ...(script === undefined ? {} : { script }),
        extensions: ['PIPELINING'],
      });
      assert.match(await send(fake.port, 'one@x.test'), /^accepted/);
      assert.match(await send(fake.port, 'two@x.test'), /^accepted 250 2\.0\.0 taken as fake-/);
      assert.equal(fake.mails.at(-1)?.connection, 2);
      assert.equal(fake.mails.filter((mail) => mail.to[0] === '<two@x.test>').length, 1);
    });
  }

  test('a new session that is refused so is a try', async (t) => {
    const fake = await start(t, {
      script: (connection, verb) => verb === 'MAIL' && (connection.say('421 4.7.0 too busy'), true),
    });
    assert.equal(await send(fake.port, 'one@x.test'), 'temporary 421 4.7.0 too busy');
    assert.equal(connections(fake), 1);
  });

  test('answers out of step end the session before they can be taken for another mail’s', async (t) => {
    const fake = await start(t, {
      script: (connection, verb) => {
        if (verb !== '.') return false;
        // One answer too many: for the next mail, each would be one too early.
        connection.say('250 2.0.0 taken\r\n250 2.0.0 and once more');
        return true;
      },
    });
    await send(fake.port, 'one@x.test');
    await send(fake.port, 'two@x.test');
    assert.equal(connections(fake), 2);
    const late = await start(t, {
      extensions: ['PIPELINING'],
      script: (connection, verb) => {
        if (verb !== 'MAIL' || connection.count !== 1) return false;
        connection.say('250 2.0.0 this was for nobody');
        return false;
      },
    });
    assert.match(await send(late.port, 'one@x.test'), /^temporary .*out of turn/);
    assert.equal(late.mails.length, 0);
    assert.match(await send(late.port, 'two@x.test'), /^accepted/);
  });

  test('accounts with the same login on the same host have sessions of their own', async (t) => {
    const fake = await start(t, { login: { user: 'me', password: 'secret' } });
    const login = { user: 'me', secret: 'secret', auth: 'plain' } as const;
    const hop = { port: fake.port, kind: 'smarthost', tls: 'none', login } as const;
    for (const account of ['acc_1', 'acc_2', 'acc_1', 'acc_2']) {
      const { state } = await transport.send(hop, { owner: { user: 'u', account } });
      assert.equal(state, 'accepted');
    }
    assert.deepEqual(
      fake.mails.map((mail) => mail.connection),
      [1, 2, 1, 2],
    );
    fake.mails.length = 0;
    transport.pool.closeWhere(({ account }) => account === 'acc_1');
    await transport.send(hop, { owner: { user: 'u', account: 'acc_1' } });
    await transport.send(hop, { owner: { user: 'u', account: 'acc_2' } });
    assert.deepEqual(
      fake.mails.map((mail) => mail.connection),
      [3, 2],
    );
  });

  test('a new password ends what the old one opened', async (t) => {
    const login = { user: 'me', password: 'old' };
    const fake = await start(t, { login });
    const sendWith = async (secret: string) => {
      const hop = { port: fake.port, kind: 'smarthost', tls: 'none' } as const;
      const owner = { user: 'u', account: 'acc_pw' };
      return await transport.send({ ...hop, login: { user: 'me', secret, auth: 'plain' } }, { owner });
    };
    assert.equal((await sendWith('old')).state, 'accepted');
    login.password = 'new';
    assert.equal((await sendWith('new')).state, 'accepted');
    assert.deepEqual(
      fake.mails.map((mail) => mail.connection),
      [1, 2],
    );
    assert.ok(fake.commands.includes('1 QUIT'));
  });

  test('all commands of a mail go at once where the host takes that', async (t) => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      let heard = '';
      socket.write('220 raw\r\n');
      socket.on('data', (chunk) => {
        heard += chunk.toString();
        if (heard.startsWith('EHLO') && heard.endsWith('\r\n')) socket.write('250-raw\r\n250 PIPELINING\r\n');
        // Nothing is answered before all is there.
        else if (heard.endsWith('DATA\r\n')) socket.write('250 a\r\n250 b\r\n354 c\r\n');
        else if (heard.endsWith('\r\n.\r\n')) socket.write('250 2.0.0 d\r\n');
        else return;
        heard = '';
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    assert.equal(await send(port, 'one@x.test'), 'accepted 250 2.0.0 d');
  });

  test('a slow host may take longer than it may be silent', async (t) => {
    const size = 24 << 20;
    const sockets: Socket[] = [];
    let heard = 0;
    const server = createServer((socket) => {
      sockets.push(socket);
      let inData = false;
      socket.write('220 slow\r\n');
      socket.on('data', (chunk) => {
        const text = chunk.toString('latin1');
        heard += chunk.length;
        if (inData && text.endsWith('\r\n.\r\n')) socket.write('250 2.0.0 at last\r\n');
        else if (!inData) {
          inData = text.startsWith('DATA');
          socket.write(inData ? '354 go\r\n' : '250 ok\r\n');
        } else {
          socket.pause();
          setTimeout(() => socket.resume(), 4);
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const { idle } = transport.options.timeouts;
    transport.options.timeouts.idle = 700;
    const body = Buffer.alloc(size, `${'x'.repeat(76)}\r\n`);
    const begun = performance.now();
    assert.equal(
      await send(port, 'one@x.test', { openBody: () => body, size }),
      'accepted 250 2.0.0 at last',
    );
    transport.options.timeouts.idle = idle;
    t.diagnostic(`${Math.round(performance.now() - begun)} ms`);
    assert.ok(heard > size);
  });

  test('a host that takes data for nobody gets a lone dot, and its answer is nobody’s', async (t) => {
    const fake = await start(t, {
      extensions: ['PIPELINING'],
      script: (connection, verb, rest) => {
        if (verb === 'RCPT' && rest.includes('gone')) connection.say('550 5.1.1 nobody');
        else if (verb === 'DATA' && connection.to.length === 0) connection.say('354 go on');
        else if (verb === '.' && connection.to.length === 0) connection.say('250 2.0.0 taken for nobody');
        else return false;
        return true;
      },
    });
    assert.equal(await send(fake.port, 'gone@x.test'), 'permanent 550 5.1.1 nobody');
    assert.match(await send(fake.port, 'one@x.test'), /^accepted 250 2\.0\.0 taken as fake-1/);
  });
});
