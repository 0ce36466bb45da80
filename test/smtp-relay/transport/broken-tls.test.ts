import assert from 'node:assert/strict';
import { after, before, describe, test, type TestContext } from 'node:test';
import { startFakeSmtp, type FakeSmtp, type FakeSmtpOptions } from '../../fakes/smtp-server.ts';
import { startTransport, type TestTransport } from '../../harness/transport.ts';

type Script = NonNullable<FakeSmtpOptions['script']>;

/** How a host offers STARTTLS, and what becomes of it. */
const offering: Script = (connection, verb) =>
  verb === 'EHLO' && (connection.say('250-fake\r\n250-REQUIRETLS\r\n250 STARTTLS'), true);
const answering =
  (reply: string): Script =>
  (connection, verb) =>
    verb === 'STARTTLS' && (connection.say(reply), true);
const losing: Script = (connection, verb) => {
  if (verb !== 'STARTTLS') return false;
  connection.say('220 go ahead');
  connection.socket.once('data', () => connection.socket.destroy());
  return true;
};
const babbling: Script = (connection, verb) => {
  if (verb !== 'STARTTLS') return false;
  connection.say('220 go ahead');
  connection.socket.once('data', () => connection.socket.write('this is not TLS\r\n'));
  return true;
};
const demanding: Script = (connection, verb) =>
  verb === 'MAIL' && (connection.say('530 5.7.0 Must issue a STARTTLS command first'), true);

describe('STARTTLS that comes to nothing', () => {
  let transport: TestTransport;
  before(async () => {
    transport = await startTransport({ dns: null, stsPort: 443 });
  });
  after(async () => await transport?.stop());

  const start = async (t: TestContext, scripts: Script[]): Promise<FakeSmtp> => {
    const fake = await startFakeSmtp({
      script: (connection, verb, rest) => scripts.some((script) => script(connection, verb, rest)),
    });
    t.after(async () => await fake.close());
    return fake;
  };

  const ways: [string, Script][] = [
    ['refused for now', answering('454 4.7.0 TLS not available due to temporary reason')],
    ['refused for good', answering('502 5.5.1 not here')],
    ['a connection lost in the handshake', losing],
    ['an answer that is no TLS', babbling],
  ];
  for (const [name, script] of ways) {
    test(`${name}, where nothing is taken in the clear: the TLS is what failed, and it may pass`, async (t) => {
      const fake = await start(t, [offering, script, demanding]);
      const { state, reason, enhanced } = await transport.send({ port: fake.port, hosts: ['localhost'] });
      assert.deepEqual([state, reason, enhanced?.[0]], ['temporary', 'tls', '4']);
      assert.equal(
        fake.commands.filter((line) => line.includes('MAIL')).length,
        1,
        'it was tried in the clear',
      );
    });
  }

  test('a host that demands TLS and never offered it refuses for good', async (t) => {
    const fake = await start(t, [demanding]);
    const { state, reason } = await transport.send({ port: fake.port, hosts: ['localhost'] });
    assert.deepEqual([state, reason], ['permanent', 'tls/required']);
  });

  const required: [string, Script[], string][] = [
    ['refused for now', [offering, answering('454 4.7.0 not now')], 'temporary tls'],
    ['a connection lost in the handshake', [offering, losing], 'temporary tls'],
    ['an answer that is no TLS', [offering, babbling], 'temporary tls'],
    ['refused for good', [offering, answering('502 5.5.1 not here')], 'permanent tls/requiretls'],
    ['not offered', [answering('454 4.7.0 not now')], 'permanent tls/requiretls'],
  ];
  for (const [name, scripts, expected] of required) {
    test(`REQUIRETLS, ${name}: ${expected}`, async (t) => {
      const fake = await start(t, scripts);
      const hop = { port: fake.port, hosts: ['localhost'] };
      const { state, reason } = await transport.send(hop, { requireTls: true });
      assert.equal(`${state} ${reason}`, expected);
      assert.ok(!fake.commands.some((line) => line.includes('MAIL')), 'nothing of the mail was said');
    });
  }
});
