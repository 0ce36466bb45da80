import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseReply } from '../../../common/enhanced-status.ts';
import { en } from '../../../common/error-texts/en.ts';
import type { ErrorTexts } from '../../../common/error-texts/error-text.ts';
import { es } from '../../../common/error-texts/es.ts';
import { classifyReply } from '../../../smtp-relay/reply/classify.ts';
import { findClass } from '../../../common/reply/find-class.ts';
import { KNOWN_REPLIES } from './known/all-replies.ts';
import { REPLY_CLASSES, type ReplyClass, type ReplyClassFacts } from '../../../common/reply/reply-class.ts';
import { RULES } from '../../../common/reply/rules/rules.ts';

const ALL = KNOWN_REPLIES.flatMap(({ replies }) => replies);
const TABLES: readonly ErrorTexts[] = [en, es];

test('there are replies enough, of providers enough, each with the place where it stands', () => {
  assert.ok(ALL.length >= 200, `${ALL.length}`);
  assert.ok(new Set(KNOWN_REPLIES.map(({ provider }) => provider)).size >= 35);
  assert.equal(new Set(ALL.map(({ reply }) => reply)).size, ALL.length, 'none twice');
  for (const { source } of ALL) assert.match(source, /^https?:\/\/\S+$/);
});

for (const { provider, replies } of KNOWN_REPLIES) {
  describe(provider, () => {
    for (const { reply, stage, class: wanted } of replies) {
      test(`${reply.slice(0, 70)} (${wanted})`, () => {
        const parsed = parseReply(reply);
        assert.ok(parsed);
        assert.equal(findClass(parsed, stage, 'smarthost'), wanted);
        const facts: ReplyClassFacts = REPLY_CLASSES[wanted];
        const refusal = classifyReply(reply, stage, 'smarthost');
        assert.equal(refusal.reason, facts.reason);
        const passes =
          parsed.code < 500 || facts.outcome === 'temporary' || ['session', 'login'].includes(stage);
        assert.equal(refusal.outcome, passes ? 'temporary' : 'permanent');
      });
    }
  });
}

test('every class has its own sentence and next step in both languages, and fits the column', () => {
  for (const { reason } of Object.values<ReplyClassFacts>(REPLY_CLASSES)) {
    assert.ok(reason.length <= 40, reason);
    for (const table of TABLES) {
      assert.ok(table[reason], reason);
      if (reason !== 'recipient-refused/no-smtputf8') assert.ok(table[reason].action, reason);
    }
  }
});

test('no rule is there for nothing: each decides something, by a known reply or by the code', () => {
  const idle = RULES.filter((rule) => !isUsed(rule)).map(
    (rule) => `${rule.class} ${rule.status ?? rule.code}`,
  );
  // What the codes and statuses of the standards say, where no server was found that says it without words.
  assert.deepEqual(
    idle.filter((rule) => !/^[a-z0-9-]+ \/\^/.test(rule)),
    [],
  );
});

describe('what an address in a reply happens to spell', () => {
  const table: [string, ReplyClass][] = [
    ['550 5.1.1 <dmarc@x.test>: Recipient address rejected: User unknown', 'unknown-user'],
    ['550 5.1.1 <ana@junk-yard.test>: user unknown', 'unknown-user'],
    ['550 5.1.1 <info@rbl.test> does not exist', 'unknown-user'],
    ['550 5.1.1 No such user spf+ptr@x.test', 'unknown-user'],
    ['552 5.2.2 <virus@found.test> mailbox full', 'mailbox-full'],
    ['550 5.2.1 ana@helo.test is disabled', 'disabled'],
    // The page that it names still counts.
    ['550 see http://spf.pobox.com/why.html?sender=ana@x.test&ip=1.2.3.4', 'unauthenticated'],
    ['554 5.7.1 rejected, see http://rbl.test/lookup?to=ana@x.test', 'blocked-ip'],
  ];
  for (const [reply, wanted] of table) {
    test(`says nothing: ${reply}`, () => {
      const parsed = parseReply(reply);
      assert.ok(parsed);
      for (const speaker of ['mx', 'smarthost'] as const) {
        assert.equal(findClass(parsed, 'recipient', speaker), wanted);
      }
    });
  }
});

function isUsed(wanted: (typeof RULES)[number]): boolean {
  return ALL.some(({ reply, stage }) => {
    const parsed = parseReply(reply);
    return parsed !== null && RULES.find((rule) => fits(rule, parsed, stage)) === wanted;
  });
}

function fits(
  rule: (typeof RULES)[number],
  reply: { code: number; enhanced: string | null; text: string },
  stage: string,
): boolean {
  return (
    (rule.stages?.some((one) => one === stage) ?? true) &&
    (rule.code?.test(String(reply.code)) ?? true) &&
    (rule.status?.test(reply.enhanced?.slice(2) ?? '') ?? true) &&
    (rule.text?.test(reply.text) ?? true)
  );
}
