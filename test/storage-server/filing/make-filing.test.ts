import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { silentLogger } from '../../../server-kit/log.ts';
import { RuleBook } from '../../../storage-server/filing/ask/compile-rules.ts';
import type { Filing } from '../../../storage-server/filing/filing.ts';
import { makeFiling } from '../../../storage-server/filing/make-filing.ts';
import { listProblems } from '../../../storage-server/filing/problem-store.ts';
import { makeRuleThread, type RuleThread } from '../../../storage-server/filing/ask/rule-thread.ts';
import type { IncomingMail } from '../../../storage-server/mail/ingest/ingest.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../../harness/engines.ts';
import { incoming, makeMessage, type MailRig, newUser, startMailRig } from '../mail-rig.ts';

const FORWARD = {
  id: 'rul_1',
  name: 'x',
  enabled: true,
  position: 1,
  script: 'redirect :copy "c@far.test";',
};

for (const engine of ENGINES) {
  describe(`filing into the store on ${engine}`, { skip: missingEngine(engine) }, () => {
    let database: TestEngine;
    let rig: MailRig;
    let thread: RuleThread;
    before(async () => {
      database = await startEngine(engine);
      rig = await startMailRig(database);
      thread = makeRuleThread(silentLogger);
    });
    after(async () => {
      await thread?.close();
      await rig?.stop();
      await database?.stop();
    });
    const identity = { id: 'idn_1', name: null, address: 'a@own.test', replyTo: null, signature: null };
    const make = (script: string, hasRules = true, timeZone: string | null = null): Filing => {
      const { home } = rig.core;
      const rules = [
        {
          ...FORWARD,
          script: `require ["copy", "fileinto", "imap4flags", "body", "date", "mailbox"];\n${script}`,
        },
      ];
      const accounts = [{ id: 'acc_a', email: 'a@own.test' }] as never[];
      const identities = ['acc_a', 'acc_b'].map((account) => ({ ...identity, account }));
      const readProfile = async () => ({
        ...(await home.readProfile('')),
        rules,
        accounts,
        identities,
        timeZone,
      });
      const readPollFacts = async () => ({ ...(await home.readPollFacts('')), hasRules });
      const core = { ...rig.core, home: { ...home, readProfile, readPollFacts } };
      const random = (size: number) => randomBytes(size);
      return makeFiling(
        { ...core, log: silentLogger, random, thread, wake: () => undefined },
        new RuleBook(10),
      );
    };
    const store = async (filing: Filing, user: string, mails: IncomingMail[], account = 'acc_a') => {
      const filed = await filing.file({ user, account, importing: false }, mails);
      await rig.mails.ingestMails(user, filed?.mails ?? mails, async (tx, ingested) => {
        await filed?.record(tx, ingested);
      });
      return filed;
    };
    const countOutbox = async (user: string): Promise<number> => {
      const row = await rig.db.read.get<{ n: number }>(
        'SELECT COUNT(*) AS n FROM filing_outbox WHERE user_id = ?',
        [user],
      );
      return Number(row?.n);
    };
    const recent = (number: number): string =>
      makeMessage(number, [`Received: from a by b; ${new Date(rig.clock.at).toUTCString()}`]);

    test('users without rules are not asked for anything', async () => {
      assert.equal(await store(make('discard;', false), newUser(), [incoming(makeMessage(1))]), null);
    });

    test('what is sent is committed with the mail; the same mail through another account is filed and sent once', async () => {
      const user = newUser();
      const filing = make('redirect :copy "c@far.test"; fileinto :flags ["\\\\Seen", "Red"] "Archive/Own";');
      await store(filing, user, [incoming(recent(1)), incoming(recent(2))]);
      assert.equal(await countOutbox(user), 2);
      const page = { mailbox: 'mbx_own', account: null, limit: 10, after: null };
      const { mails } = await rig.mails.readPage(user, page);
      assert.deepEqual(
        mails.map(({ flags, labels }) => [flags, labels]),
        [
          [['seen'], ['Red']],
          [['seen'], ['Red']],
        ],
      );
      await rig.mails.move(user, [mails[0]!.id], 'inbox');
      await store(filing, user, [incoming(recent(2), { account: 'acc_b' })], 'acc_b');
      assert.equal(await countOutbox(user), 2);
      assert.equal((await rig.mails.readRows(user, [mails[0]!.id]))[0]?.mailbox, 'mbx_inbox');
    });

    test('rules tell the time where the user is', async () => {
      const hour = (zone: string): string =>
        new Date(rig.clock.at).toLocaleString('en', { hour: '2-digit', hourCycle: 'h23', timeZone: zone });
      const script = `if currentdate :is "hour" "${hour('Asia/Tokyo')}" { discard; }`;
      const decide = async (zone: string | null) =>
        (await store(make(script, true, zone), newUser(), [incoming(makeMessage(1))]))?.mails[0]?.mailbox;
      assert.equal(await decide('Asia/Tokyo'), 'mbx_trash');
      assert.equal(await decide(null), 'mbx_inbox');
    });

    test('a mailbox is there for rules under every name by which they may file into it', async () => {
      const names = ['INBOX', 'Junk', 'mbx_own', 'Archive/Own'].map((name) => `"${name}"`).join(', ');
      const script = `if mailboxexists [${names}] { discard; }\nif mailboxexists "Gone" { keep; }`;
      const filed = await store(make(script), newUser(), [incoming(makeMessage(1))]);
      assert.equal(filed?.mails[0]?.mailbox, 'mbx_trash');
    });

    test('nothing is sent of what was not committed', async () => {
      const user = newUser();
      const mails = [incoming(recent(1))];
      const filed = await make('redirect :copy "c@far.test";').file(
        { user, account: 'acc_a', importing: false },
        mails,
      );
      const failing = rig.mails.ingestMails(user, filed!.mails, async (tx, ingested) => {
        await filed!.record(tx, ingested);
        throw new Error('the disk is full');
      });
      await assert.rejects(failing, /the disk is full/);
      assert.equal(await countOutbox(user), 0);
    });

    test('a mail whose bytes cannot be read is stored as if there were no rules', async () => {
      const user = newUser();
      const broken = {
        get path(): string {
          throw new Error('no bytes');
        },
        size: 5,
      };
      const filed = await make('discard;').file({ user, account: 'acc_a', importing: false }, [
        incoming(makeMessage(1)),
        { ...incoming(''), source: broken },
      ]);
      assert.deepEqual(
        filed?.mails.map(({ mailbox }) => mailbox),
        ['mbx_trash', 'mbx_inbox'],
      );
      const ingested = [1, 2].map((number) => ({ mailId: `mail_${number}`, added: true }));
      await rig.db.write(async (tx) => await filed?.record(tx, ingested));
      assert.deepEqual(
        (await listProblems(rig.db.read, user)).map(({ reason, mail }) => [reason, mail]),
        [['rule-not-run', 'mail_2']],
      );
    });
  });
}
