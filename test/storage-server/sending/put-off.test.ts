import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import { ANA, makeContent, openPostOffice, type PostOffice } from './post-office.ts';

for (const engine of ENGINES) {
  suite(`what our relay does not take now on ${engine}`, { skip: missingEngine(engine) }, () => {
    let office: PostOffice;
    let full = true;
    const line = '450 4.7.1 limit of 10 recipients an hour reached, try again in 1800 s';
    before(async () => {
      office = await openPostOffice(engine, {
        script: (connection, verb) => verb === 'MAIL' && full && (connection.say(line), true),
      });
    });
    after(async () => await office.stop());

    test('is told with reason and next try, and forgotten when it is taken', async () => {
      const draft = makeContent();
      const { id } = await office.outbound.drafts.save(ANA, { id: null, base: null, draft });
      await office.outbound.sending.send(ANA, { draft: id, undo: 0, at: null, key: null });
      const late = await office.until(id, ({ recipients }) => recipients[0]?.state === 'deferred');
      const [one] = late.recipients;
      assert.deepEqual(
        [late.state, one?.reason, one?.code, one?.enhanced, one?.serverLine],
        ['queued', 'too-many-tries/own-limit', 450, '4.7.1', line],
      );
      assert.ok(Date.parse(one?.nextTry ?? '') > office.clock.now());
      full = false;
      office.clock.at += 120_000;
      await office.restart();
      const taken = await office.until(id, ({ recipients }) => recipients[0]?.state === 'queued');
      assert.deepEqual([taken.recipients[0]?.reason, taken.recipients[0]?.nextTry], [null, null]);
      assert.equal(office.smtp.mails.length, 1);
    });
  });
}
