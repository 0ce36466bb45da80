import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { RuleSession, needsThread } from '../../../storage-server/filing/ask/ask-rules.ts';
import { RuleBook, compileRules } from '../../../storage-server/filing/ask/compile-rules.ts';
import { isStillTrue } from '../../../storage-server/filing/list-problems.ts';
import { BODY_BYTES, PART_BYTES, readBody } from '../../../storage-server/filing/ask/read-body.ts';
import { makeRuleThread, type RuleThread } from '../../../storage-server/filing/ask/rule-thread.ts';
import { splitSource } from '../../../storage-server/filing/ask/split-source.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

const HEADER = 'From: bob@far.test\r\nSubject: Hi\r\n\r\n';
const BODY_RULE = 'require ["body", "fileinto"];\nif body :contains "needle" { fileinto "Found"; }';
const rule = (script: string, id = 'rul_1') => ({ id, enabled: true, script });
const ACCOUNT = { id: 'acc_1', email: 'ana@own.test' };

describe('asking rules', () => {
  const temp = makeTempDir('ask-rules');
  const thread = makeRuleThread(silentLogger);
  after(async () => {
    await thread.close();
    temp.remove();
  });
  const begin = (scripts: string[], by: RuleThread = thread): RuleSession => {
    const rules = compileRules(scripts.map((script, index) => rule(script, `rul_${index}`)));
    return new RuleSession({ thread: by, log: silentLogger }, rules, {
      now: 0,
      timeZone: null,
      mailboxes: ['Found'],
      roles: [],
    });
  };
  const ask = async (session: RuleSession, body: string, header = HEADER) => {
    const mail = await splitSource(Buffer.from(header + body, 'latin1'));
    return await session.ask({ ...mail, account: ACCOUNT, attachments: null });
  };
  const kinds = ({ actions }: Awaited<ReturnType<typeof ask>>) => actions.map(({ kind }) => kind);

  test('bodies are read in a thread', async () => {
    const session = begin([BODY_RULE]);
    assert.deepEqual(kinds(await ask(session, 'hay needle hay')), ['fileinto']);
    assert.deepEqual(kinds(await ask(session, 'hay')), ['keep']);
  });

  test('what fails while it runs has no part in it, and is named', async () => {
    const redirects = Array.from({ length: 5 }, (_, n) => `redirect "a${n}@far.test";`).join('\n');
    const asked = await ask(begin([redirects, BODY_RULE]), 'needle');
    assert.deepEqual(kinds(asked), ['fileinto']);
    assert.deepEqual(asked.problems, [
      { rule: 'rul_0', reason: 'rule-failed', detail: 'too-many-redirects' },
    ]);
  });

  test('a thread that dies or takes too long keeps the mail; after two such mails it is not asked again', async () => {
    let calls = 0;
    const dying: RuleThread = {
      ask: async () => {
        calls += 1;
        throw new MailError('timeout', 'too long', { reason: 'thread' });
      },
      close: async () => undefined,
    };
    const session = begin([BODY_RULE], dying);
    for (let mail = 0; mail < 4; mail++) {
      const asked = await ask(session, 'needle');
      assert.deepEqual(asked.actions, []);
      assert.deepEqual(
        asked.problems.map(({ reason }) => reason),
        ['rule-not-run'],
      );
    }
    assert.equal(calls, 2);
  });

  test('headers stay on the main thread unless there is much to do', () => {
    const cases: [Parameters<typeof needsThread>, boolean][] = [
      [[{ needsBody: false, length: 4000 }, 6000], false],
      [[{ needsBody: false, length: 64 * 1024 }, 1024], false],
      [[{ needsBody: false, length: 64 * 1024 }, 1025], true],
      [[{ needsBody: true, length: 10 }, 10], true],
    ];
    for (const [given, wanted] of cases) assert.equal(needsThread(...given), wanted);
  });

  test('what turns out to be much work is done in the thread, and so are the mails after it', async () => {
    const test = `if string :matches "${'${a}'.repeat(32)}" "*a?b*" { discard; }`;
    const script = [
      `require "variables";`,
      `set "a" "${'a'.repeat(4000)}";`,
      ...Array<string>(40).fill(test),
    ];
    let calls = 0;
    const counting: RuleThread = {
      ask: async (request) => {
        calls += 1;
        return await thread.ask(request);
      },
      close: async () => undefined,
    };
    const session = begin([script.join('\n')], counting);
    const asked = await ask(session, '');
    assert.deepEqual([kinds(asked), asked.problems, calls], [['keep'], [], 1]);
    await ask(session, '');
    assert.equal(calls, 2);
    await ask(begin(['if header :is "subject" "Hi" { discard; }'], counting), '');
    assert.equal(calls, 2);
  });

  test('of a large message in a file rules see the begin, and whether it has attachments', async () => {
    const path = join(temp.path, 'large.mail');
    const header = HEADER.replace('\r\n\r\n', '\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n');
    const text = `--b\r\n\r\nneedle ${'x'.repeat(PART_BYTES)} late\r\n`;
    const filler = `--b\r\n\r\n${'y'.repeat(2 * BODY_BYTES)} later\r\n`;
    const file =
      '--b\r\nContent-Disposition: attachment; filename=a.pdf\r\nContent-Type: application/pdf\r\n\r\nx\r\n--b--\r\n';
    const content = Buffer.from(header + text + filler + file);
    writeFileSync(path, content);
    const split = await splitSource({ path, size: content.length });
    assert.equal(split.header.toString(), header);
    const body = readBody(split.header, split.body, null);
    assert.equal(body.hasAttachment, true);
    assert.equal(body.raw.length, BODY_BYTES);
    assert.deepEqual(
      body.parts.map(({ content: part }) => [part?.length, part?.includes('needle'), part?.includes('late')]),
      [
        [PART_BYTES, true, false],
        [PART_BYTES, false, false],
      ],
    );
    const session = begin([BODY_RULE]);
    const asked = await session.ask({ ...split, account: ACCOUNT, attachments: null });
    assert.deepEqual(kinds(asked), ['fileinto']);
  });

  test('a file that cannot be read keeps the mail', async () => {
    const body = { path: join(temp.path, 'none'), start: 0 };
    const mail = { header: Buffer.from(HEADER), body, size: 9, account: ACCOUNT, attachments: null };
    const asked = await begin([BODY_RULE]).ask(mail);
    assert.deepEqual([asked.actions.length, asked.problems[0]?.reason], [0, 'rule-not-run']);
  });
});

describe('rules as they are kept ready', () => {
  test('read once for each revision, and for no more users than told', () => {
    const book = new RuleBook(2);
    const read = (user: string, revision: number) => book.read(user, { revision, rules: [rule('discard;')] });
    const first = read('ana', 1);
    assert.equal(read('ana', 1), first);
    const second = read('ana', 2);
    assert.notEqual(second, first);
    read('bea', 1);
    assert.equal(read('ana', 2), second);
    read('eve', 1);
    assert.notEqual(read('ana', 2), second);
  });

  test('what is switched off is left out, what cannot be read is told', () => {
    const rules = [rule('discard;', 'a'), { ...rule('keep;', 'b'), enabled: false }, rule('if', 'c')];
    const { ids, problems, needsBody } = compileRules(rules);
    assert.deepEqual([ids, needsBody], [['a'], false]);
    assert.deepEqual(
      problems.map((problem) => [problem.rule, problem.reason]),
      [['c', 'rule-failed']],
    );
  });
});

describe('problems that are still true', () => {
  const mailboxes = [{ id: 'mbx_1', name: 'Work', role: null, parent: null, path: 'Work' }];
  const known = { mailboxes, rules: [{ ...rule('keep;'), name: 'x', position: 1 }] };
  const off = { ...known, rules: [{ ...known.rules[0]!, enabled: false }] };
  const filing = (script: string, enabled = true) => ({
    mailboxes,
    rules: [{ ...known.rules[0]!, script, enabled }],
  });
  const failed = { rule: 'rul_1', reason: 'rule-failed' as const, detail: 'x' };
  const gone = { rule: null, reason: 'rule-mailbox-gone' as const, detail: 'Gone' };
  const refused = { rule: null, reason: 'rule-forward-refused' as const, detail: 'ana@far..test' };
  const cases: [string, boolean, boolean][] = [
    ['of an address', isStillTrue(refused, filing('redirect "Ana@far..test";')), true],
    ['of an address behind a name', isStillTrue(refused, filing('redirect "Ana <ana@far..test>";')), true],
    ['of an address that was mended', isStillTrue(refused, filing('redirect "ana@far.test";')), false],
    [
      'of an address whose rule is off',
      isStillTrue(refused, filing('redirect "ana@far..test";', false)),
      false,
    ],
    ['of a rule', isStillTrue(failed, known), true],
    ['of a rule that is off', isStillTrue(failed, off), false],
    ['of a rule that is gone', isStillTrue({ ...failed, rule: 'rul_2' }, known), false],
    ['of a mailbox', isStillTrue(gone, filing('require "fileinto"; fileinto "Gone";')), true],
    [
      'of a mailbox that a rule no form can say may name',
      isStillTrue(gone, filing('require ["fileinto", "variables"]; set "a" "Gone"; fileinto "${a}";')),
      true,
    ],
    [
      'of a mailbox that no rule names any more',
      isStillTrue(gone, filing('require "fileinto"; fileinto "Other";')),
      false,
    ],
    [
      'of a mailbox whose rule is off',
      isStillTrue(gone, filing('require "fileinto"; fileinto "Gone";', false)),
      false,
    ],
    [
      'of a mailbox that is there again',
      isStillTrue({ ...gone, detail: 'Work' }, filing('require "fileinto"; fileinto "Work";')),
      false,
    ],
  ];
  for (const [name, found, wanted] of cases) test(name, () => assert.equal(found, wanted));
});
