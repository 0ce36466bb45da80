import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SECOND } from '../../../common/time.ts';
import { openDialog } from '../../fakes/smtp-client.ts';
import { missingComponent } from '../../harness/component.ts';
import { sendMail } from '../../harness/relay.ts';
import { AUTH, FROM, startTlsRig, type TlsRig } from './tls-rig.ts';

describe('submission beyond loopback', { skip: missingComponent('openssl') }, () => {
  let rig: TlsRig;
  before(async () => {
    rig = await startTlsRig();
  });
  after(async () => await rig?.stop());

  test('no credential is taken in the clear', async () => {
    const dialog = await openDialog(rig.server.port);
    assert.match(await dialog.say('EHLO x'), /^250[ -]STARTTLS\r?$/m);
    assert.match(await dialog.say(AUTH), /^538 /);
    assert.match(await dialog.say(`MAIL FROM:<${FROM}>`), /^530 /);
    dialog.close();
  });

  test('after STARTTLS it is, and what was said before is forgotten', async () => {
    const dialog = await openDialog(rig.server.port);
    await dialog.say('EHLO x');
    // Pipelined behind STARTTLS in the clear: must not run inside TLS (CVE-2011-0411).
    dialog.write('STARTTLS\r\nNOOP\r\n');
    assert.match(await dialog.read(), /^220/);
    await dialog.startTls({ servername: 'relay.test', ca: rig.authority.cert });
    assert.match(await dialog.say(`MAIL FROM:<${FROM}>`), /^503/);
    await dialog.say('EHLO x');
    assert.match(await dialog.say(AUTH), /^235 2\.7\.0/);
    assert.match(
      await sendMail(dialog, { from: FROM, to: ['b@x.test'], key: 'tls' }),
      /^250 2\.0\.0 queued as queue_1$/,
    );
    assert.match(
      rig.queued.at(-1)?.body.toString() ?? '',
      /^Received: by relay\.test \(Valija\) with ESMTPSA id/,
    );
    assert.equal(rig.queued.at(-1)?.home, 'storage_a');
    dialog.close();
  });

  test('while sessions or senders cannot be checked, everything is temporary', async () => {
    rig.world.trustIsBlind = true;
    const blind = await rig.openSecure();
    assert.match(await blind.say(AUTH), /^454 4\.7\.0/);
    blind.close();
    rig.world.trustIsBlind = false;
    const dialog = await rig.openSecure();
    await dialog.say(AUTH);
    rig.world.later += SECOND;
    rig.world.profileIsAway = true;
    assert.match(await dialog.say(`MAIL FROM:<${FROM}>`), /^451 4\.3\.2/);
    rig.world.profileIsAway = false;
    assert.match(await dialog.say(`MAIL FROM:<${FROM}>`), /^250/);
    dialog.close();
  });

  test('a part that is shut out, or a user who is disabled, is cut off at once', async () => {
    for (const [kind, id] of [
      ['part', 'storage_a'],
      ['user', 'user_a'],
    ] as const) {
      const dialog = await rig.openSecure();
      await dialog.say(AUTH);
      const farewell = dialog.read();
      rig.revoke(kind, id);
      assert.match(await farewell, /^421 4\.7\.0/);
      await assert.rejects(dialog.read());
    }
  });
});
