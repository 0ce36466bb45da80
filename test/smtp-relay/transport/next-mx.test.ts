import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { sendByHop } from '../../../smtp-relay/transport/send-by-hop.ts';
import type { Shipment } from '../../../smtp-relay/transport/shipment.ts';
import { hopOfMx } from '../../../smtp-relay/route/next-hop.ts';
import { startFakeSmtp, type FakeSmtp, type FakeSmtpOptions } from '../../fakes/smtp-server.ts';
import { LITTLE_MAIL, makeShipment, startTransport, type TestTransport } from '../../harness/transport.ts';

type Script = NonNullable<FakeSmtpOptions['script']>;

/** Of two hosts with one address: what the first does, known by its connection. */
const HOSTS = ['127.0.0.1', 'localhost'];
const onFirst =
  (verb: string, act: (connection: Parameters<Script>[0]) => void): Script =>
  (connection, heard) => {
    if (connection.count !== 1 || heard !== verb) return false;
    act(connection);
    return true;
  };
const saying = (line: string) => (connection: Parameters<Script>[0]) => connection.say(line);
const dropping = (connection: Parameters<Script>[0]): void => void connection.socket.destroy();
const silent = (connection: Parameters<Script>[0]): void => {
  connection.say = () => undefined;
};

describe('the next host of a domain', () => {
  let transport: TestTransport;
  before(async () => {
    transport = await startTransport({ dns: null, stsPort: 443 });
    transport.options.timeouts.idle = 1000;
  });
  after(async () => await transport?.stop());

  const start = async (t: TestContext, options: FakeSmtpOptions): Promise<FakeSmtp> => {
    const fake = await startFakeSmtp(options);
    t.after(async () => await fake.close());
    return fake;
  };
  const connections = (fake: FakeSmtp): number =>
    fake.commands.filter((line) => line.includes('EHLO')).length;
  const send = async (
    fake: FakeSmtp,
    change: Partial<Shipment> = {},
    signal = AbortSignal.timeout(20_000),
  ) => {
    const shipment = makeShipment(change);
    const hop = { ...hopOfMx(HOSTS, fake.port), tls: 'none' } as const;
    const results = await sendByHop(hop, shipment, transport.options, signal);
    return [...results].map(([to, { state, host, code }]) => [to.split('@')[0], state, host, code].join(' '));
  };

  const large = Buffer.concat([LITTLE_MAIL, Buffer.alloc(8 << 20, `${'x'.repeat(76)}\r\n`)]);
  const inData: Script = (connection, heard) => {
    if (connection.count !== 1 || heard !== 'DATA') return false;
    connection.say('354 go on');
    connection.socket.removeAllListeners('data');
    connection.socket.once('data', () => connection.socket.destroy());
    return true;
  };
  const goOn: [string, Script, Partial<Shipment>][] = [
    ['451 to MAIL', onFirst('MAIL', saying('451 4.3.0 queue broken')), {}],
    ['421 to MAIL', onFirst('MAIL', saying('421 4.3.2 going down')), {}],
    ['421 to RCPT', onFirst('RCPT', saying('421 4.3.2 going down')), {}],
    ['421 to DATA', onFirst('DATA', saying('421 4.3.2 going down')), {}],
    ['a drop at MAIL', onFirst('MAIL', dropping), {}],
    ['silence at RCPT', onFirst('RCPT', silent), {}],
    ['a drop in the middle of the data', inData, { openBody: () => large, size: large.length }],
  ];
  for (const extensions of [['8BITMIME'], ['PIPELINING']]) {
    for (const [name, script, change] of goOn) {
      test(`takes the mail after ${name} (${extensions.join()})`, async (t) => {
        const fake = await start(t, { script, extensions });
        assert.deepEqual(await send(fake, change), ['bob accepted localhost 250']);
        assert.equal(fake.mails.length, 1);
      });
    }
  }

  const stay: [string, Script, string][] = [
    ['450 to RCPT (greylisting)', onFirst('RCPT', saying('450 4.7.1 later')), 'bob temporary 127.0.0.1 450'],
    ['550 to MAIL', onFirst('MAIL', saying('550 5.7.1 not you')), 'bob permanent 127.0.0.1 550'],
    ['451 to DATA', onFirst('DATA', saying('451 4.3.0 later')), 'bob temporary 127.0.0.1 451'],
    ['451 to the final dot', onFirst('.', saying('451 4.3.0 later')), 'bob temporary 127.0.0.1 451'],
    ['421 to the final dot', onFirst('.', saying('421 4.3.0 later')), 'bob temporary 127.0.0.1 421'],
    ['a drop behind the final dot', onFirst('.', dropping), 'bob temporary 127.0.0.1 '],
    ['silence behind the final dot', onFirst('.', silent), 'bob temporary 127.0.0.1 '],
  ];
  for (const [name, script, expected] of stay) {
    test(`is not asked after ${name}`, async (t) => {
      const fake = await start(t, { script });
      assert.deepEqual(await send(fake), [expected]);
      assert.equal(connections(fake), 1);
    });
  }

  test('gets only those recipients whose host had no time', async (t) => {
    const fake = await start(t, {
      script: (connection, verb, rest) => {
        if (connection.count !== 1 || verb !== 'RCPT') return false;
        if (rest.includes('gone')) connection.say('550 5.1.1 nobody');
        else if (rest.includes('grey')) connection.say('450 4.7.1 later');
        else if (rest.includes('last')) connection.say('421 4.3.2 enough');
        else return false;
        return true;
      },
    });
    const to = ['gone', 'grey', 'first', 'last', 'never'].map((name) => `${name}@x.test`);
    assert.deepEqual(await send(fake, { to }), [
      'gone permanent 127.0.0.1 550',
      'grey temporary 127.0.0.1 450',
      'first accepted localhost 250',
      'last accepted localhost 250',
      'never accepted localhost 250',
    ]);
    assert.deepEqual(
      fake.mails.map((mail) => mail.to),
      [['<first@x.test>', '<last@x.test>', '<never@x.test>']],
    );
  });

  test('that fails too: what is told is what one of them said', async (t) => {
    const both = await start(t, {
      script: (connection, verb) => {
        if (verb !== 'MAIL') return false;
        if (connection.count === 1) connection.say('451 4.3.0 broken');
        else connection.socket.destroy();
        return true;
      },
    });
    assert.deepEqual(await send(both), ['bob temporary 127.0.0.1 451']);
    const away = await start(t, {
      script: (connection, verb) => {
        if (connection.count === 1) return verb === 'MAIL' && (connection.say('451 4.3.0 broken'), true);
        connection.socket.destroy();
        return true;
      },
    });
    assert.deepEqual(await send(away), ['bob temporary 127.0.0.1 451']);
  });

  test('is left when we stop: who is decided is told, who waits for it was not tried', async (t) => {
    const stopping = new AbortController();
    const script: Script = (connection, verb, rest) => {
      if (connection.count === 2 && verb === 'CONNECT') stopping.abort();
      if (connection.count !== 1 || verb !== 'RCPT') return false;
      connection.say(rest.includes('gone') ? '550 5.1.1 nobody' : '421 4.3.2 enough');
      return true;
    };
    const to = ['gone@x.test', 'bob@x.test'];
    const fake = await start(t, { script });
    assert.deepEqual(await send(fake, { to }, stopping.signal), ['gone permanent 127.0.0.1 550']);
    const stopped = new AbortController();
    const alone = await start(t, {
      script: (connection, verb) => {
        if (connection.count === 2 && verb === 'CONNECT') stopped.abort();
        return connection.count === 1 && verb === 'MAIL' && (connection.say('421 4.3.2 enough'), true);
      },
    });
    await assert.rejects(send(alone, {}, stopped.signal), { stopped: true });
  });
});
