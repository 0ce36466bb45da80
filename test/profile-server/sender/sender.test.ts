import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { MINUTE } from '../../../common/time.ts';
import type { Notice } from '../../../profile-server/notice/claim-notices.ts';
import { onBothEngines } from '../engines.ts';
import { registerUser, sampleSettings, type TestUser } from '../sample.ts';
import { type EnrolledPart, refusal, type RunningServer, startServer } from '../start-server.ts';

onBothEngines('senders', (engine) => {
  let running: RunningServer;
  let home: EnrolledPart;
  let relay: EnrolledPart;
  let ana: TestUser;
  let admin: TestUser;
  let identity: string;
  before(async () => {
    const settings = { senders: 'verified' as const, noticeFrom: 'valija@mail.example' };
    running = await startServer({ database: engine.setting(), settings });
    home = await running.enrolHome();
    relay = await running.enrol('smtp-relay');
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    ana = await registerUser(running, 'ana');
    const secrets = { pop3Password: 'secret' };
    await ana.client.account.add.mutate({ settings: sampleSettings(), secrets });
    identity = (await ana.client.sender.list.query()).senders[0]!.identity;
  });
  after(async () => await running.stop());

  const authorise = async (from: string, user = ana.id) =>
    await relay.client.sender.authorise.query({ user, from });
  const claim = async (done: string[] = []): Promise<Notice[]> =>
    (await relay.client.notice.claim.mutate({ done, wait: false })).notices;
  const codeIn = (notice: Notice | undefined): string =>
    /^X-Valija-Sender-Code: (\d{8})\r$/m.exec(notice?.message ?? '')?.[1] ?? '';

  test('nothing leaves by our own way before the address is proven, and then it does', async () => {
    const before = await authorise('ana@example.org');
    assert.deepEqual(
      [before.allowed, before.reason, before.decidedBy],
      [false, 'sender-unverified', 'identity'],
    );
    assert.equal((await ana.client.sender.list.query()).senders[0]?.proof, 'needed');

    const waiting = relay.client.notice.claim.mutate({ done: [], wait: true });
    const sent = await ana.client.sender.sendCode.mutate({ identity });
    assert.equal(sent.sentTo, 'ana@example.org');
    const [notice] = (await waiting).notices;
    assert.ok(notice);
    assert.deepEqual(
      [notice.to, notice.from, notice.user, notice.home],
      ['ana@example.org', 'valija@mail.example', ana.id, home.id],
    );
    assert.deepEqual(await claim(), [], 'lent to one relay');
    running.clock.advance(3 * MINUTE);
    assert.equal((await claim())[0]?.id, notice.id, 'that relay never said that it keeps it');
    assert.deepEqual(await claim([notice.id]), []);
    running.clock.advance(3 * MINUTE);
    assert.deepEqual(await claim(), []);

    const wrong = await refusal(ana.client.sender.confirm.mutate({ identity, code: '0000 0000' }));
    assert.deepEqual([wrong.code, wrong.reason], ['invalid', 'sender-code']);
    await ana.client.sender.confirm.mutate({ identity, code: codeIn(notice) });
    const [state] = (await ana.client.sender.list.query()).senders;
    assert.deepEqual([state?.proof, state?.how, state?.codeSentAt], ['proven', 'code', null]);
    const after = await authorise('ANA@example.org');
    assert.deepEqual([after.allowed, after.send?.way, after.email], [true, 'relay', 'ana@example.org']);
    const again = await refusal(ana.client.sender.confirm.mutate({ identity, code: codeIn(notice) }));
    assert.equal(again.reason, 'sender-code-expired', 'a code counts once');
  });

  test('five wrong tries end a code, also for the right one; what another user proved proves nothing', async () => {
    const bea = await registerUser(running, 'bea');
    const secrets = { pop3Password: 'secret' };
    await bea.client.account.add.mutate({ settings: sampleSettings(), secrets });
    assert.equal((await authorise('ana@example.org', bea.id)).reason, 'sender-unverified');
    const own = (await bea.client.sender.list.query()).senders[0]!.identity;
    await bea.client.sender.sendCode.mutate({ identity: own });
    const [notice] = await claim();
    await Promise.allSettled(
      Array.from(
        { length: 5 },
        async () => await bea.client.sender.confirm.mutate({ identity: own, code: '1' }),
      ),
    );
    const late = await refusal(bea.client.sender.confirm.mutate({ identity: own, code: codeIn(notice) }));
    assert.equal(late.reason, 'sender-code-expired');
    await claim([notice!.id]);
    const soon = await refusal(bea.client.sender.sendCode.mutate({ identity: own }));
    assert.deepEqual([soon.code, soon.reason], ['too-soon', 'sender-code']);
    for (const _ of [1, 2]) {
      running.clock.advance(2 * MINUTE);
      await bea.client.sender.sendCode.mutate({ identity: own });
    }
    running.clock.advance(2 * MINUTE);
    const many = await refusal(bea.client.sender.sendCode.mutate({ identity: own }));
    assert.deepEqual([many.code, many.reason], ['too-many-tries', 'sender-codes']);
    const notices = await claim();
    assert.equal(notices.length, 1, 'the mail of a code that no longer counts is not sent');
    await home.client.sender.confirmArrived.mutate({ user: bea.id, identity: own, code: codeIn(notices[0]) });
    assert.equal((await bea.client.sender.list.query()).senders[0]?.how, 'mail');
  });

  test('own domains: for those named, or for everybody', async () => {
    assert.equal((await authorise('any@own.example')).reason, 'not-your-address');
    const added = await admin.client.domain.add.mutate({ domain: 'Own.example', users: ['Ana'] });
    assert.deepEqual(
      [added.domain, added.users, added.everybody],
      ['own.example', [{ id: ana.id, name: 'ana' }], false],
    );
    const mine = await authorise('any@own.example');
    assert.deepEqual(
      [mine.allowed, mine.decidedBy, mine.account, mine.send?.way],
      [true, 'domain', null, 'relay'],
    );
    assert.equal((await authorise('any@own.example', admin.id)).allowed, false);
    assert.equal((await authorise('any@sub.own.example')).allowed, false, 'a subdomain is another domain');
    await admin.client.domain.add.mutate({ domain: 'own.example', users: null });
    assert.equal((await authorise('any@own.example', admin.id)).allowed, true);
    const nobody = await refusal(admin.client.domain.add.mutate({ domain: 'own.example', users: ['none'] }));
    assert.deepEqual([nobody.code, nobody.reason], ['not-found', 'domain-user']);
    assert.deepEqual(await admin.client.domain.remove.mutate({ domain: 'own.example' }), {
      removed: 'own.example',
    });
    assert.equal((await authorise('any@own.example')).allowed, false);
    assert.deepEqual((await admin.client.domain.list.query()).domains, []);
    const gone = await refusal(admin.client.domain.remove.mutate({ domain: 'own.example' }));
    assert.equal(gone.code, 'not-found');
  });
});
