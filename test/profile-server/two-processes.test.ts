import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DAY } from '../../common/time.ts';
import { missingComponent } from '../harness/component.ts';
import { type Mariadb, startMariadb } from '../harness/mariadb.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { PASSWORD, registerUser, sampleSettings } from './sample.ts';
import { type RunningServer, refusal, startServer } from './start-server.ts';
import { expectSession } from '../harness/expect-session.ts';

describe('two profile-servers on one database', { skip: missingComponent('mariadbd') }, () => {
  const dir = makeTempDir('two-processes');
  let mariadb: Mariadb;
  let one: RunningServer;
  let two: RunningServer;
  before(async () => {
    mariadb = await startMariadb();
    const masterKeyFile = join(dir.path, 'master.key');
    writeFileSync(masterKeyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
    const publicUrl = 'http://localhost:1';
    const database = { engine: 'mysql' as const, url: mariadb.url('two') };
    one = await startServer({ database, settings: { masterKeyFile, publicUrl } });
    two = await startServer({ database, settings: { masterKeyFile, publicUrl } });
  });
  after(async () => {
    await one.stop();
    await two.stop();
    await mariadb.stop();
    dir.remove();
  });

  test('what one knows the other knows: users, keys, ended sessions, leases', async () => {
    const ana = await registerUser(one, 'ana');
    const there = two.client(ana.signedIn.tokens.profile);
    assert.equal((await there.session.whoami.query()).user.name, 'ana');
    // The other one has just looked at the keys, when this one begins to use a new one.
    one.clock.advance(31 * DAY);
    const fresh = await expectSession(
      one.client().session.signIn.mutate({ name: 'ana', password: PASSWORD }),
    );
    const again = two.client(fresh.tokens.profile);
    assert.equal((await again.session.whoami.query()).user.name, 'ana', 'by a key made elsewhere just now');
    two.clock.advance(31 * DAY);

    const home = await one.enrol('storage-server');
    const homeAtTwo = home.at(two);
    await home.client.part.announce.mutate({ url: 'http://localhost:2', submission: null });
    await again.account.add.mutate({ settings: sampleSettings(), secrets: { pop3Password: 'secret' } });
    one.clock.advance(DAY);
    two.clock.advance(DAY);
    const claims = await Promise.all(
      [home.client, homeAtTwo].map(
        async (client) => await client.schedule.claim.mutate({ max: 5, wait: false }),
      ),
    );
    assert.equal(claims.flatMap((claim) => claim.leases).length, 1);

    const late = await expectSession(one.client().session.signIn.mutate({ name: 'ana', password: PASSWORD }));
    const { seq } = await homeAtTwo.session.revoked.query({ since: 0, wait: false });
    const waiting = homeAtTwo.session.revoked.query({ since: seq, wait: true });
    await one.client(late.tokens.profile).session.signOut.mutate();
    assert.deepEqual((await waiting).revoked[0]?.id, late.session.id);
    assert.equal(
      (await refusal(two.client(late.tokens.profile).session.whoami.query())).reason,
      'session-ended',
    );
  });
});
