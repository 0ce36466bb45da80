import { findAccountId } from '../account/find-account.ts';
import type { Call, Outcome } from '../call.ts';
import { describeChange } from '../mail/bulk-outcome.ts';
import { ask } from '../server/connection.ts';
import { listRules, pickRule } from './find-rule.ts';
import { showRunProgress } from './run-progress.ts';

/** `rule run`: applies rules to mail that is here; without `--rule` all that are on, without a place to the Inbox. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const connection = await call.connect();
  const known = await listRules(connection);
  const rules = typed.texts('rule').map((one) => pickRule(known, one).id);
  const account = typed.text('account');
  const query = typed.text('query');
  const mailbox = typed.text('in') ?? (account === undefined && query === undefined ? 'inbox' : undefined);
  const where = {
    ...(mailbox === undefined ? {} : { mailbox }),
    ...(account === undefined ? {} : { account: await findAccountId(connection, account) }),
    ...(query === undefined ? {} : { query }),
  };
  const endProgress = await showRunProgress(call, connection);
  const running = connection.storage.rules.run.mutate({
    rules: rules.length === 0 ? null : rules,
    selection: { where },
  });
  return describeChange(call, await ask(running).finally(endProgress));
}
