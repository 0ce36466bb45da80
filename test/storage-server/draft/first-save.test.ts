import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import type { OpenDraft } from '../../../common/shapes/draft.ts';
import { ENGINES, missingEngine } from '../../harness/engines.ts';
import {
  ANA,
  EVE,
  type PostOffice,
  listRole,
  makeContent,
  openPostOffice,
  receive,
} from '../sending/post-office.ts';

for (const engine of ENGINES) {
  suite(`a first save of a draft on ${engine}`, { skip: missingEngine(engine) }, () => {
    let office: PostOffice;
    before(async () => {
      office = await openPostOffice(engine);
    });
    after(async () => await office.stop());

    test('that comes again finds the draft that it made, and only in its own hands', async () => {
      const total = (await listRole(office, 'drafts')).length;
      const first = async (user: string, text: string) =>
        await office.outbound.drafts.save(user, {
          id: null,
          base: null,
          key: 'k1',
          draft: makeContent({ text }),
        });
      const both = await Promise.all([first(ANA, 'A'), first(ANA, 'A, and more')]);
      assert.equal(new Set(both.map((one) => one.id)).size, 1);
      assert.deepEqual(
        both.map((one) => one.version),
        [1, 2],
      );
      assert.equal((await listRole(office, 'drafts')).length, total + 1);
      const { id } = both[0];
      assert.equal((await office.outbound.drafts.open(ANA, id)).draft.text, 'A, and more');
      assert.notEqual((await first(EVE, 'of Eve')).id, id);
      // What somebody may have written since is not written over.
      await assert.rejects(first(ANA, 'C'), (error: unknown) => {
        assert.ok(error instanceof MailError);
        assert.deepEqual([error.code, error.reason], ['conflict', 'draft']);
        assert.equal((error.current as OpenDraft).id, id);
        return true;
      });
      await office.outbound.drafts.remove(ANA, id);
      assert.notEqual((await first(ANA, 'D')).id, id);
    });

    test('that comes again after its draft was removed for ever begins another one', async () => {
      const save = async () =>
        await office.outbound.drafts.save(ANA, { id: null, base: null, key: 'k3', draft: makeContent({}) });
      const { id } = await save();
      await office.core.mails.remove(ANA, [id]);
      const again = await save();
      assert.notEqual(again.id, id);
      assert.equal((await save()).id, again.id);
    });

    test('that comes again as an answer finds the answer that it made', async () => {
      const mail = await receive(office, 'From: bob@y.test\nTo: ana@work.test\nSubject: Lunch\n\nAt noon?\n');
      const total = (await listRole(office, 'drafts')).length;
      const answer = async (key: string | null) =>
        await office.outbound.drafts.answer(ANA, {
          mail,
          kind: 'reply',
          language: 'en',
          timeZone: null,
          key,
        });
      const [first, again] = await Promise.all([answer('k2'), answer('k2')]);
      assert.deepEqual(again, first);
      assert.equal((await listRole(office, 'drafts')).length, total + 1);
      assert.notEqual((await answer(null)).id, first.id);
    });
  });
}
