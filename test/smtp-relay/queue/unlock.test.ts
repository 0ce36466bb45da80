import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { AccountSettings } from '../../../common/shapes/account.ts';
import type { SignIn } from '../../../common/shapes/session.ts';
import { expectSession } from '../../harness/expect-session.ts';
import { makeUserClient } from '../../harness/relay.ts';
import { startRelaySending, statusesOf, type RelaySending } from '../../harness/relay-sending.ts';

const PASSWORD = 'a long password of bea';

describe('mail by an account that only its user opens', () => {
  let sending: RelaySending;
  before(async () => {
    sending = await startRelaySending();
  });
  after(async () => await sending.stop());

  test('waits while he is away, and leaves as soon as he has signed in, whenever its next try is', async () => {
    const { world } = sending;
    const login = { user: 'bea', password: 'smtp secret', mechanisms: 'PLAIN LOGIN' };
    const fake = await sending.startFake({ login });
    const open = makeUserClient(world.profile.url, null);
    const as = (signedIn: Pick<SignIn, 'tokens'>): ReturnType<typeof makeUserClient> =>
      makeUserClient(world.profile.url, signedIn.tokens.profile);
    const signIn = async (): Promise<SignIn> =>
      await expectSession(open.session.signIn.mutate({ name: 'bea', password: PASSWORD }));
    const registered = await expectSession(open.session.register.mutate({ name: 'bea', password: PASSWORD }));
    const unlocked = await as(registered).session.unlock.mutate({ password: PASSWORD });
    const smtp = { host: '127.0.0.1', port: fake.port, tls: 'none', user: 'bea', auth: 'plain' } as const;
    const pop3 = { host: 'pop.uni.test', port: 995, tls: 'implicit', user: 'bea', auth: 'auto' } as const;
    const settings: AccountSettings = {
      email: 'bea@uni.test',
      name: null,
      pop3,
      send: { way: 'smarthost', smtp },
      keep: 'always',
      interval: 300,
      adaptive: false,
      paused: false,
      signedInOnly: true,
    };
    const secrets = { pop3Password: 'pop3', smtpPassword: 'smtp secret' };
    await as(unlocked).account.add.mutate({ settings, secrets });
    const later = await signIn();
    for (const session of [unlocked, later]) await as(session).session.signOut.mutate();

    const dialog = await world.signIn(sending.relay, registered.user.id);
    const mail = { from: 'bea@uni.test', to: ['bob@x.test'], key: 'locked' };
    const [deferred] = statusesOf(await sending.sendBy(dialog, mail, 1));
    assert.deepEqual(
      [deferred?.state, deferred?.reason],
      ['deferred', 'needs-sign-in/locked-until-password'],
    );
    await signIn();
    const [accepted] = statusesOf(await sending.takeOf('locked', 1));
    assert.deepEqual([accepted?.state, accepted?.route], ['accepted', 'smarthost']);
  });
});
