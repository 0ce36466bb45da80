import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { makeRuleThread, type RuleThread } from '../../../storage-server/filing/ask/rule-thread.ts';
import { previewRule } from '../../../storage-server/filing/preview-rule.ts';
import { runRules } from '../../../storage-server/filing/run-rules.ts';
import { findMails } from '../../../storage-server/mail/mail-store.ts';
import { makeSelections } from '../../../storage-server/mail/selection/selections.ts';
import { startEngine, type TestEngine } from '../../harness/engines.ts';
import { incoming, makeMessage, type MailRig, newUser, startMailRig } from '../mail-rig.ts';

const SCRIPT = 'require ["fileinto", "body"];\nif body :contains "text" { fileinto "Archive/Own"; }';
const RULE = { id: 'rul_1', name: 'x', enabled: true, position: 1, script: SCRIPT };

describe('rules over mail that is here', () => {
  let database: TestEngine;
  let rig: MailRig;
  let thread: RuleThread;
  before(async () => {
    database = await startEngine('sqlite');
    rig = await startMailRig(database);
    thread = makeRuleThread(silentLogger);
  });
  after(async () => {
    await thread.close();
    await rig.stop();
    await database.stop();
  });

  /** With these rules, and with a store that has lost these blobs. */
  const makeCore = (lost: readonly string[], reason: 'blob' | 'blob-damaged') => {
    const { home, blobs } = rig.core;
    const demand = (id: string): void => {
      const code = reason === 'blob' ? 'not-found' : 'internal';
      if (lost.includes(id)) throw new MailError(code, 'gone', { reason });
    };
    const lossy = {
      read: async (id: string) => {
        demand(id);
        return await blobs.read(id);
      },
      open: (id: string, start: number, end: number) => {
        demand(id);
        return blobs.open(id, start, end);
      },
    };
    const core = {
      ...rig.core,
      home: { ...home, readProfile: async () => ({ ...(await home.readProfile('')), rules: [RULE] }) },
      blobs: lossy as never,
      mails: rig.mails,
      log: silentLogger,
      random: (size: number) => randomBytes(size),
      thread,
    };
    const search = { findNumbers: async () => [] };
    return { ...core, selections: makeSelections({ ...core, search }) };
  };

  for (const reason of ['blob', 'blob-damaged'] as const) {
    for (const half of ['header', 'body'] as const) {
      test(`a mail whose ${half} is lost (${reason}) holds up no other`, async () => {
        const user = newUser();
        const mails = [1, 2, 3].map((number) => incoming(makeMessage(number)));
        const ids = (await rig.mails.ingestMails(user, mails)).map(({ mailId }) => mailId);
        const [record] = await findMails(rig.db.read, user, [rig.core.ids.read(user, ids[1]!)]);
        const core = makeCore([record![half]], reason);
        const { of, matched } = await previewRule(core, user, { script: SCRIPT, limit: 10 });
        assert.deepEqual([of, matched], [3, 2]);
        const selection = { where: { mailbox: 'inbox' }, except: [], upTo: null };
        const { changed } = await runRules(core, user, { rules: ['rul_1'], selection });
        assert.equal(changed, 2);
        const rows = await rig.mails.readRows(user, ids);
        assert.deepEqual(
          rows.map(({ mailbox }) => mailbox),
          ['mbx_own', 'mbx_inbox', 'mbx_own'],
        );
      });
    }
  }
});
