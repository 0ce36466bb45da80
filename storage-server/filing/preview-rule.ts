import { setImmediate } from 'node:timers/promises';
import { MailError } from '../../common/errors.ts';
import type { MailRow } from '../../common/shapes/mail.ts';
import { SECOND } from '../../common/time.ts';
import { parseScript } from '../../common/sieve/parse-script.ts';
import { makeSieveError } from '../../common/sieve/problem.ts';
import type { StorageCore } from '../context.ts';
import { RuleSession, type Asked } from './ask/ask-rules.ts';
import { compileRules } from './ask/compile-rules.ts';
import { makeEnvironment } from './ask/make-environment.ts';
import { readNewestReceived } from './newest-store.ts';
import type { RuleThread } from './ask/rule-thread.ts';
import { openStoredMail } from './ask/stored-mail.ts';

/** What a rule would do with the newest mails. */
export interface RulePreview {
  /** Mails that were looked at: fewer than asked for when that took too long. */
  of: number;
  matched: number;
  /** The newest of those. */
  mails: MailRow[];
}

const PATIENCE = 3 * SECOND;
const SHOWN = 20;
const BREATH = 20;

/** How many of the newest collected mails a script does something with. MailError `invalid` for a script that is wrong. */
export async function previewRule(
  core: Pick<StorageCore, 'db' | 'blobs' | 'home' | 'ids' | 'clock' | 'log' | 'mails'> & {
    thread: RuleThread;
  },
  user: string,
  { script, limit }: { script: string; limit: number },
): Promise<RulePreview> {
  const parsed = parseScript(script);
  if ('errors' in parsed) {
    const [problem] = parsed.errors;
    throw problem === undefined ? new MailError('invalid', 'the script is wrong') : makeSieveError(problem);
  }
  const profile = await core.home.readProfile(user);
  const rules = compileRules([{ id: '', enabled: true, script }]);
  const session = new RuleSession(core, rules, makeEnvironment(profile, core.clock.now()));
  const matched: number[] = [];
  const begun = performance.now();
  let looked = 0;
  for (const record of await readNewestReceived(core.db.read, user, limit)) {
    if (performance.now() - begun > PATIENCE) break;
    if (looked % BREATH === BREATH - 1) await setImmediate();
    const mail = await openStoredMail(core, record, profile, rules.needsBody);
    if (mail !== null && doesSomething(await session.ask(mail))) matched.push(record.id);
    looked += 1;
  }
  const shown = matched.slice(0, SHOWN).map((number) => core.ids.mail(user, number));
  return { of: looked, matched: matched.length, mails: await core.mails.readRows(user, shown) };
}

function doesSomething({ actions, problems }: Asked): boolean {
  const idle = actions.every((one) => one.kind === 'keep' && one.implicit && one.flags.length === 0);
  return !idle || problems.length > 0;
}
