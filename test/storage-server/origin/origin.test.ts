import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import type { Judgement, JudgeRequest } from '../../../storage-server/origin/judge-mail.ts';
import { judgeDue, judgeNext } from '../../../storage-server/origin/judge-users.ts';
import { startOrigin } from '../../../storage-server/origin/start-origin.ts';
import { missingComponent } from '../../harness/component.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { findFreePort } from '../../harness/ports.ts';
import { type Unbound, startUnbound } from '../../harness/unbound.ts';
import { type MailRig, NOW, incoming, makeMessage, newUser, startMailRig } from '../mail-rig.ts';
import { startRigThreads } from '../search/search-rig.ts';
import { deliver, makeSender, makeText } from './signed-mail.ts';

const MINUTE = 60_000;

function judgement(temporary: boolean): Judgement {
  const dmarc = temporary ? 'temperror' : 'pass';
  return {
    authentication: { from: { domain: 'example.com', dmarc }, dkim: [], spf: null, arc: null, by: 'valija' },
    temporary,
  };
}

for (const engine of ENGINES) {
  describe(`what is still to be judged (${engine})`, { skip: missingEngine(engine) }, () => {
    let servers: TestEngine;
    let rig: MailRig;
    const asked: JudgeRequest[] = [];
    let temporary = false;
    const pool = {
      ask: async (request: JudgeRequest): Promise<Judgement> => {
        asked.push(request);
        return judgement(temporary);
      },
    };
    before(async () => {
      servers = await startEngine(engine);
      rig = await startMailRig(servers);
    });
    after(async () => {
      await rig.stop();
      await servers.stop();
    });
    const core = () => ({ ...rig.core, log: silentLogger });
    const take = async (user: string, count: number, account: string | null = 'acc_a') =>
      (
        await rig.mails.ingestMails(
          user,
          Array.from({ length: count }, (_, n) => incoming(makeMessage(n), { account })),
        )
      ).map(({ mailId }) => mailId);
    const finish = async (user: string): Promise<void> => {
      while (await judgeNext(core(), pool, user));
    };
    const dmarcOf = async (user: string, mail: string) =>
      (await rig.mails.show(user, mail)).authentication?.from.dmarc ?? null;

    test('every collected original once, in batches, and nothing that was written here', async () => {
      const user = newUser();
      const ids = await take(user, 200);
      const own = await take(user, 1, null);
      assert.equal(await dmarcOf(user, ids[0]!), null);
      asked.length = 0;
      await finish(user);
      assert.equal(asked.length, 200);
      await finish(user);
      assert.equal(asked.length, 200, 'nothing is judged twice');
      assert.deepEqual(
        [await dmarcOf(user, ids[0]!), await dmarcOf(user, ids[199]!), await dmarcOf(user, own[0]!)],
        ['pass', 'pass', null],
      );
      await take(user, 3, 'acc_b');
      await rig.mails.flag(user, ids, ['seen'], []);
      await finish(user);
      assert.equal(asked.length, 203, 'the second original of the same mail is judged for itself');
    });

    test('what the DNS left open is tried again, a bounded number of times', async () => {
      const user = newUser();
      const [id] = await take(user, 1);
      temporary = true;
      asked.length = 0;
      await finish(user);
      for (let round = 0; round < 20; round++) {
        assert.equal(await judgeDue(core(), pool), 0, 'nothing is tried before its time');
        rig.clock.at += 24 * 60 * MINUTE;
        await judgeDue(core(), pool);
      }
      assert.equal(asked.length, 5);
      assert.equal(await dmarcOf(user, id!), 'temperror');
      temporary = false;
    });

    test('an answer that comes later replaces the open one', async () => {
      const user = newUser();
      const [id] = await take(user, 1);
      temporary = true;
      await finish(user);
      temporary = false;
      rig.clock.at += MINUTE;
      assert.equal(await judgeDue(core(), pool), 1);
      assert.equal(await dmarcOf(user, id!), 'pass');
      assert.equal(await judgeDue(core(), pool), 0);
    });

    test('a user whose profile cannot be read keeps nobody waiting', async () => {
      const [gone, user] = [newUser(), newUser()];
      temporary = true;
      await take(gone, 1);
      await finish(gone);
      rig.clock.at += 1;
      const [id] = await take(user, 1);
      await finish(user);
      temporary = false;
      rig.clock.at += MINUTE;
      const { home } = rig.core;
      const readProfile = async (one: string) => {
        if (one === gone) throw new MailError('not-found', 'moved', { reason: 'not-at-home' });
        return await home.readProfile(one);
      };
      const apart = { ...core(), home: { ...home, readProfile } };
      assert.equal(await judgeDue(apart, pool), 2);
      assert.equal(await dmarcOf(user, id!), 'pass');
      assert.equal(await judgeDue(apart, pool), 0, 'he is not asked about again at once');
      rig.clock.at += 60 * MINUTE;
      assert.equal(await judgeDue(core(), pool), 1);
    });

    test('a mail that is removed takes its verdict with it, also while it is judged', async () => {
      const user = newUser();
      const [first, second] = await take(user, 2);
      await rig.mails.move(user, [first!, second!], 'trash');
      const removing = {
        ask: async (request: JudgeRequest) => {
          if ((await rig.mails.readRows(user, [first!])).length > 0) await rig.mails.remove(user, [first!]);
          return await pool.ask(request);
        },
      };
      await judgeNext(core(), removing, user);
      await rig.mails.remove(user, [second!]);
      const left = await rig.db.read.all('SELECT mail FROM mail_origin WHERE user_id = ?', [user]);
      assert.deepEqual(left, []);
    });

    test('one that cannot be judged does not hold up the others', async () => {
      const user = newUser();
      const ids = await take(user, 3);
      let calls = 0;
      const failing = {
        ask: async () => {
          calls += 1;
          if (calls === 2) throw new Error('broken');
          return judgement(false);
        },
      };
      await judgeNext(core(), failing, user);
      const shown = await Promise.all(ids.map(async (id) => await dmarcOf(user, id)));
      assert.equal(shown.filter((one) => one === 'pass').length, 2);
    });
  });
}

describe('the thread that judges', { skip: missingComponent('unbound') }, () => {
  const sender = makeSender();
  let dns: Unbound;
  let engine: TestEngine;
  let rig: MailRig;
  before(async () => {
    dns = await startUnbound(sender.records);
    engine = await startEngine('sqlite');
    rig = await startMailRig(engine);
  });
  after(async () => {
    await rig.stop();
    await engine.stop();
    await dns.stop();
  });
  const start = async (port: number) => {
    const threads = startRigThreads(rig, { host: dns.host, port });
    const origin = await startOrigin(
      { ...rig.core, log: silentLogger, threads },
      { settle: 1, dueEvery: 20 },
    );
    return { stop: async () => void (await Promise.all([threads.stop(), origin.stop()])) };
  };
  const wait = async (user: string, id: string, wanted: string) => {
    for (;;) {
      const { authentication } = await rig.mails.show(user, id);
      if (authentication?.from.dmarc === wanted) return authentication;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  test('new mail, mail of an earlier run, and mail that came while no DNS answered', async () => {
    const user = newUser();
    const message = deliver(await sender.sign(makeText()), '192.0.2.7');
    const large = deliver(
      await sender.sign(Buffer.concat([makeText(), Buffer.alloc(3e6, 'x\r\n')])),
      '192.0.2.7',
    );
    const [before] = await rig.mails.ingestMails(user, [incoming(message)]);
    let origin = await start(await findFreePort());
    await wait(user, before!.mailId, 'temperror');
    const [during] = await rig.mails.ingestMails(user, [incoming(large)]);
    await wait(user, during!.mailId, 'temperror');
    await origin.stop();

    rig.clock.at = NOW + 2 * MINUTE;
    origin = await start(dns.port);
    await wait(user, before!.mailId, 'pass');
    const { dkim } = await wait(user, during!.mailId, 'pass');
    assert.deepEqual(dkim, [{ domain: 'sender.test', selector: 's1', result: 'pass' }]);
    await origin.stop();
    rig.clock.at = NOW;
  });
});
