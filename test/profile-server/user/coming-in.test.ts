import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DAY } from '../../../common/time.ts';
import { expectSession } from '../../harness/expect-session.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { PASSWORD, registerUser, type TestUser } from '../sample.ts';
import { type EnrolledPart, refusal, type RunningServer, startServer } from '../start-server.ts';

const NEW_PASSWORD = 'quite another horse battery';

async function reasonOf(call: Promise<unknown>): Promise<string> {
  const { code, reason } = await refusal(call);
  return reason === null ? code : `${code}/${reason}`;
}

for (const engine of ENGINES) {
  describe(`coming in (${engine})`, { skip: missingEngine(engine) }, () => {
    let database: TestEngine;
    let running: RunningServer;
    let relay: EnrolledPart;
    let admin: TestUser;
    let second: TestUser;
    before(async () => {
      database = await startEngine(engine);
      running = await startServer({ database: database.setting() });
      await running.enrolHome();
      relay = await running.enrol('smtp-relay');
      admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
      second = await registerUser(running, 'second');
      await admin.client.user.setAdmin.mutate({ id: second.id, admin: true });
    });
    after(async () => {
      await running.stop();
      await database.stop();
    });
    const nobody = () => running.client();
    const signIn = async (name: string, password: string) =>
      await nobody().session.signIn.mutate({ name, password });
    /** What the mails for this address say, decoded. */
    const readMails = async (to: string, wait = false): Promise<string[]> => {
      const { notices } = await relay.client.notice.claim.mutate({ done: [], wait });
      await relay.client.notice.claim.mutate({ done: notices.map(({ id }) => id), wait: false });
      return notices
        .filter((notice) => notice.to === to)
        .map(({ message }) =>
          Buffer.from(message.slice(message.indexOf('\r\n\r\n')), 'base64').toString('utf8'),
        );
    };
    const proveSecondAddress = async (user: TestUser, address: string): Promise<void> => {
      await user.client.session.changeSecondAddress.mutate({ address, password: PASSWORD });
      const [mail] = await readMails(address);
      const code = /\d{4} \d{4}/.exec(mail ?? '')?.[0] ?? '';
      await user.client.session.proveSecondAddress.mutate({ address, code });
    };

    test('an invitation lets in whom it is for, once, by exactly that name', async () => {
      const { user, code } = await admin.client.user.add.mutate({ name: 'Zoe', how: 'invite' });
      const invite = code ?? '';
      assert.equal((await admin.client.user.show.query({ id: user.id })).state, 'invited');
      const enter = async (name: string) =>
        await expectSession(nobody().session.register.mutate({ name, password: PASSWORD, invite }));
      assert.equal(await reasonOf(enter('somebody')), 'invalid/invite-name');
      assert.equal(await reasonOf(signIn('zoe', PASSWORD)), 'sign-in-failed');
      const entered = await enter('zoe');
      assert.deepEqual([entered.user.id, entered.user.name], [user.id, 'Zoe']);
      assert.equal(await reasonOf(enter('zoe')), 'name-taken');
      assert.equal((await admin.client.user.show.query({ id: user.id })).state, 'active');
      assert.equal(await reasonOf(admin.client.user.invite.mutate({ id: user.id })), 'conflict/not-invited');
    });

    test('whoever comes in by invitation sets up the second factor that a policy demands before there is a session', async () => {
      const { group } = await admin.client.group.add.mutate({ name: 'Guarded' });
      await admin.client.policy.set.mutate({
        of: group.id,
        base: 0,
        settings: { secondFactor: 'required' },
      });
      const { user, code } = await admin.client.user.add.mutate({
        name: 'vera',
        group: group.id,
        how: 'invite',
      });
      const entered = await nobody().session.register.mutate({
        name: 'vera',
        password: PASSWORD,
        invite: code ?? '',
      });
      assert.ok('step' in entered && entered.step === 'set-up-factor');
      const shown = await admin.client.user.show.query({ id: user.id });
      assert.deepEqual([shown.state, shown.sessions], ['active', 0]);
    });

    test('a new invitation ends the one before', async () => {
      const { user, code } = await admin.client.user.add.mutate({ name: 'yan', how: 'invite' });
      const again = await admin.client.user.invite.mutate({ id: user.id });
      const enter = async (invite: string) =>
        await expectSession(nobody().session.register.mutate({ name: 'yan', password: PASSWORD, invite }));
      // Where registering is open an unknown code asks nothing, but the name is taken.
      assert.equal(await reasonOf(enter(code ?? '')), 'name-taken');
      assert.equal((await enter(again.code)).user.id, user.id);
    });

    test('a first password is good before it is hashed and after, and only for choosing another', async () => {
      const csv = 'name,initial_password\nxavi,first-password\nwalt,first-password\n';
      const { done, codes } = await admin.client.user.import.mutate({ csv, dryRun: false });
      assert.deepEqual([done, codes], [true, []]);
      assert.equal(await reasonOf(signIn('xavi', 'wrong-password')), 'sign-in-failed');
      const step = await signIn('xavi', 'first-password');
      assert.ok('step' in step && step.step === 'change-password' && step.reason === 'first');
      await running.restart();
      const { ticket } = step;
      const after = await signIn('walt', 'first-password');
      assert.ok('step' in after && after.step === 'change-password');
      const changed = await nobody().session.answer.mutate({
        ticket: after.ticket,
        newPassword: NEW_PASSWORD,
      });
      assert.ok(!('step' in changed) && changed.user.name === 'walt');
      assert.ok(!('step' in (await signIn('walt', NEW_PASSWORD))));
      assert.ok(ticket !== after.ticket);
    });

    test('a reset by hand: sessions end, the code counts once, the user is told', async () => {
      const ana = await registerUser(running, 'ana');
      const { code, needsApproval } = await admin.client.user.reset.mutate({ id: ana.id, how: 'hand' });
      assert.equal(needsApproval, false);
      assert.equal(await reasonOf(ana.client.session.whoami.query()), 'not-signed-in/session-ended');
      const redeem = async (given: string, newPassword = NEW_PASSWORD) =>
        await nobody().session.redeem.mutate({ name: 'ANA', code: given, newPassword });
      assert.equal(await reasonOf(redeem(`${code}x`)), 'sign-in-failed/reset-code');
      assert.equal(await reasonOf(redeem(code ?? '', 'short')), 'invalid/password-short');
      const redeemed = await redeem(code ?? '');
      assert.ok(!('step' in redeemed));
      assert.equal(await reasonOf(redeem(code ?? '')), 'sign-in-failed/reset-code');
      assert.equal(await reasonOf(signIn('ana', PASSWORD)), 'sign-in-failed');
      const { notes } = await running.client(redeemed.tokens.profile).session.securityNotes.query();
      const told = notes.map(({ what, byAdmin }) => [what, byAdmin]);
      assert.ok(told.some(([what, by]) => what === 'reset-made' && by === 'admin'));
      assert.ok(told.some(([what]) => what === 'reset-used'));
    });

    test('where two are wanted, the code counts only when another admin agreed', async () => {
      const carl = await registerUser(running, 'carl');
      await admin.client.policy.set.mutate({
        of: 'organisation',
        base: 0,
        settings: { resetNeedsTwo: true },
      });
      const { code, needsApproval } = await admin.client.user.reset.mutate({ id: carl.id, how: 'hand' });
      assert.equal(needsApproval, true);
      const redeem = async () =>
        await nobody().session.redeem.mutate({ name: 'carl', code: code ?? '', newPassword: NEW_PASSWORD });
      assert.equal(await reasonOf(redeem()), 'sign-in-failed/reset-code');
      await carl.client.session.whoami.query();
      const approve = async (by: TestUser) => await by.client.user.approveReset.mutate({ id: carl.id });
      assert.equal(await reasonOf(approve(admin)), 'forbidden/second-admin');
      const { resets } = await second.client.user.resets.query();
      assert.deepEqual(
        resets.map(({ user, by }) => [user.name, by]),
        [['carl', 'admin']],
      );
      await approve(second);
      assert.equal(await reasonOf(approve(second)), 'conflict/no-reset');
      assert.ok(!('step' in (await redeem())));
      await admin.client.policy.set.mutate({ of: 'organisation', base: 1, settings: {} });
    });

    test('a proven second address gets codes: from an admin, and for who forgot', async () => {
      const dora = await registerUser(running, 'dora');
      const byMail = async () => await admin.client.user.reset.mutate({ id: dora.id, how: 'mail' });
      assert.equal(await reasonOf(byMail()), 'invalid/no-second-address');
      await admin.client.user.edit.mutate({ id: dora.id, email: 'admins@example.org' });
      assert.equal(
        await reasonOf(byMail()),
        'invalid/no-second-address',
        'an admin’s own word proves nothing',
      );
      await proveSecondAddress(dora, 'dora@example.net');
      assert.equal(
        await reasonOf(admin.client.user.edit.mutate({ id: dora.id, email: 'admins@example.org' })),
        'forbidden/proven-address',
      );
      assert.deepEqual(await nobody().session.forgot.mutate({ name: 'nobody-at-all' }), {});
      assert.deepEqual(await nobody().session.forgot.mutate({ name: 'dora' }), {});
      const mails = await readMails('dora@example.net', true);
      const code = /^ {4}(\S+)$/m.exec(mails[0] ?? '')?.[1] ?? '';
      await dora.client.session.whoami.query();
      const redeemed = await nobody().session.redeem.mutate({
        name: 'dora',
        code,
        newPassword: NEW_PASSWORD,
      });
      assert.ok(!('step' in redeemed));
      assert.equal(await reasonOf(dora.client.session.whoami.query()), 'not-signed-in/session-ended');
      await byMail();
      assert.equal((await readMails('dora@example.net')).length, 1);
    });

    test('a code for a sender’s address proves no second address', async () => {
      const eva = await registerUser(running, 'eva');
      await eva.client.session.changeSecondAddress.mutate({ address: 'eva@example.net', password: PASSWORD });
      const wrong = { address: 'eva@example.org', code: '00000000' };
      assert.equal(
        await reasonOf(eva.client.session.proveSecondAddress.mutate(wrong)),
        'invalid/sender-code-expired',
      );
      assert.equal(
        await reasonOf(
          eva.client.session.changeSecondAddress.mutate({ address: 'x@example.net', password: 'wrong' }),
        ),
        'sign-in-failed',
      );
    });

    test('a code that was mailed is worth nothing once its address is the second one no more', async () => {
      const fred = await registerUser(running, 'fred');
      await proveSecondAddress(fred, 'fred@example.net');
      await nobody().session.forgot.mutate({ name: 'fred' });
      const [mail] = await readMails('fred@example.net', true);
      const code = /^ {4}(\S+)$/m.exec(mail ?? '')?.[1] ?? '';
      assert.notEqual(code, '');
      await fred.client.session.changeSecondAddress.mutate({ address: null, password: PASSWORD });
      const given = { name: 'fred', code, newPassword: NEW_PASSWORD };
      assert.equal(await reasonOf(nobody().session.redeem.mutate(given)), 'sign-in-failed/reset-code');
    });

    test('a code lives for a day, and a newer one ends it', async () => {
      const bea = await registerUser(running, 'bea');
      const first = await admin.client.user.reset.mutate({ id: bea.id, how: 'hand' });
      const next = await admin.client.user.reset.mutate({ id: bea.id, how: 'hand' });
      const redeem = async (code: string | null) =>
        await nobody().session.redeem.mutate({ name: 'bea', code: code ?? '', newPassword: NEW_PASSWORD });
      assert.equal(await reasonOf(redeem(first.code)), 'sign-in-failed/reset-code');
      running.clock.advance(DAY + 1000);
      assert.equal(await reasonOf(redeem(next.code)), 'sign-in-failed/reset-code');
    });
  });
}
