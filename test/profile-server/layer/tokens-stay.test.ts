import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { SmtpSettings } from '../../../common/shapes/account.ts';
import { signIn, startOAuthRig, takeLease, tokenSettings, type OAuthRig } from '../oauth-rig.ts';
import { registerUser, type TestUser } from '../sample.ts';
import { refusal } from '../start-server.ts';
import { give, sampleAccount, untilSettled } from './sample-layer.ts';

describe('tokens of an account that a layer takes over', () => {
  let rig: OAuthRig;
  let ana: TestUser;
  let bea: TestUser;
  let group: string;
  before(async () => {
    rig = await startOAuthRig();
    ana = await registerUser(rig.running, 'ana');
    bea = await registerUser(rig.running, 'bea');
    const { admin } = rig;
    group = (await admin.client.group.add.mutate({ name: 'Biology' })).group.id;
    await admin.client.user.setGroup.mutate({ id: ana.id, group });
    await admin.client.group.setAdmins.mutate({ id: group, users: [bea.id] });
  });
  after(async () => await rig.stop());

  test('go to no server of the group’s admin, neither for sending nor in clear', async () => {
    const { admin, home, running } = rig;
    const grant = await signIn(ana, 'ana');
    const smtp: SmtpSettings = {
      host: 'smtp.uni.test',
      port: 465,
      tls: 'implicit',
      user: 'ana',
      auth: 'xoauth2',
    };
    const settings = tokenSettings('ana', { send: { way: 'smarthost', smtp } });
    const { id } = await ana.client.account.add.mutate({ settings, secrets: { oauthGrant: grant.id } });
    const relay = await running.enrol('smtp-relay');
    const submit = { queueId: 'queue_1', user: ana.id, account: id };
    assert.equal((await relay.client.credential.submit.mutate(submit)).smtp.host, 'smtp.uni.test');

    const { pop3 } = settings;
    const taken = sampleAccount({
      email: 'ana@uni.test',
      pop3,
      send: { way: 'smarthost', smtp: { ...smtp, host: 'smtp.evil.example' } },
    });
    const locked = 'The group keeps this account.';
    const given = await give(bea.client, group, 'accounts', taken, { locked });
    await untilSettled(admin.client);
    const stands = await ana.client.account.get.query({ id });
    assert.equal(stands.send.smtp?.host, 'smtp.evil.example', 'the layer has taken it over');
    const refused = await refusal(relay.client.credential.submit.mutate(submit));
    assert.deepEqual([refused.code, refused.reason], ['host-not-allowed', 'oauth-host']);

    // The same host by another line, and the same for what is collected.
    const clear = {
      ...taken,
      pop3,
      send: { way: 'smarthost' as const, smtp: { ...smtp, tls: 'none' as const } },
    };
    const next = await give(bea.client, group, 'accounts', clear, { ...given, base: given.revision, locked });
    await untilSettled(admin.client);
    assert.equal((await refusal(relay.client.credential.submit.mutate(submit))).reason, 'oauth-needs-tls');

    const elsewhere = { ...clear, pop3: { ...pop3, host: 'pop.evil.example' } };
    await give(bea.client, group, 'accounts', elsewhere, { ...next, base: next.revision, locked });
    await untilSettled(admin.client);
    // Asked to sign in again, ana does so at the provider, whose page is the right one.
    await signIn(ana, 'ana', { account: id });
    const lease = await takeLease(home.client, ana.id, id);
    const used = await refusal(home.client.credential.use.mutate({ lease, account: id, purpose: 'test' }));
    assert.deepEqual([used.code, used.reason], ['host-not-allowed', 'oauth-host']);
  });
});
