import { makeId } from '../../common/ids.ts';
import { RESENT_PREFIX } from '../../common/send-key.ts';
import { SECOND, type Clock } from '../../common/time.ts';
import { reach } from '../../server-kit/crash-point.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { Logger } from '../../server-kit/log.ts';
import type { Home, UserProfile } from '../home/home.ts';
import type { IncomingMail } from '../mail/ingest/ingest.ts';
import { RuleSession } from './ask/ask-rules.ts';
import type { CompiledRules, RuleBook } from './ask/compile-rules.ts';
import { makeEnvironment } from './ask/make-environment.ts';
import { decideFiling, keepMail } from './decide-filing.ts';
import { describeCase, describeReceiver, makeLoopMark } from './describe-mail.ts';
import type { Arrival, Filing, FilingDecision } from './filing.ts';
import { claimAnswer, insertOutbox } from './outbox/outbox-store.ts';
import { hashKey, saveProblems } from './problem-store.ts';
import type { RuleThread } from './ask/rule-thread.ts';
import { splitSource } from './ask/split-source.ts';

export interface FilingCore {
  home: Home;
  clock: Clock;
  log: Logger;
  random: (size: number) => Uint8Array;
  thread: RuleThread;
  /** Something is to be sent. */
  wake: () => void;
}

/** See Filing in filing.ts; `book` is shared with what runs rules on demand. */
export function makeFiling(core: FilingCore, book: RuleBook): Filing {
  return {
    file: async (to, mails) => {
      if (!(await core.home.readPollFacts(to.user)).hasRules) return null;
      const profile = await core.home.readProfile(to.user);
      const rules = book.read(to.user, profile);
      if (rules.scripts.length + rules.problems.length === 0) return null;
      const decisions = await decideAll(core, to, mails, { profile, rules });
      const sends = decisions.some(({ forwards, answer }) => forwards.length > 0 || answer !== null);
      return {
        mails: mails.map((mail, index) => applyDecision(mail, decisions[index]!)),
        record: async (tx, ingested) => {
          for (const [index, { mailId, added }] of ingested.entries()) {
            // What another account brought before, or what was here under another UIDL, was filed then.
            if (added) await recordDecision(core, tx, to, { mailId, decision: decisions[index]! });
          }
          if (rules.problems.length > 0) await saveProblems(tx, to.user, rules.problems, at(core, ''));
        },
        finish: () => {
          reach('filed');
          if (sends) core.wake();
        },
      };
    },
  };
}

async function decideAll(
  core: FilingCore,
  to: Arrival,
  mails: readonly IncomingMail[],
  { profile, rules }: { profile: UserProfile; rules: CompiledRules },
): Promise<FilingDecision[]> {
  const { mailboxes } = profile;
  const receiver = describeReceiver(profile, to.account);
  const session = new RuleSession(core, rules, makeEnvironment(profile, core.clock.now()));
  const loopMark = makeLoopMark(to.user);
  const decisions: FilingDecision[] = [];
  const { account } = receiver;
  const decide = async (mail: IncomingMail): Promise<FilingDecision> => {
    const { header, body, size } = await splitSource(mail.source);
    const asked = await session.ask({ header, body, size, account, attachments: null });
    const way = { received: mail.received, importing: to.importing, loopMark, account };
    const describe = () => describeCase(header, way);
    const decision = decideFiling(asked.actions, { mailboxes, receiver, describe });
    return { ...decision, problems: [...asked.problems, ...decision.problems] };
  };
  for (const mail of mails) {
    try {
      decisions.push(await decide(mail));
    } catch (error) {
      // A mail that nobody thought of must not keep those behind it from coming in, poll after poll.
      core.log.error('filing.failed', { error });
      decisions.push(keepMail([{ rule: null, reason: 'rule-not-run', detail: 'internal' }]));
    }
  }
  return decisions;
}

function applyDecision(mail: IncomingMail, { mailbox, flags, labels }: FilingDecision): IncomingMail {
  return { ...mail, mailbox: mailbox ?? mail.mailbox, flags: [...mail.flags, ...flags], labels };
}

async function recordDecision(
  core: FilingCore,
  tx: Writer,
  to: Arrival,
  { mailId, decision }: { mailId: string; decision: FilingDecision },
): Promise<void> {
  const { user, account } = to;
  const now = core.clock.now();
  const base = { user, form: 'original', mail: mailId, account } as const;
  for (const { from, recipient } of decision.forwards) {
    const sendKey = makeId(RESENT_PREFIX, core.random);
    const row = { ...base, sendKey, kind: 'forward' as const, mailFrom: from, recipient, answer: null };
    await insertOutbox(tx, row, now);
  }
  const { answer } = decision;
  if (answer !== null) {
    const may = await claimAnswer(tx, user, {
      handle: hashKey(answer.handle),
      recipient: hashKey(answer.to.toLowerCase()),
      now,
      until: now + answer.seconds * SECOND,
    });
    const sendKey = makeId('aut', core.random);
    const row = { ...base, sendKey, kind: 'answer' as const, mailFrom: '', recipient: answer.to, answer };
    if (may) await insertOutbox(tx, row, now);
  }
  if (decision.problems.length > 0) await saveProblems(tx, user, decision.problems, at(core, mailId));
}

function at(core: Pick<FilingCore, 'clock'>, mail: string): { mail: string; at: number } {
  return { mail, at: core.clock.now() };
}
