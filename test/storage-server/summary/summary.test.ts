import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { MailSummary, StoredSum } from '../../../common/shapes/summary.ts';
import { findSizeClass } from '../../../common/shapes/summary.ts';
import type { MailRow } from '../../../common/shapes/mail.ts';
import { readSummary } from '../../../storage-server/summary/read-summary.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { incoming, makeMessage, newUser, startMailRig, type MailRig } from '../mail-rig.ts';

/** The sums of these rows, counted one by one. */
function count(rows: readonly MailRow[]): StoredSum {
  const dates = rows.map(({ date }) => date).toSorted();
  const sizes = [10_000, 100_000, 1_000_000, 10_000_000, null].map((upTo, place) => {
    const own = rows.filter(({ size }) => findSizeClass(size) === place);
    return { upTo, mails: own.length, bytes: own.reduce((sum, { size }) => sum + size, 0) };
  });
  return {
    total: rows.length,
    unread: rows.filter(({ flags }) => !flags.includes('seen')).length,
    bytes: rows.reduce((sum, { size }) => sum + size, 0),
    newest: dates.at(-1) ?? null,
    oldest: dates[0] ?? null,
    sizes,
  };
}

for (const engine of ENGINES) {
  describe(`what is stored (${engine})`, { skip: missingEngine(engine) }, () => {
    let started: TestEngine;
    let rig: MailRig;
    const user = newUser();
    before(async () => {
      started = await startEngine(engine);
      rig = await startMailRig(started);
    });
    after(async () => {
      await rig?.stop();
      await started?.stop();
    });

    const listAll = async (): Promise<MailRow[]> => {
      const rows: MailRow[] = [];
      for (const mailbox of ['inbox', 'sent', 'drafts', 'junk', 'trash', 'archive', 'mbx_own']) {
        const page = await rig.mails.readPage(user, { mailbox, account: null, limit: 500, after: null });
        rows.push(...page.mails);
      }
      return rows;
    };
    const check = async (): Promise<MailSummary> => {
      const rows = await listAll();
      const found = await readSummary(rig.core, user);
      const counted: MailSummary = {
        all: count(rows),
        mailboxes: found.mailboxes.map(({ id, path, role }) => ({
          id,
          path,
          role,
          ...count(rows.filter(({ mailbox }) => mailbox === id)),
        })),
        accounts: [null, 'acc_a', 'acc_b', 'acc_c']
          .map((id) => ({
            id,
            ...count(
              rows.filter(({ accounts }) => (id === null ? accounts.length === 0 : accounts.includes(id))),
            ),
          }))
          .filter(({ total }) => total > 0),
      };
      assert.deepEqual(found, counted);
      return found;
    };

    it('is nothing at first', async () => {
      const { all, accounts, mailboxes } = await check();
      assert.deepEqual([all.total, all.newest, accounts.length, mailboxes.length], [0, null, 0, 7]);
    });

    it('is as counting says after mails came, moved, were read, came once more, and went', async () => {
      const large = (size: number, at: number) =>
        `${makeMessage(at)}${'x'.repeat(70)}\r\n`.repeat(1).padEnd(size, 'y');
      const mails = [
        ...[1, 2, 3].map((at) => incoming(makeMessage(at))),
        incoming(large(20_000, 4), { account: 'acc_b', flags: ['seen'] }),
        incoming(large(300_000, 5), { account: 'acc_b' }),
        incoming(large(1_000_001, 6), { account: 'acc_c', mailbox: 'mbx_own' }),
        incoming(makeMessage(7), { account: null, mailbox: 'mbx_sent', flags: ['seen'] }),
      ];
      const added = await rig.mails.ingestMails(user, mails);
      const ids = added.map(({ mailId }) => mailId);
      const first = await check();
      assert.deepEqual(
        first.all.sizes.map((one) => one.mails),
        [4, 1, 1, 1, 0],
      );
      // The same mail through another account.
      await rig.mails.ingestMails(user, [incoming(makeMessage(1), { account: 'acc_b' })]);
      assert.equal((await check()).all.total, 7);
      await rig.mails.flag(user, ids.slice(0, 2), ['seen'], []);
      await check();
      await rig.mails.move(user, ids.slice(1, 5), 'trash');
      await check();
      await rig.mails.remove(user, ids.slice(1, 4));
      const { all } = await check();
      assert.equal(all.total, 4);
    });
  });
}
