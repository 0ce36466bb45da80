import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SignIn } from '../../../common/shapes/session.ts';
import { DAY, HOUR, MINUTE } from '../../../common/time.ts';
import { onBothEngines } from '../engines.ts';
import { PASSWORD, registerUser } from '../sample.ts';
import { refusal, startServer, type RunningServer } from '../start-server.ts';

onBothEngines('sessions on computers that many people use', (engine) => {
  let running: RunningServer;
  before(async () => {
    running = await startServer({ database: engine.setting() });
    await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    await registerUser(running, 'ana');
  });
  after(async () => await running?.stop());

  const signIn = async (more: object): Promise<SignIn> => {
    const answer = await running.client().session.signIn.mutate({ name: 'ana', password: PASSWORD, ...more });
    if ('step' in answer) throw new Error(answer.step);
    return answer;
  };
  const refresh = async (refreshToken: string | null) =>
    await running.client().session.refresh.mutate({ refreshToken: refreshToken ?? '' });

  test('such a session is in memory alone, whatever else was asked for, and its tokens do not outlive it', async () => {
    const lab = await signIn({ lab: true, remember: true, cookie: true, room: 'B2', pc: '07' });
    assert.deepEqual(lab.session.lab, { idleMinutes: 10, saves: [] });
    assert.ok(lab.refreshToken !== null, 'no cookie');
    const left = Date.parse(lab.tokensExpireAt) - running.clock.now();
    assert.ok(left <= 12 * MINUTE, `${left}`);
    assert.deepEqual(readClaims(lab), { lab: true, sav: [] });
    assert.deepEqual(readClaims(await signIn({})), {});
    const { sessions } = await running.client(lab.tokens.profile).session.list.query();
    const own = sessions.find(({ current }) => current);
    assert.deepEqual([own?.lab, own?.room, own?.pc], [true, 'B2', '07']);
    const client = running.client(lab.tokens.profile);
    assert.equal((await refusal(client.profile.export.query())).reason, 'lab-saves');
  });

  test('the server ends it too where nobody refreshes, and after a working day', async () => {
    let tokens = await refresh((await signIn({ lab: true })).refreshToken);
    running.clock.advance(11 * MINUTE);
    tokens = await refresh(tokens.refreshToken);
    running.clock.advance(13 * MINUTE);
    const { code, reason } = await refusal(refresh(tokens.refreshToken));
    assert.deepEqual([code, reason], ['not-signed-in', 'session-ended']);
    assert.equal((await refusal(running.client(tokens.tokens.profile).session.whoami.query())).code, code);
    const admin = await signInAdmin();
    await admin.policy.set.mutate({ of: 'organisation', base: 0, settings: { labIdleMinutes: 240 } });
    tokens = await refresh((await signIn({ lab: true })).refreshToken);
    for (const _ of [1, 2]) {
      running.clock.advance(4 * HOUR);
      tokens = await refresh(tokens.refreshToken);
    }
    running.clock.advance(4 * HOUR);
    assert.equal((await refusal(refresh(tokens.refreshToken))).reason, 'session-ended');
  });

  test('a room is known by its network, which no client can claim; else as the computer says', async () => {
    const admin = await signInAdmin();
    const bad = await refusal(admin.lab.setRoom.mutate({ name: 'A1', networks: ['10.0.0.0/99'] }));
    assert.deepEqual([bad.code, bad.field, bad.reason], ['invalid', 'network', 'lab-network']);
    await admin.lab.setRoom.mutate({ name: 'A1', networks: ['10.1.0.0/16'] });
    assert.deepEqual(await placeOf(await signIn({ lab: true, room: 'Z9', pc: 'x' })), ['Z9', 'x', true]);
    await admin.lab.setRoom.mutate({ name: 'A1', networks: ['127.0.0.0/8', '::1'], forced: true });
    assert.deepEqual(await placeOf(await signIn({ room: 'Z9', pc: 'x' })), ['A1', 'x', true]);
    await admin.lab.removeRoom.mutate({ name: 'A1' });
    assert.deepEqual(await placeOf(await signIn({})), [null, null, false]);
    assert.equal((await refusal(admin.lab.removeRoom.mutate({ name: 'A1' }))).reason, 'lab-room');
  });

  test('a room with a long name is one too, and the audit log names it as far as it can', async () => {
    const admin = await signInAdmin();
    const name = 'Aula de informática de la segunda planta del edificio de la Facultad de Ciencias 😀😀';
    await admin.lab.setRoom.mutate({ name, networks: [] });
    await admin.lab.removeRoom.mutate({ name });
    const { entries } = await admin.audit.list.query({ action: 'lab.*', limit: 2 });
    for (const { subject, detail } of entries) {
      assert.ok(name.startsWith(subject.id) && subject.id !== '');
      assert.equal(detail['room'], name);
    }
    assert.equal((await admin.audit.verify.query()).whole, true);
  });

  test('a policy makes every session one of lab mode, and says what may be saved', async () => {
    const admin = await signInAdmin();
    const settings = { lab: 'forced', labIdleMinutes: 3, labSaves: ['image/*'] } as const;
    const set = { of: 'organisation', settings: { ...settings, labSaves: ['image/*'] } };
    await admin.policy.set.mutate({ ...set, base: 1 });
    const forced = await signIn({ remember: true, cookie: true });
    assert.deepEqual(forced.session.lab, { idleMinutes: 3, saves: ['image/*'] });
    assert.deepEqual(readClaims(forced), { lab: true, sav: ['image/*'] });
    await admin.policy.set.mutate({ of: 'organisation', base: 2, settings: {} });
  });

  test('admins see who was where and how it ended, those of a group only whom they look after', async () => {
    const admin = await signInAdmin();
    const bea = await registerUser(running, 'bea');
    const start = await admin.lab.log.query({ limit: 200 });
    for (const because of ['idle', 'left'] as const) {
      const { tokens } = await signIn({ lab: true, room: 'C3', pc: because });
      await running.client(tokens.profile).session.signOut.mutate({ because });
    }
    await signIn({ lab: true, room: 'C3', pc: 'open' });
    const first = await admin.lab.log.query({ room: 'C3', limit: 2 });
    const next = await admin.lab.log.query({ room: 'C3', limit: 2, after: first.next });
    const told = [...first.logIns, ...next.logIns]
      .map(({ pc, end, user }) => `${pc} ${end} ${user?.name}`)
      .sort();
    assert.deepEqual(told, ['idle idle ana', 'left left ana', 'open null ana']);
    assert.equal(next.next, null);
    const { rooms } = await admin.lab.rooms.query();
    const room = rooms.find(({ name }) => name === 'C3');
    assert.deepEqual([room?.open, room?.logIns, room?.pcs.length], [1, 3, 3]);
    assert.ok(
      start.logIns.some(({ end }) => end === 'expired'),
      'what ran out before anybody cleaned up',
    );
    assert.equal((await refusal(bea.client.lab.log.query({}))).reason, 'admins-only');
    const { group } = await admin.group.add.mutate({ name: 'library' });
    await admin.group.setAdmins.mutate({ id: group.id, users: [bea.id] });
    assert.deepEqual((await bea.client.lab.log.query({})).logIns, []);
    const { id: ana } = (await signIn({})).user;
    await admin.user.setGroup.mutate({ id: ana, group: group.id });
    assert.ok((await bea.client.lab.log.query({ room: 'C3' })).logIns.length === 3);
  });

  test('what ended is kept for 90 days', async () => {
    running.clock.advance(HOUR);
    await running.restart();
    const again = await signInAdmin();
    const open = await again.lab.log.query({ room: 'C3', pc: 'open' });
    assert.deepEqual([open.logIns[0]?.end, open.logIns[0]?.to === null], ['expired', false]);
    running.clock.advance(91 * DAY);
    await running.restart();
    assert.deepEqual((await (await signInAdmin()).lab.log.query({})).logIns, []);
  });

  async function signInAdmin() {
    const answer = await running.client().session.signIn.mutate({ name: 'admin', password: PASSWORD });
    if ('step' in answer) throw new Error(answer.step);
    return running.client(answer.tokens.profile);
  }

  async function placeOf(answer: SignIn): Promise<[string | null, string | null, boolean]> {
    const { sessions } = await running.client(answer.tokens.profile).session.list.query();
    const own = sessions.find(({ current }) => current);
    return [own?.room ?? null, own?.pc ?? null, own?.lab === true];
  }
});

/** What the access token says of lab mode. */
function readClaims({ tokens }: SignIn): { lab?: unknown; sav?: unknown } {
  const claims = JSON.parse(Buffer.from(tokens.profile.split('.')[1] ?? '', 'base64url').toString()) as {
    lab?: unknown;
    sav?: unknown;
  };
  return { ...('lab' in claims ? { lab: claims.lab } : {}), ...('sav' in claims ? { sav: claims.sav } : {}) };
}
