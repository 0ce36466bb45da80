import { setImmediate } from 'node:timers/promises';
import { MailError } from '../../common/errors.ts';
import type { BulkChange, Selection } from '../../common/shapes/selection.ts';
import type { StorageCore } from '../context.ts';
import type { UserProfile } from '../home/home.ts';
import type { MailChange } from '../mail/mail-state.ts';
import { findMails } from '../mail/mail-store.ts';
import type { MailRecord } from '../mail/mail-record.ts';
import type { Step } from '../mail/selection/change-selection.ts';
import type { Selections } from '../mail/selection/selections.ts';
import { RuleSession } from './ask/ask-rules.ts';
import { compileRules, type CompiledRules } from './ask/compile-rules.ts';
import { makeEnvironment } from './ask/make-environment.ts';
import { decideFiling } from './decide-filing.ts';
import { describeReceiver } from './describe-mail.ts';
import type { FilingProblem } from './filing.ts';
import { saveProblems } from './problem-store.ts';
import type { RuleThread } from './ask/rule-thread.ts';
import { openStoredMail } from './ask/stored-mail.ts';

export interface RunCore extends Pick<
  StorageCore,
  'db' | 'blobs' | 'home' | 'ids' | 'clock' | 'log' | 'events'
> {
  selections: Pick<Selections, 'resolve' | 'run' | 'count'>;
  thread: RuleThread;
}

/** Mails between which other work takes its turn. */
const BREATH = 20;

/** The rules of these ids, whether they are switched on or not; null: all that are. MailError `not-found` reason `rule`. */
function chooseRules(rules: UserProfile['rules'], ids: readonly string[] | null): UserProfile['rules'] {
  if (ids === null) return rules.filter(({ enabled }) => enabled);
  const missing = ids.find((id) => !rules.some((rule) => rule.id === id));
  if (missing !== undefined) throw new MailError('not-found', 'no such rule', { reason: 'rule' });
  return rules.filter(({ id }) => ids.includes(id)).map((rule) => ({ ...rule, enabled: true }));
}

/**
 * Files, flags and labels mail that is here already as rules say, as one operation that can be undone. Nothing is forwarded or
 * answered; what rules would keep stays where it is, and drafts are left alone.
 */
export async function runRules(
  core: RunCore,
  user: string,
  request: { rules: readonly string[] | null; selection: Selection },
): Promise<BulkChange> {
  const profile = await core.home.readProfile(user);
  const rules = compileRules(chooseRules(profile.rules, request.rules));
  const total = (await core.selections.count(user, request.selection)).total;
  const told = new Map<string, FilingProblem>();
  const note = (problems: readonly FilingProblem[]): void => {
    for (const problem of problems) told.set(JSON.stringify(problem), problem);
  };
  note(rules.problems);
  let done = 0;
  const progress = (count: number): void => {
    done += count;
    core.events.publish(user, { type: 'rules', done, total });
  };
  const steps = decideSteps(core, user, request.selection, { profile, rules, note, progress });
  try {
    return await core.selections.run(user, steps);
  } finally {
    if (told.size > 0) {
      const met = { mail: '', at: core.clock.now() };
      await core.db.write(async (tx) => await saveProblems(tx, user, [...told.values()], met));
    }
  }
}

interface Work {
  profile: UserProfile;
  rules: CompiledRules;
  note: (problems: readonly FilingProblem[]) => void;
  progress: (count: number) => void;
}

async function* decideSteps(
  core: RunCore,
  user: string,
  selection: Selection,
  work: Work,
): AsyncGenerator<Step> {
  const { profile, rules } = work;
  const drafts = profile.mailboxes.find(({ role }) => role === 'drafts')?.id;
  const session = new RuleSession(core, rules, makeEnvironment(profile, core.clock.now()));
  const selected = await core.selections.resolve(user, selection);
  for await (const mails of selected.steps()) {
    const numbers = mails.map(({ id }) => id);
    const changes = new Map<number, MailChange>();
    for (const [index, record] of (await findMails(core.db.read, user, numbers)).entries()) {
      if (index % BREATH === BREATH - 1) await setImmediate();
      if (record.mailbox === drafts) continue;
      const change = await decideChange(core, session, record, work);
      if (Object.keys(change).length > 0) changes.set(record.id, change);
    }
    yield {
      numbers: [...changes.keys()],
      change: (mail) => (selected.fits(mail) ? (changes.get(mail.id) ?? {}) : {}),
    };
    work.progress(mails.length);
  }
}

async function decideChange(
  core: RunCore,
  session: RuleSession,
  record: MailRecord,
  { profile, rules, note }: Work,
): Promise<MailChange> {
  const mail = await openStoredMail(core, record, profile, rules.needsBody);
  // What cannot be read any more is left where it is, and the mails behind it have their turn.
  if (mail === null) return {};
  const asked = await session.ask(mail);
  const receiver = describeReceiver(profile, mail.account.id);
  const decision = decideFiling(asked.actions, { mailboxes: profile.mailboxes, receiver, describe: null });
  note([...asked.problems, ...decision.problems]);
  const { mailbox, flags, labels } = decision;
  const inbox = profile.mailboxes.find(({ role }) => role === 'inbox')?.id;
  const gone = mailbox === inbox && decision.problems.some(({ reason }) => reason === 'rule-mailbox-gone');
  return {
    // A mail that has a place stays there when the place that it should have is gone.
    ...(mailbox === null || gone ? {} : { mailbox }),
    ...(flags.length > 0 ? { addFlags: flags } : {}),
    ...(labels.length > 0 ? { addLabels: labels } : {}),
  };
}
