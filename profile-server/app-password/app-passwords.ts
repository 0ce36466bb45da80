import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import { formatTime } from '../../common/time.ts';
import { appendAudit } from '../audit/audit-store.ts';
import type { ProfileContext } from '../context.ts';
import { chooseRelay } from '../part/choose-part.ts';
import { tellRevocation } from '../session/end-session.ts';
import { writeNote } from '../session/note/security-notes.ts';
import { addRevocation } from '../session/revocation-store.ts';
import { findUser } from '../user/user-store.ts';
import {
  SCOPES,
  checkAppPasswordName,
  hashAppPassword,
  makeAppPassword,
  normaliseAppPassword,
} from './app-password-rule.ts';
import type { AppPassword, NewAppPassword } from './app-password-shapes.ts';
import { deleteAppPassword, insertAppPassword, listAppPasswordsOf } from './app-password-store.ts';

/** One for each program of each device is far from it. */
const MOST = 50;

/** Makes one; its password is told now and never again. MailError `invalid`, or `too-large` when there are too many. */
export async function addAppPassword(
  server: ProfileContext,
  user: string,
  input: { name: string },
): Promise<NewAppPassword> {
  const name = checkAppPasswordName(input.name);
  const password = makeAppPassword(server.random);
  const hash = hashAppPassword(appPasswordKey(server), normaliseAppPassword(password) ?? '');
  const id = makeId('app', server.random);
  const at = server.clock.now();
  const login = await server.db.write(async (tx) => {
    const record = await findUser(tx, user);
    if (record === undefined) throw new MailError('not-found', `no user ${user}`);
    if ((await listAppPasswordsOf(tx, user)).length >= MOST) {
      const params = { limit: MOST };
      throw new MailError('too-large', 'too many app passwords', { reason: 'app-passwords', params });
    }
    const scopes = SCOPES.join(',');
    const use = { last_used: null, last_address: null };
    await insertAppPassword(tx, { id, user, name, scopes, hash, created_at: at, ...use });
    await appendAudit(tx, { at, actor: user, action: 'app-password.add', subject: id, detail: {} });
    await writeNote(tx, server, { user, what: 'app-password-added', by: null, detail: { name } });
    return record.name;
  });
  const submission = await findSubmission(server);
  return { id, name, login, password, scopes: [...SCOPES], createdAt: formatTime(at), submission };
}

export async function listAppPasswords(server: ProfileContext, user: string): Promise<AppPassword[]> {
  return (await listAppPasswordsOf(server.db.read, user)).map((record) => ({
    id: record.id,
    name: record.name,
    scopes: record.scopes.split(','),
    createdAt: formatTime(record.created_at),
    lastUsed: formatTime(record.last_used),
    lastAddress: record.last_address,
  }));
}

/** From now on it is refused, and what signed in with it ends within seconds: towards parts it is a session. MailError `not-found`. */
export async function removeAppPassword(server: ProfileContext, user: string, id: string): Promise<void> {
  await server.db.write(async (tx) => {
    const at = server.clock.now();
    if (!(await deleteAppPassword(tx, user, id))) {
      const params = { id };
      throw new MailError('not-found', `no app password ${id}`, { reason: 'app-password', params });
    }
    await addRevocation(tx, { kind: 'session', id, at });
    await appendAudit(tx, { at, actor: user, action: 'app-password.remove', subject: id, detail: {} });
  });
  tellRevocation(server, user);
}

export function appPasswordKey(server: Pick<ProfileContext, 'masterKey'>): Uint8Array {
  return server.masterKey.derive('app-passwords');
}

/** What a mail program has to be told beside login and password; null while no relay runs. */
async function findSubmission(server: ProfileContext): Promise<NewAppPassword['submission']> {
  const relay = await chooseRelay(server);
  return JSON.parse(relay?.submission ?? 'null') as NewAppPassword['submission'];
}
