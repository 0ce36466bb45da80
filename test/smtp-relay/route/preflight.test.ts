import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { SmtpSettings } from '../../../common/shapes/account.ts';
import { writeDkimRecord } from '../../../smtp-relay/dkim/dkim-record.ts';
import type { RelayRouter } from '../../../smtp-relay/router.ts';
import type { SmtpRelay } from '../../../smtp-relay/server.ts';
import { missingComponent } from '../../harness/component.ts';
import { makeUserClient, sendMail, startRelayWorld, type RelayWorld } from '../../harness/relay.ts';
import { startUnbound, type Unbound } from '../../harness/unbound.ts';
import { expectSession } from '../../harness/expect-session.ts';

const LEAVES_FROM = '192.0.2.10';
const smarthost = (host: string): SmtpSettings => ({
  host,
  port: 465,
  tls: 'implicit',
  user: null,
  auth: 'none',
});

describe('before sending', { skip: missingComponent('unbound') }, () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const record = writeDkimRecord({ domain: 'signed.test', selector: 's1', privateKey: pem });
  const unpublished = writeDkimRecord({ domain: 'unpublished.test', selector: 's1', privateKey: pem });
  let dns: Unbound;
  let world: RelayWorld;
  let relay: SmtpRelay;

  before(async () => {
    const strict = ['signed', 'unpublished', 'covered', 'closed', 'hosted', 'named', 'own', 'mailbox'];
    dns = await startUnbound([
      ...strict.map((name) => `_dmarc.${name}.test. TXT "v=DMARC1; p=reject"`),
      ...strict.map((name) => `${name}.test. MX 10 mx.${name}.test.`),
      '_dmarc.watched.test. TXT "v=DMARC1; p=none"',
      `s1._domainkey.signed.test. TXT "${record.value}"`,
      's1._domainkey.unpublished.test. TXT "v=DKIM1; k=ed25519; p=AAAA"',
      `covered.test. TXT "v=spf1 include:_spf.covered.test -all"`,
      `_spf.covered.test. TXT "v=spf1 ip4:${LEAVES_FROM}/32 ~all"`,
      'closed.test. TXT "v=spf1 ip4:203.0.113.0/24 -all"',
      'hosted.test. MX 5 mx1.provider.test.',
      'smtp.provider.test. A 198.51.100.7',
      'named.test. TXT "v=spf1 a:smtp.provider.test -all"',
      'good.test. MX 10 mx.good.test.',
      'nomail.test. MX 0 .',
      'bare.test. A 127.0.0.1',
    ]);
    world = await startRelayWorld({
      DNS: `127.0.0.1:${dns.port}`,
      RELAY_ADDRESSES: LEAVES_FROM,
    });
    const folder = join(world.dataDir, 'smtp-relay', 'dkim');
    mkdirSync(folder, { recursive: true });
    for (const domain of ['signed.test', 'unpublished.test']) {
      writeFileSync(join(folder, `${domain}.s1.pem`), pem);
    }
    relay = await world.startRelay();
    for (const domain of ['signed', 'unpublished', 'covered', 'closed', 'watched', 'open']) {
      await world.addAccount(`alice@${domain}.test`);
    }
    await world.addAccount('alice@mailbox.test', smarthost('smtp.provider.test'));
    await addIdentity('alice@mailbox.test', ['hosted', 'named', 'closed2', 'own']);
  });
  after(async () => {
    await relay?.stop();
    await world?.stop();
    await dns?.stop();
  });

  /** Further addresses of that account. */
  async function addIdentity(email: string, names: readonly string[]): Promise<void> {
    const user = await world.asUser();
    const { accounts } = await user.account.list.query();
    const account = accounts.find((one) => one.email === email)!.id;
    for (const name of names) {
      const address = `info@${name}.test`;
      const value = { account, name: null, address, replyTo: null, signature: null };
      await user.profile.change.mutate({ part: 'identities', id: null, base: null, value });
    }
  }
  async function askAsAdmin(domains: string[]) {
    const setupCode = world.profile.setupCode() ?? '';
    const admin = { name: 'admin', password: 'a long enough password 1', setupCode };
    const { tokens } = await expectSession(
      makeUserClient(world.profile.url, null).session.register.mutate(admin),
    );
    const headers = { authorization: `Bearer ${tokens.relay}` };
    const links = [httpLink({ url: new URL('/trpc', relay.url).href, headers })];
    return await createTRPCClient<RelayRouter>({ links }).route.domains.query({ domains });
  }
  const check = async (from: string, to: string[] = ['b@good.test']) =>
    (await world.asHome(relay).route.check.query({ user: world.user, from, to })).problems;

  /** From → severity and what is said; null: nothing is wrong. */
  const SENDERS: [string, [string, string] | null][] = [
    ['alice@signed.test', null],
    ['alice@covered.test', null],
    ['alice@open.test', null],
    ['alice@watched.test', ['warn', 'dmarc-unaligned']],
    ['alice@closed.test', ['refuse', 'dmarc-own-smarthost']],
    ['alice@unpublished.test', ['refuse', 'dmarc-publish-dkim']],
    ['alice@mailbox.test', null],
    ['info@hosted.test', null],
    ['info@named.test', null],
    ['info@closed2.test', ['warn', 'smarthost-other-domain']],
    ['info@own.test', ['refuse', 'dmarc-other-account']],
    ['nobody@signed.test', ['refuse', 'not-your-address']],
  ];
  for (const [from, expected] of SENDERS) {
    test(`${from}: ${String(expected)}`, async () => {
      const [problem] = await check(from);
      assert.deepEqual(problem ? [problem.severity, problem.remedy ?? problem.reason] : null, expected);
      assert.ok(problem === undefined || (problem.code === 'route-refused' && problem.address === null));
    });
  }

  test('the remedy names the very record', async () => {
    const [problem] = await check('alice@unpublished.test');
    assert.deepEqual(
      [problem?.params['name'], problem?.params['value']],
      [unpublished.name, unpublished.value],
    );
  });

  test('recipients that will fail for good', async () => {
    const to = [
      'b@good.test',
      'c@nomail.test',
      'd@none.test',
      'e@bare.test',
      'c2@NOMAIL.test',
      'x@[127.0.0.1]',
    ];
    const problems = await check('alice@signed.test', to);
    assert.deepEqual(
      problems.map(({ code, address, reason, severity }) => [code, address, reason, severity]),
      [
        ['recipient-refused', 'c@nomail.test', 'null-mx', 'refuse'],
        ['recipient-refused', 'c2@NOMAIL.test', 'null-mx', 'refuse'],
        ['recipient-refused', 'd@none.test', 'no-such-domain', 'refuse'],
      ],
    );
    const warned = await check('alice@mailbox.test', ['d@none.test']);
    assert.equal(warned[0]?.severity, 'warn', 'the smarthost may know other names');
  });

  test('what DMARC would refuse is refused before 250, never after it', async () => {
    const dialog = await world.signIn(relay);
    const refused = await sendMail(dialog, { from: 'alice@closed.test', to: ['b@good.test'] });
    assert.match(refused, /^550 5\.7\.1 .*dmarc-own-smarthost/);
    // The envelope's sender is what SPF is about: from another domain it vouches for nothing.
    const message = 'From: alice@covered.test\r\nTo: b@good.test\r\n\r\nHello\r\n';
    const crossed = await sendMail(dialog, { from: 'alice@open.test', to: ['b@good.test'], message });
    assert.match(crossed, /^550 5\.7\.1 /);
    assert.match(await sendMail(dialog, { from: 'alice@covered.test', to: ['b@good.test'] }), /^250 /);
    dialog.close();
  });

  test('administrators see what vouches for own domains', async () => {
    const { domains } = await askAsAdmin(['signed.test', 'unpublished.test', 'closed.test']);
    assert.deepEqual(
      domains.map(({ dkim, policy }) => [dkim[0]?.state ?? null, dkim[0]?.name ?? null, policy]),
      [
        ['published', record.name, 'reject'],
        ['other', unpublished.name, 'reject'],
        [null, null, 'reject'],
      ],
    );
  });

  test('explain says what would happen, why, and what helps', async () => {
    const explain = async (from: string, to = 'b@good.test') =>
      await world.asHome(relay).route.explain.query({ user: world.user, from, to });
    assert.deepEqual(await explain('alice@signed.test'), {
      from: 'alice@signed.test',
      to: 'b@good.test',
      allowed: true,
      reason: null,
      remedy: null,
      params: { from: 'alice@signed.test' },
      route: { kind: 'mx', host: 'mx.good.test', port: 25, tls: 'opportunistic', auth: null },
      dkim: { domain: 'signed.test', selector: 's1', state: 'published' },
      dmarc: { domain: 'signed.test', policy: 'reject', aligned: 'dkim' },
      tlsPolicy: 'opportunistic',
      decidedBy: 'identity',
    });
    assert.equal((await explain('alice@unpublished.test')).dkim?.state, 'other');
    const refused = await explain('alice@closed.test');
    assert.deepEqual(
      [refused.allowed, refused.reason, refused.remedy, refused.dmarc?.aligned],
      [false, 'dmarc-would-fail', 'dmarc-own-smarthost', null],
    );
    const through = await explain('info@own.test');
    assert.deepEqual(
      [through.allowed, through.remedy, through.route?.host, through.params['host']],
      [false, 'dmarc-other-account', 'smtp.provider.test', 'smtp.provider.test'],
    );
    const nowhere = await explain('alice@signed.test', 'b@nomail.test');
    assert.deepEqual([nowhere.allowed, nowhere.reason, nowhere.remedy], [false, 'null-mx', null]);
  });
});

test('DNS that never answers refuses nobody', async (t) => {
  const silent = createSocket('udp4');
  await new Promise<void>((resolve) => silent.bind(0, '127.0.0.1', resolve));
  const world = await startRelayWorld({ DNS: `127.0.0.1:${silent.address().port}` });
  const relay = await world.startRelay();
  t.after(async () => {
    await relay.stop();
    await world.stop();
    silent.close();
  });
  await world.addAccount('alice@own.test');
  const question = { user: world.user, from: 'alice@own.test', to: ['b@x.test'] };
  assert.deepEqual(await world.asHome(relay).route.check.query(question), { problems: [] });
});
