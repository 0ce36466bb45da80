import type { AccountProblem, AccountTest } from '../../common/shapes/account.ts';
import type { Call, Outcome } from '../call.ts';
import { formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { formatProblem, makeProblemError, viewProblem } from './account-view.ts';
import { findAccountId } from './find-account.ts';

/** `account test ID`: the value is printed also when the test fails. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const id = await findAccountId(connection, call.typed.words[0] ?? '');
  const tested = await ask(connection.storage.account.test.mutate({ account: id }));
  const { nextAllowed } = await ask(connection.profile.account.get.query({ id }));
  const view = (error: AccountProblem | null) =>
    error === null ? null : viewProblem(error, call.language(), nextAllowed);
  const { ok, tls, capabilities, messages } = tested.pop3;
  const { smtp } = tested;
  const value: AccountTest = {
    pop3: { ok, error: view(tested.pop3.error), tls, capabilities, messages },
    smtp: smtp === null ? null : { ok: smtp.ok, error: view(smtp.error), tls: smtp.tls },
  };
  const problem = tested.pop3.error ?? smtp?.error ?? null;
  const outcome = { value, text: formatTest(value, call) };
  return problem === null ? outcome : { ...outcome, error: makeProblemError(problem, nextAllowed) };
}

function formatTest({ pop3, smtp }: AccountTest, call: Call): string {
  const words = call.words();
  const state = (error: AccountProblem | null, tls: string | null): string =>
    error === null ? `${words.works}${tls === null ? '' : ` (${tls})`}` : formatProblem(error);
  const rows = [['POP3', state(pop3.error, pop3.tls)]];
  if (pop3.messages !== null) rows.push(['', fill(words.messagesThere, { n: pop3.messages })]);
  if (smtp !== null) rows.push(['SMTP', state(smtp.error, smtp.tls)]);
  return formatTable(rows);
}
