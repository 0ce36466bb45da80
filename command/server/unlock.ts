import { MailError } from '../../common/errors.ts';
import type { Call } from '../call.ts';
import { askLine } from '../terminal.ts';
import { fill } from '../words/words.ts';
import { ask, type Connection } from './connection.ts';

/** Opens the accounts that are polled only while their user is signed in: by VALIJA_PASSWORD, else it is asked for. */
export async function unlock(call: Call, connection: Connection): Promise<void> {
  const known = call.env['VALIJA_PASSWORD'];
  const question = `${fill(call.words().passwordOfUser, { name: connection.user.name })}: `;
  await connection.unlock(known || (await askLine(question, false)));
}

/** Does `work`, and where that needs the user's password asks for it and does it again. */
export async function withUnlock<T>(call: Call, connection: Connection, work: () => Promise<T>): Promise<T> {
  try {
    return await ask(work());
  } catch (error) {
    if (!(error instanceof MailError) || error.reason !== 'locked-until-password') throw error;
    await unlock(call, connection);
    return await ask(work());
  }
}
