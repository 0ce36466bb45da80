import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { migrations } from '../../../profile-server/migrations/migrations.ts';
import type { UserSource } from '../../../profile-server/user/user-store.ts';
import type { DatabaseSetting } from '../../../server-kit/database/database.ts';
import { openDatabase } from '../../../server-kit/database/open.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { expectSession } from '../../harness/expect-session.ts';
import { makeAuthenticator, type SoftAuthenticator } from '../../fakes/authenticator.ts';
import { onBothEngines } from '../engines.ts';
import { registerUser, type TestUser } from '../sample.ts';
import { type RunningServer, refusal, startServer } from '../start-server.ts';
import { PROOF, expectStep, signInAs } from './factor-rig.ts';

onBothEngines('passkeys', (engine) => {
  let running: RunningServer;
  let ana: TestUser;
  let device: SoftAuthenticator;
  let database: DatabaseSetting;
  before(async () => {
    database = engine.setting();
    running = await startServer({ database });
    ana = await registerUser(running, 'ana');
    device = makeAuthenticator(running.url);
  });
  after(async () => await running.stop());
  /** As if that directory had made the user. */
  const keepIn = async (source: UserSource, { id }: TestUser): Promise<void> => {
    const file = `${running.dataDir}/profile.sqlite`;
    const db = await openDatabase({ database, file, schema: 'profile', migrations, log: silentLogger });
    await db.write(async (tx) => await tx.run('UPDATE user SET source = ? WHERE id = ?', [source, id]));
    await db.close();
  };
  const add = async (of: SoftAuthenticator, name: string) => {
    const { ticket, options } = await ana.client.factor.beginPasskey.mutate(PROOF);
    return await ana.client.factor.addPasskey.mutate({ ticket, name, newPasskey: of.create(options) });
  };
  const answerBy = async (by: SoftAuthenticator) => {
    const { ticket, passkey } = expectStep(await signInAs(running, ana), 'second-factor');
    assert.ok(passkey !== null);
    return await running.client().session.answer.mutate({ ticket, passkey: by.get(passkey) });
  };
  const alone = async (by: SoftAuthenticator) => {
    const { ticket, options } = await running.client().session.passkeyOptions.mutate({});
    assert.deepEqual(options.allowCredentials, []);
    assert.equal(options.userVerification, 'required');
    return await running.client().session.answer.mutate({ ticket, passkey: by.get(options) });
  };

  test('one is made for this server alone, and comes with recovery codes', async () => {
    const begun = await ana.client.factor.beginPasskey.mutate(PROOF);
    assert.equal(begun.options.rp.id, 'localhost');
    assert.equal(begun.options.authenticatorSelection.residentKey, 'required');
    const elsewhere = makeAuthenticator('https://phishing.example');
    const given = { ticket: begun.ticket, name: 'x', newPasskey: elsewhere.create(begun.options) };
    assert.equal((await refusal(ana.client.factor.addPasskey.mutate(given))).reason, 'passkey');
    assert.equal((await add(device, 'Phone')).recovery?.length, 10);
    const { passkeys } = await ana.client.factor.list.query();
    assert.deepEqual(
      passkeys.map(({ name, suspect }) => [name, suspect]),
      [['Phone', false]],
    );
    const again = await ana.client.factor.beginPasskey.mutate(PROOF);
    assert.equal(again.options.excludeCredentials.length, 1);
  });

  test('it is a second factor, also one of another kind of key, that knows nobody', async () => {
    const session = await expectSession(answerBy(device));
    assert.equal(session.user.id, ana.id);
    const plain = makeAuthenticator(running.url, { algorithm: 'EdDSA', verifiesUser: false, counter: null });
    assert.equal((await add(plain, 'Key ring')).recovery, null);
    await expectSession(answerBy(plain));
    await expectSession(answerBy(plain));
    assert.equal((await refusal(alone(plain))).reason, 'passkey', 'alone it has to know its owner');
  });

  test('it signs in alone, without name and password', async () => {
    const session = await expectSession(alone(device));
    assert.equal(session.user.name, 'ana');
  });

  test('in the system’s browser it lets the desktop program in that waits, once, and nobody else', async () => {
    const secret = 'the secret of a program that waits for a passkey';
    const program = createHash('sha256')
      .update(JSON.stringify(['program', secret]))
      .digest('base64url');
    const open = running.client().session;
    const page = await fetch(`${running.url}/session/program?for=${program}`, { redirect: 'manual' });
    assert.equal(page.headers.get('location'), `${running.url}/#/sign-in?for=${program}`);
    const evil = `${running.url}/session/program?for=${encodeURIComponent('//evil.example/#x')}`;
    assert.equal((await fetch(evil, { redirect: 'manual' })).status, 400);

    const { ticket, options } = await open.passkeyOptions.mutate({});
    const other = makeAuthenticator(running.url);
    other.create((await ana.client.factor.beginPasskey.mutate(PROOF)).options);
    const unknown = { ticket, passkey: other.get(options), program };
    assert.equal((await refusal(open.letProgramIn.mutate(unknown))).reason, 'passkey');
    const step = expectStep(await signInAs(running, ana), 'second-factor');
    assert.ok(step.passkey !== null);
    const ofStep = { ticket: step.ticket, passkey: device.get(step.passkey), program };
    assert.equal((await refusal(open.letProgramIn.mutate(ofStep))).reason, 'ticket');

    const waiting = open.waitOidc.query({ ticket: secret });
    const given = { ticket, passkey: device.get(options), program };
    await open.letProgramIn.mutate(given);
    assert.deepEqual(await waiting, { state: 'done' });
    assert.equal((await refusal(open.letProgramIn.mutate(given))).code, 'sign-in-failed');
    // In an address it would sign whoever opens that in as ana.
    const lured = { ticket: secret, fromAddress: true };
    assert.equal((await refusal(open.finishOidc.mutate(lured))).reason, 'oauth-unknown');
    const session = await expectSession(open.finishOidc.mutate({ ticket: secret }));
    assert.equal(session.user.id, ana.id);
    assert.equal((await refusal(open.finishOidc.mutate({ ticket: secret }))).reason, 'oauth-unknown');
  });

  test('a program into which somebody else was about to be let in is let in by neither', async () => {
    const eve = await registerUser(running, 'eve');
    const hers = makeAuthenticator(running.url);
    const made = await eve.client.factor.beginPasskey.mutate(PROOF);
    const newPasskey = hers.create(made.options);
    await eve.client.factor.addPasskey.mutate({ ticket: made.ticket, name: 'E', newPasskey });
    const secret = 'the secret of a program of which eve has learned the hash';
    const program = createHash('sha256')
      .update(JSON.stringify(['program', secret]))
      .digest('base64url');
    const open = running.client().session;
    const letIn = async (by: SoftAuthenticator) => {
      const { ticket, options } = await open.passkeyOptions.mutate({});
      return await open.letProgramIn.mutate({ ticket, passkey: by.get(options), program });
    };
    await letIn(hers);
    await letIn(hers);
    const { code, reason } = await refusal(letIn(device));
    assert.deepEqual([code, reason], ['conflict', 'program-two']);
    assert.equal((await refusal(open.finishOidc.mutate({ ticket: secret }))).reason, 'oauth-unknown');
  });

  test('what was signed for another page, question or user proves nothing', async () => {
    device.manners.origin = 'https://phishing.example';
    assert.equal((await refusal(answerBy(device))).reason, 'second-factor');
    assert.equal((await refusal(alone(device))).reason, 'passkey');
    device.manners.origin = running.url;
    const first = await running.client().session.passkeyOptions.mutate({});
    const second = await running.client().session.passkeyOptions.mutate({});
    const given = { ticket: second.ticket, passkey: device.get(first.options) };
    assert.equal((await refusal(running.client().session.answer.mutate(given))).reason, 'passkey');
    const bea = await registerUser(running, 'bea');
    const { ticket } = await running.client().session.passkeyOptions.mutate({});
    const made = await bea.client.factor.beginPasskey.mutate(PROOF);
    const hers = makeAuthenticator(running.url);
    const added = { ticket: made.ticket, name: 'B', newPasskey: hers.create(made.options) };
    assert.equal((await refusal(ana.client.factor.addPasskey.mutate(added))).reason, 'ticket');
    await bea.client.factor.addPasskey.mutate(added);
    const step = expectStep(await signInAs(running, ana), 'second-factor');
    const asked = { ...step.passkey!, allowCredentials: [] };
    const foreign = { ticket: step.ticket, passkey: hers.get(asked) };
    assert.equal((await refusal(running.client().session.answer.mutate(foreign))).reason, 'second-factor');
    assert.equal((await refusal(running.client().session.answer.mutate({ ticket }))).reason, 'passkey');
  });

  test('an answer sent twice opens one session and harms nothing', async () => {
    const { ticket, options } = await running.client().session.passkeyOptions.mutate({});
    const given = { ticket, passkey: device.get(options) };
    const open = running.client();
    const twice = await Promise.allSettled([
      open.session.answer.mutate(given),
      open.session.answer.mutate(given),
    ]);
    assert.deepEqual(twice.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    await expectSession(alone(device));
  });

  test('a copy of the key shows by its counter, and neither gets in any more', async () => {
    const thief = device.clone();
    await expectSession(alone(device));
    assert.equal((await refusal(alone(thief))).reason, 'passkey-copied');
    assert.equal((await refusal(alone(device))).reason, 'passkey');
    const { passkeys } = await ana.client.factor.list.query();
    assert.deepEqual(
      passkeys.map(({ name, suspect }) => [name, suspect]),
      [
        ['Phone', true],
        ['Key ring', false],
      ],
    );
    const { notes } = await ana.client.session.securityNotes.query();
    assert.deepEqual(
      notes.filter(({ what }) => what === 'passkey-copied').map(({ name }) => name),
      ['Phone'],
    );
  });

  test('whom a directory keeps signs in there first, and with the passkey only after that', async () => {
    const ida = await registerUser(running, 'ida');
    const hers = makeAuthenticator(running.url);
    const made = await ida.client.factor.beginPasskey.mutate(PROOF);
    const newPasskey = hers.create(made.options);
    await ida.client.factor.addPasskey.mutate({ ticket: made.ticket, name: 'I', newPasskey });
    await expectSession(alone(hers));
    await keepIn('oidc', ida);
    assert.equal((await refusal(alone(hers))).reason, 'passkey-directory');
    const { ticket, options } = await running.client().session.passkeyOptions.mutate({});
    const given = { ticket, passkey: hers.get(options), program: 'p'.repeat(43) };
    const letIn = running.client().session.letProgramIn.mutate(given);
    assert.equal((await refusal(letIn)).reason, 'passkey-directory');
    const step = expectStep(await signInAs(running, ida), 'second-factor');
    const answer = { ticket: step.ticket, passkey: hers.get(step.passkey!) };
    await expectSession(running.client().session.answer.mutate(answer));
  });

  test('it is renamed and removed, the last one only by password', async () => {
    const { passkeys } = await ana.client.factor.list.query();
    const [phone, ring] = passkeys;
    await ana.client.factor.renamePasskey.mutate({ id: ring!.id, name: 'Ring' });
    const foreign = await registerUser(running, 'carla');
    assert.equal(
      (await refusal(foreign.client.factor.renamePasskey.mutate({ id: ring!.id, name: 'x' }))).code,
      'not-found',
    );
    await ana.client.factor.removePasskey.mutate({ id: phone!.id, ...PROOF });
    await ana.client.factor.removePasskey.mutate({ id: ring!.id, ...PROOF });
    const left = await ana.client.factor.list.query();
    assert.deepEqual([left.passkeys, left.recoveryLeft], [[], 0]);
    await expectSession(signInAs(running, ana));
  });
});
