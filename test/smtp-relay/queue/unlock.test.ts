import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accountSettings, type AccountSettings } from '../../../common/shapes/account.ts';
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

describe('mail that its smarthost refused the password of', () => {
  let sending: RelaySending;
  before(async () => {
    sending = await startRelaySending();
  });
  after(async () => await sending.stop());

  /** An account whose kept password is not that of its smarthost, and its mail, tried once. */
  const sendWrongly = async (key: string, password: string): Promise<string> => {
    const fake = await sending.startFake({ login: { user: 'al', password, mechanisms: 'PLAIN' } });
    const from = await sending.addSender(fake.port, { user: 'al', auth: 'plain' });
    const [deferred] = statusesOf(await sending.sendAndTake({ from, to: ['bob@x.test'], key }, 1));
    assert.deepEqual([deferred?.state, deferred?.reason], ['deferred', 'needs-sign-in']);
    return from;
  };
  const enterPassword = async (email: string, smtpPassword: string): Promise<void> => {
    const user = await sending.world.asUser();
    const { accounts } = await user.account.list.query();
    const account = accounts.find((one) => one.email === email);
    if (account === undefined) throw new Error(`no ${email}`);
    const settings = accountSettings.strip().parse(account);
    await user.account.edit.mutate({ id: account.id, base: null, settings, secrets: { smtpPassword } });
  };

  test('leaves as soon as another one is entered, not with the next try', async () => {
    const from = await sendWrongly('changed', 'another');
    await enterPassword(from, 'another');
    const [accepted] = statusesOf(await sending.takeOf('changed', 1));
    assert.deepEqual([accepted?.state, accepted?.attempts], ['accepted', 2]);
  });

  test('also where the relay was started again meanwhile', async () => {
    const from = await sendWrongly('restarted', 'a third');
    await sending.restartLater(0);
    await enterPassword(from, 'a third');
    const [accepted] = statusesOf(await sending.takeOf('restarted', 1));
    assert.deepEqual([accepted?.state, accepted?.attempts], ['accepted', 2]);
  });
});
