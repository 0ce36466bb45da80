import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RecipientStatus } from '../../common/shapes/status.ts';
import type { SmtpRelay } from '../../smtp-relay/server.ts';
import { startFakeSmtp, type FakeSmtp } from '../fakes/smtp-server.ts';
import { makeSelfSigned } from '../harness/certificate.ts';
import { missingComponent } from '../harness/component.ts';
import { sendMail, startRelayWorld, takeResults, type RelayWorld } from '../harness/relay.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { startUnbound, type Unbound } from '../harness/unbound.ts';

const FROM = 'alice@own.test';

describe('by MX', { skip: missingComponent('unbound', 'openssl') }, () => {
  const directory = makeTempDir('mx');
  let dns: Unbound;
  let host: FakeSmtp;
  let world: RelayWorld;
  let relay: SmtpRelay;
  let taken = 0;
  let breakTls = false;

  before(async () => {
    host = await startFakeSmtp({
      certificate: makeSelfSigned(directory.path, ['mx.test']),
      script: (connection, verb) => {
        if (verb !== 'STARTTLS' || !breakTls) return false;
        connection.say('220 go ahead');
        connection.socket.write('this is not TLS\r\n');
        return true;
      },
    });
    dns = await startUnbound([
      'good.test. MX 10 mx.test.',
      'mx.test. A 127.0.0.1',
      // A name of its own: no session to it is open yet.
      'breaks.test. MX 10 mx-breaks.test.',
      'mx-breaks.test. A 127.0.0.1',
      // The best host has nothing listening on the port: the second takes it.
      'second.test. MX 5 dead.test.',
      'second.test. MX 10 mx.test.',
      'dead.test. A 127.0.0.9',
      'unknown-host.test. MX 5 nowhere.test.',
      'unknown-host.test. MX 10 mx.test.',
      'all-unknown.test. MX 5 nowhere.test.',
      'implicit.test. A 127.0.0.1',
      'null.test. MX 0 .',
      'nothing.test. TXT "no mail here"',
      'loop.test. MX 10 relay.own.test.',
      'relay.own.test. A 127.0.0.1',
      'private.test. MX 10 inside.test.',
      'inside.test. A 10.0.0.1',
      'mixed.test. MX 10 rebind.test.',
      'rebind.test. A 127.0.0.1',
      'rebind.test. A 169.254.169.254',
      'xn--bcher-kva.test. MX 10 mx.test.',
    ]);
    world = await startRelayWorld({
      DNS: `127.0.0.1:${dns.port}`,
      MX_PORT: String(host.port),
      RELAY_URL: 'https://relay.own.test',
    });
    relay = await world.startRelay();
    await world.addAccount(FROM);
  });
  after(async () => {
    await relay?.stop();
    await world?.stop();
    await dns?.stop();
    await host?.close();
    directory.remove();
  });

  const api = () => world.asHome({ url: `http://127.0.0.1:${relay.port}`, partId: relay.partId });
  const send = async (to: string): Promise<RecipientStatus> => {
    const dialog = await world.signIn(relay);
    assert.match(await sendMail(dialog, { from: FROM, to: [to], key: to.replace(/\W/g, '-') }), /^250/);
    dialog.close();
    const results = await takeResults(api(), (found) => found.length > 0, taken);
    taken = results.at(-1)?.seq ?? taken;
    const [first] = results;
    assert.ok(first?.kind === 'recipient');
    return first.recipient;
  };

  const cases: [string, Partial<RecipientStatus>][] = [
    ['bob@good.test', { state: 'accepted', host: 'mx.test', tls: 'TLSv1.3', route: 'relay' }],
    ['bob@second.test', { state: 'accepted', host: 'mx.test' }],
    ['bob@unknown-host.test', { state: 'accepted', host: 'mx.test' }],
    ['bob@implicit.test', { state: 'accepted', host: 'implicit.test' }],
    ['bob@[127.0.0.1]', { state: 'accepted', host: '127.0.0.1' }],
    ['bob@bücher.test', { state: 'accepted', host: 'mx.test' }],
    ['bob@null.test', { state: 'failed', reason: 'recipient-refused/null-mx', enhanced: '5.1.10' }],
    ['bob@gone.test', { state: 'failed', reason: 'recipient-refused/no-such-domain', enhanced: '5.1.2' }],
    ['bob@loop.test', { state: 'failed', reason: 'recipient-refused/mail-loop', enhanced: '5.4.6' }],
    ['bob@private.test', { state: 'failed', reason: 'host-not-allowed', enhanced: '5.4.4' }],
    ['bob@mixed.test', { state: 'failed', reason: 'host-not-allowed', enhanced: '5.4.4' }],
    ['bob@nothing.test', { state: 'failed', reason: 'dns/unknown-host', enhanced: '5.4.4' }],
    ['bob@all-unknown.test', { state: 'failed', reason: 'dns/unknown-host', enhanced: '5.4.4' }],
  ];
  for (const [to, expected] of cases) {
    test(`${to}: ${expected.state} ${expected.reason ?? ''}`, async () => {
      const status = await send(to);
      const found = Object.fromEntries(
        Object.keys(expected).map((name) => [name, status[name as keyof RecipientStatus]]),
      );
      assert.deepEqual(found, expected);
    });
  }

  test('TLS that breaks is given up rather than the mail', async () => {
    breakTls = true;
    const status = await send('carol@breaks.test');
    breakTls = false;
    assert.deepEqual([status.state, status.tls], ['accepted', null]);
  });

  test('route explain says the same without sending', async () => {
    const before = host.commands.length;
    const explain = async (to: string, from = FROM) =>
      await api().route.explain.query({ from, to, user: world.user });
    const second = await explain('bob@second.test');
    assert.deepEqual(
      [second.allowed, second.reason, second.route, second.dkim, second.tlsPolicy],
      [
        true,
        null,
        { kind: 'mx', host: 'dead.test', port: host.port, tls: 'opportunistic', auth: null },
        null,
        'opportunistic',
      ],
    );
    assert.deepEqual(
      [(await explain('bob@null.test')).allowed, (await explain('bob@null.test')).reason],
      [false, 'null-mx'],
    );
    const foreign = await explain('bob@good.test', 'eve@own.test');
    assert.deepEqual([foreign.allowed, foreign.reason, foreign.route], [false, 'not-your-address', null]);
    assert.equal(host.commands.length, before);
  });

  test('the relay names itself by its public address only', () => {
    assert.ok(host.commands.some((line) => line.endsWith('EHLO relay.own.test')));
    assert.match(host.mails[0]?.raw.toString() ?? '', /^Received: by relay\.own\.test \(Valija\)/);
  });
});
