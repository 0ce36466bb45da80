import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** What is known of the tokens of an account, or of a sign-in that has none yet; themselves they are credentials. */
export interface TokenRecord {
  /** Id of the account or of the finished sign-in. */
  holder: string;
  user: string;
  provider: string;
  /** Another at each keeping: what was learned of older tokens says nothing of newer ones. */
  generation: number;
  /** 1 once the provider has said that the permission is over. */
  refused: number;
  /** Of the access token. */
  issued_at: number;
  expires_at: number;
  /** Refreshes that failed in a row, for the back-off. */
  fails: number;
  retry_at: number;
  /** Whoever refreshes now, in whichever process, and until when it may. */
  refresher: string | null;
  refresh_until: number;
  /** Host that issued them, and the only one that the refresh token is shown to; empty: from before that was kept. */
  token_host: string;
}

const COLUMNS =
  'holder, user, provider, generation, refused, issued_at, expires_at, fails, retry_at, refresher, refresh_until, token_host';

export async function findToken(reader: Reader, holder: string): Promise<TokenRecord | undefined> {
  return await reader.get<TokenRecord>(`SELECT ${COLUMNS} FROM oauth_token WHERE holder = ?`, [holder]);
}

/** To be kept anew: until the commit no other process reads it for that, or a refresh could undo a sign-in. */
export async function lockToken(tx: Writer, holder: string): Promise<TokenRecord | undefined> {
  await tx.run('UPDATE oauth_token SET generation = generation WHERE holder = ?', [holder]);
  return await findToken(tx, holder);
}

export async function saveToken(tx: Writer, token: TokenRecord): Promise<void> {
  await removeToken(tx, token.holder);
  await tx.run(`INSERT INTO oauth_token (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    token.holder,
    token.user,
    token.provider,
    token.generation,
    token.refused,
    token.issued_at,
    token.expires_at,
    token.fails,
    token.retry_at,
    token.refresher,
    token.refresh_until,
    token.token_host,
  ]);
}

export async function removeToken(tx: Writer, holder: string): Promise<void> {
  await tx.run('DELETE FROM oauth_token WHERE holder = ?', [holder]);
}

/** One refresher at a time, across processes too: false when somebody else is at it or has just been. */
export async function claimRefresh(
  tx: Writer,
  token: TokenRecord,
  claim: { refresher: string; now: number; until: number },
): Promise<boolean> {
  const { changes } = await tx.run(
    `UPDATE oauth_token SET refresher = ?, refresh_until = ?
      WHERE holder = ? AND generation = ? AND (refresher IS NULL OR refresh_until <= ?)`,
    [claim.refresher, claim.until, token.holder, token.generation, claim.now],
  );
  return changes === 1;
}

/** The refresh failed: with these very tokens the permission is over, or it is tried again at `retryAt`. */
export async function settleRefresh(
  tx: Writer,
  token: Pick<TokenRecord, 'holder' | 'generation'>,
  outcome: { refused: boolean; retryAt: number },
): Promise<boolean> {
  const { changes } = await tx.run(
    `UPDATE oauth_token SET refused = ?, fails = fails + 1, retry_at = ?, refresher = NULL, refresh_until = 0
      WHERE holder = ? AND generation = ?`,
    [outcome.refused ? 1 : 0, outcome.retryAt, token.holder, token.generation],
  );
  return changes === 1;
}

/** The mail server refused an access token issued before `issuedBefore`: it is not used again. False when it was newer. */
export async function dropAccess(tx: Writer, holder: string, issuedBefore: number): Promise<boolean> {
  const { changes } = await tx.run(
    'UPDATE oauth_token SET expires_at = 0, issued_at = 0 WHERE holder = ? AND issued_at < ? AND expires_at > 0 AND refused = 0',
    [holder, issuedBefore],
  );
  return changes === 1;
}
