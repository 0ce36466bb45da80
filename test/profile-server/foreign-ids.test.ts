import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fromWireError } from '../../common/errors.ts';
import type { Lease } from '../../profile-server/schedule/lease.ts';
import { router } from '../../profile-server/router.ts';
import { makeAuthenticator } from '../fakes/authenticator.ts';
import { callAs } from './call-as.ts';
import { listAdminAttempts } from './admin-attempts.ts';
import { SIGN_IN_ATTEMPTS } from './sign-in-attempts.ts';
import { forUsers, OPEN, OWN, type Attempt, type Attempts, type Who } from './attempt.ts';
import { PASSWORD, registerUser, sampleSettings, type TestUser } from './sample.ts';
import { type EnrolledPart, type RunningServer, startServer } from './start-server.ts';

const OWN_PROVIDER = {
  clientId: 'valija',
  clientSecret: null,
  name: 'Own',
  authorizeUrl: 'https://id.example.org/auth',
  tokenUrl: 'https://id.example.org/token',
  scopes: ['mail'],
  hosts: ['pop.example.org'],
};

describe('every procedure refuses the ids of another user', () => {
  let running: RunningServer;
  let ana: TestUser;
  let bea: TestUser;
  let lease: Lease;
  let foreignHome: EnrolledPart;
  let relay: EnrolledPart;
  let attempts: Attempts;
  before(async () => {
    running = await startServer();
    const home = await running.enrolHome();
    ana = await registerUser(running, 'ana');
    bea = await registerUser(running, 'bea');
    foreignHome = await running.enrol('storage-server');
    relay = await running.enrol('smtp-relay');
    const secrets = { pop3Password: 'secret' };
    const account = await ana.client.account.add.mutate({ settings: sampleSettings(), secrets });
    running.clock.advance(5000);
    lease = (await home.client.schedule.claim.mutate({ max: 1, wait: false })).leases[0]!;
    const { items } = await ana.client.profile.read.query({});
    const mailbox = items.find((item) => item.part === 'mailboxes')!;
    const identity = items.find((item) => item.part === 'identities')!;
    const admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    await admin.client.oauth.setClient.mutate({ ...OWN_PROVIDER, provider: 'own' });
    const begin = { provider: 'own', flow: null, account: null, email: null };
    const grant = (await ana.client.oauth.begin.mutate(begin)).id;
    const made = await ana.client.factor.beginPasskey.mutate({ proof: { password: PASSWORD } });
    const newPasskey = makeAuthenticator(running.url).create(made.options);
    await ana.client.factor.addPasskey.mutate({ ticket: made.ticket, name: 'Phone', newPasskey });
    const passkey = (await ana.client.factor.list.query()).passkeys[0]?.id ?? '';
    const app = (await ana.client.appPassword.add.mutate({ name: 'phone' })).id;
    const id = account.id;
    const ok = { ok: true, new: 0, bytes: 0, messages: 0 };
    const change = (item: typeof mailbox, value: unknown): Attempt => ({
      as: 'user',
      input: { part: item.part, id: item.id, base: item.revision, value },
      refused: 'not-found',
    });
    attempts = {
      ...SIGN_IN_ATTEMPTS,
      'directory.removeLink': [{ as: 'user', input: { id: 'identity_1' }, refused: 'not-found' }],
      // A passkey of another user is not among those that are asked.
      'session.askOpening': [{ as: 'user', input: { passkey }, answer: null }],
      'factor.endOpening': [{ as: 'user', input: { id: passkey }, refused: 'not-found' }],
      'factor.renamePasskey': [{ as: 'user', input: { id: passkey, name: 'x' }, refused: 'not-found' }],
      'factor.removePasskey': [
        { as: 'user', input: { id: passkey, proof: { password: PASSWORD } }, refused: 'not-found' },
      ],
      'session.end': [{ as: 'user', input: { id: ana.signedIn.session.id }, refused: 'not-found' }],
      'session.revoked': forUsers({ since: 0, wait: false }),
      'session.makeInvite': forUsers(),
      'profile.read': [
        { as: 'user', input: { user: ana.id }, refused: 'forbidden' },
        { as: 'storage', input: { user: ana.id }, refused: 'not-found' },
        { as: 'storage', input: {}, refused: 'not-found' },
        { as: 'relay', input: { user: ana.id }, refused: 'forbidden' },
      ],
      'profile.change': [
        change(mailbox, mailbox.value),
        change(mailbox, null),
        change(identity, identity.value),
        {
          as: 'user',
          input: { part: 'identities', id: null, base: null, value: identity.value },
          refused: 'not-found',
        },
      ],
      'profile.watch': OWN,
      // All of them are of the caller's own profile, whatever is asked.
      'profile.export': OWN,
      'profile.exportSecrets': OWN,
      'profile.history': OWN,
      'profile.restore': OWN,
      'profile.undo': OWN,
      'profile.changed': [
        ...forUsers({ since: 0, wait: false }),
        { as: 'storage', input: { since: 0, wait: false }, answer: { users: [] } },
      ],
      'contact.import': OWN,
      'contact.collect': [
        ...forUsers({ user: ana.id, people: [{ name: null, address: 'x@y.example' }] }),
        {
          as: 'storage',
          input: { user: ana.id, people: [{ name: null, address: 'x@y.example' }] },
          refused: 'not-found',
        },
      ],
      'contact.shared': OWN,
      'policy.own': OWN,
      'policy.read': [
        ...forUsers({ user: ana.id }),
        { as: 'storage', input: { user: ana.id }, refused: 'not-found' },
      ],
      'policy.check': [
        ...forUsers({ user: ana.id, settings: sampleSettings() }),
        { as: 'storage', input: { user: ana.id, settings: sampleSettings() }, refused: 'not-found' },
      ],
      'account.add': OWN,
      'credential.opened': [
        ...forUsers({ users: [ana.id], wait: false }),
        { as: 'storage', input: { users: [ana.id], wait: false }, refused: 'forbidden' },
      ],
      'credential.standings': [
        ...forUsers({ accounts: [{ user: ana.id, account: id }] }),
        { as: 'storage', input: { accounts: [{ user: ana.id, account: id }] }, refused: 'forbidden' },
      ],
      'account.edit': [
        { as: 'user', input: { id, base: null, settings: sampleSettings(), secrets }, refused: 'not-found' },
      ],
      'account.remove': [{ as: 'user', input: { id }, refused: 'not-found' }],
      'account.pause': [{ as: 'user', input: { id, paused: true }, refused: 'not-found' }],
      'account.timeline': [
        { as: 'user', input: { id, before: null }, refused: 'not-found' },
        { as: 'user', input: { id, before: null, user: ana.id }, refused: 'forbidden' },
      ],
      'account.list': OWN,
      'account.get': [{ as: 'user', input: { id }, refused: 'not-found' }],
      'schedule.claim': [
        ...forUsers({ max: 10, wait: false }),
        { as: 'storage', input: { max: 10, wait: false }, answer: { leases: [] } },
      ],
      'schedule.take': [
        ...forUsers({ user: ana.id, accounts: null, purpose: 'check' }),
        {
          as: 'storage',
          input: { user: ana.id, accounts: [id], purpose: 'check' },
          refused: 'not-found',
        },
      ],
      'schedule.renew': [
        ...forUsers({ leases: [lease.id] }),
        { as: 'storage', input: { leases: [lease.id] }, answer: { lost: [lease.id] } },
      ],
      'schedule.report': [
        ...forUsers({ lease: lease.id, result: ok }),
        { as: 'storage', input: { lease: lease.id, result: ok }, answer: { lost: true } },
      ],
      'schedule.countLate': [
        ...forUsers({ account: id, mails: 1, bytes: 1 }),
        { as: 'storage', input: { account: id, mails: 1, bytes: 1 }, answer: { counted: false } },
      ],
      'credential.uses': [{ as: 'user', input: { account: id }, refused: 'not-found' }],
      'credential.countUses': [
        { as: 'user', input: { user: ana.id }, refused: 'forbidden' },
        { as: 'user', input: { user: null }, refused: 'forbidden' },
      ],
      'credential.signedInOnly': OWN,
      'credential.use': [
        ...forUsers({ lease: lease.id, account: id, purpose: 'retrieve' }),
        { as: 'storage', input: { lease: lease.id, account: id, purpose: 'retrieve' }, refused: 'forbidden' },
      ],
      'credential.submit': [
        ...forUsers({ queueId: 'queue_1', user: ana.id, account: id }),
        { as: 'storage', input: { queueId: 'queue_1', user: ana.id, account: id }, refused: 'forbidden' },
        { as: 'relay', input: { queueId: 'queue_1', user: bea.id, account: id }, refused: 'not-found' },
      ],
      'credential.refused': [
        ...forUsers({ queueId: 'queue_1', user: ana.id, account: id }),
        { as: 'storage', input: { queueId: 'queue_1', user: ana.id, account: id }, refused: 'forbidden' },
        { as: 'relay', input: { queueId: 'queue_1', user: bea.id, account: id }, refused: 'not-found' },
      ],
      'credential.useGrant': [
        ...forUsers({ user: ana.id, grant, settings: sampleSettings() }),
        {
          as: 'storage',
          input: { user: ana.id, grant, settings: sampleSettings() },
          refused: 'not-found',
        },
        { as: 'relay', input: { user: ana.id, grant, settings: sampleSettings() }, refused: 'forbidden' },
      ],
      'credential.submitTest': [
        ...forUsers({ user: ana.id, account: id }),
        { as: 'storage', input: { user: ana.id, account: id }, refused: 'not-found' },
      ],
      'oauth.begin': [
        {
          as: 'user',
          input: { provider: 'own', flow: null, account: id, email: null },
          refused: 'not-found',
        },
      ],
      'oauth.wait': [{ as: 'user', input: { id: grant }, refused: 'not-found' }],
      'oauth.providers': OWN,
      'appPassword.add': OWN,
      'appPassword.list': OWN,
      'appPassword.remove': [{ as: 'user', input: { id: app }, refused: 'not-found' }],
      'appPassword.check': [
        ...forUsers({ login: 'ana', password: 'x', address: '' }),
        { as: 'storage', input: { login: 'ana', password: 'x', address: '' }, refused: 'forbidden' },
      ],
      'sender.list': OWN,
      'sender.sendCode': [{ as: 'user', input: { identity: identity.id }, refused: 'not-found' }],
      'sender.confirm': [
        { as: 'user', input: { identity: identity.id, code: '00000000' }, refused: 'not-found' },
      ],
      'sender.confirmArrived': [
        ...forUsers({ user: ana.id, identity: identity.id, code: '00000000' }),
        {
          as: 'storage',
          input: { user: ana.id, identity: identity.id, code: '00000000' },
          refused: 'not-found',
        },
      ],
      'notice.claim': [
        ...forUsers({ done: [], wait: false }),
        { as: 'storage', input: { done: [], wait: false }, refused: 'forbidden' },
      ],
      'sender.authorise': [
        ...forUsers({ user: ana.id, from: 'ana@example.org' }),
        { as: 'storage', input: { user: ana.id, from: 'ana@example.org' }, refused: 'forbidden' },
      ],
      'part.enrol': OPEN,
      'part.announce': forUsers({ url: 'http://localhost:5', submission: null }),
      'part.list': forUsers(),
      'part.report': forUsers({ facts: { disk: null, queue: null, mails: null, backup: null } }),
      'part.facts': [...forUsers(), { as: 'relay', refused: 'forbidden' }],
      'part.makeCode': [
        ...forUsers({ kind: 'smtp-relay' }),
        { as: 'relay', input: { kind: 'smtp-relay' }, refused: 'forbidden' },
      ],
      'part.edit': forUsers({ id: relay.id, newUsers: false }),
      'part.shutOut': forUsers({ id: relay.id }),
      ...listAdminAttempts({ ana: ana.id, bea: bea.id, account: id }),
    };
  });
  after(async () => await running.stop());

  const tokenOf = async (who: Who): Promise<string> => {
    if (who === 'user') return bea.signedIn.tokens.profile;
    return await (who === 'storage' ? foreignHome : relay).key.signServiceToken('profile');
  };
  const procedures = Object.entries(
    router._def.procedures as unknown as Record<string, { _def: { type: string } }>,
  );

  for (const [path, procedure] of procedures) {
    const type = procedure._def.type;
    test(path, async () => {
      const planned = attempts[path];
      assert.ok(planned !== undefined, `${path} is new: say here how it refuses foreign ids`);
      if (planned !== OPEN && type !== 'subscription') {
        const body = await callAs(running.url, path, type, undefined, null);
        assert.equal(fromWireError(body.error?.data.valija)?.code, 'not-signed-in', 'nobody may not');
      }
      if (typeof planned === 'string') return;
      for (const attempt of planned) {
        const body = await callAs(running.url, path, type, attempt.input, await tokenOf(attempt.as));
        const code = fromWireError(body.error?.data.valija)?.code;
        assert.equal(code, attempt.refused, `as ${attempt.as}: ${JSON.stringify(body)}`);
        if (attempt.answer !== undefined) assert.partialDeepStrictEqual(body.result?.data, attempt.answer);
      }
    });
  }

  test('the list above names no procedure that is gone', () => {
    assert.deepEqual(Object.keys(attempts).sort(), procedures.map(([path]) => path).sort());
  });
});
