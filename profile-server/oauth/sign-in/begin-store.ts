import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** A sign-in at a provider, from the user's click to the tokens. */
export interface BeginRecord {
  id: string;
  user: string;
  /** Whose it is: with the session's end it is over. */
  session: string;
  provider: string;
  flow: 'code' | 'device';
  /** Whose tokens they will be; null while the account does not exist yet. */
  account: string | null;
  /** Meant by the user; once done, the mailbox that the provider tells, null when it does not. */
  email: string | null;
  /** SHA-256 of `state` in the code flow. */
  state_hash: string | null;
  /** PKCE verifier and `state`, or the device code; sealed with the master key, empty once it is over. */
  sealed: Buffer;
  /** `asking`: the provider's answer is being exchanged, nobody else may. */
  state: 'pending' | 'asking' | 'done' | 'failed';
  /** JSON of a WireError. */
  error: string | null;
  /** Between questions of the device flow. */
  interval_seconds: number;
  /** When the next one is due, in the device flow. */
  next_ask: number | null;
  expires_at: number;
}

const COLUMNS =
  'id, user, session, provider, flow, account, email, state_hash, sealed, state, error, interval_seconds, next_ask, expires_at';

export async function addBegin(tx: Writer, begin: BeginRecord): Promise<void> {
  await tx.run(`INSERT INTO oauth_begin (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    begin.id,
    begin.user,
    begin.session,
    begin.provider,
    begin.flow,
    begin.account,
    begin.email,
    begin.state_hash,
    begin.sealed,
    begin.state,
    begin.error,
    begin.interval_seconds,
    begin.next_ask,
    begin.expires_at,
  ]);
}

export async function findBegin(reader: Reader, id: string): Promise<BeginRecord | undefined> {
  return await reader.get<BeginRecord>(`SELECT ${COLUMNS} FROM oauth_begin WHERE id = ?`, [id]);
}

export async function findBeginByState(reader: Reader, hash: string): Promise<BeginRecord | undefined> {
  return await reader.get<BeginRecord>(`SELECT ${COLUMNS} FROM oauth_begin WHERE state_hash = ?`, [hash]);
}

/** All of the user's that are still known. */
export async function countBegins(reader: Reader, user: string): Promise<number> {
  const row = await reader.get<{ n: number }>('SELECT COUNT(*) AS n FROM oauth_begin WHERE user = ?', [user]);
  return row?.n ?? 0;
}

/** From pending to being exchanged, once; false when somebody did so before. */
export async function claimAnswer(tx: Writer, id: string): Promise<boolean> {
  const { changes } = await tx.run(
    "UPDATE oauth_begin SET state = 'asking' WHERE id = ? AND state = 'pending'",
    [id],
  );
  return changes === 1;
}

/** The end of it; false when it had one already. */
export async function settleBegin(
  tx: Writer,
  id: string,
  end: Pick<BeginRecord, 'state' | 'error' | 'email' | 'expires_at'>,
): Promise<boolean> {
  const { changes } = await tx.run(
    `UPDATE oauth_begin SET state = ?, error = ?, email = ?, expires_at = ?, next_ask = NULL, sealed = ?
      WHERE id = ? AND state IN ('pending', 'asking')`,
    [end.state, end.error, end.email, end.expires_at, Buffer.alloc(0), id],
  );
  return changes === 1;
}

/** Pending sign-ins of the device flow whose question is due. */
export async function listDueAsks(reader: Reader, now: number, limit: number): Promise<BeginRecord[]> {
  return await reader.all<BeginRecord>(
    `SELECT ${COLUMNS} FROM oauth_begin WHERE next_ask <= ? AND state = 'pending' ORDER BY next_ask LIMIT ?`,
    [now, limit],
  );
}

export async function findNextAsk(reader: Reader): Promise<number | null> {
  const row = await reader.get<{ at: number | null }>(
    "SELECT MIN(next_ask) AS at FROM oauth_begin WHERE next_ask IS NOT NULL AND state = 'pending'",
  );
  return row?.at ?? null;
}

/** Moves the next question from `before`; false when another process has just done so. */
export async function moveAsk(
  tx: Writer,
  begin: Pick<BeginRecord, 'id' | 'next_ask'>,
  next: { at: number; interval: number },
): Promise<boolean> {
  const { changes } = await tx.run(
    "UPDATE oauth_begin SET next_ask = ?, interval_seconds = ? WHERE id = ? AND next_ask = ? AND state = 'pending'",
    [next.at, next.interval, begin.id, begin.next_ask],
  );
  return changes === 1;
}

/** Those whose time is over: at once where tokens lie that nobody took, the others after `grace` in which one may ask why. */
export async function listOldBegins(reader: Reader, now: number, grace: number): Promise<string[]> {
  const rows = await reader.all<{ id: string }>(
    "SELECT id FROM oauth_begin WHERE expires_at < ? AND (state = 'done' OR expires_at < ?) LIMIT 500",
    [now, now - grace],
  );
  return rows.map((row) => row.id);
}

export async function removeBegin(tx: Writer, id: string): Promise<void> {
  await tx.run('DELETE FROM oauth_begin WHERE id = ?', [id]);
}
