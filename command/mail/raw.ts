import { pipeline } from 'node:stream/promises';
import { MailError } from '../../common/errors.ts';
import { findAccountId } from '../account/find-account.ts';
import type { Call } from '../call.ts';
import { callWithToken } from '../server/clients.ts';
import { readRefusal, readText } from '../server/http.ts';

/** `raw ID`: the exact bytes received, on stdout, also with --json. */
export async function run(call: Call): Promise<null> {
  const connection = await call.connect();
  const typed = call.typed.text('account');
  const account = typed === undefined ? null : await findAccountId(connection, typed);
  const { url, token } = connection.home;
  const query = account === null ? '' : `?account=${encodeURIComponent(account)}`;
  const address = `${url}/mail/${encodeURIComponent(call.typed.words[0] ?? '')}/raw${query}`;
  const answer = await callWithToken(address, { method: 'GET' }, token);
  if (answer.status !== 200) throw readRefusal(answer.status, await readText(answer, address));
  try {
    await pipeline(answer.body, process.stdout, { end: false });
    // The pipeline ends when all is handed to stdout, and the process then too: with what a slow reader has not taken yet.
    await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  } catch (error) {
    // Whoever reads us, such as `head`, may have enough.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return null;
    throw new MailError('dropped', 'the server broke off', { cause: error });
  }
  return null;
}
