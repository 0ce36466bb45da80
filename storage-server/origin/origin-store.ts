import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { Cursor } from '../background/cursor-store.ts';
import { chunk, makeList } from '../mail/mail-store.ts';

/** An original that is to be judged; `tries` counts those it had. */
export interface Unjudged {
  user: string;
  mail: number;
  account: string;
  header: string;
  body: string;
  size: number;
  modseq: number;
  tries: number;
}

export interface Verdict {
  mail: number;
  account: string;
  /** JSON of MailAuthentication without `judgedAt`. */
  verdict: string;
  judgedAt: number;
  tries: number;
  nextTry: number | null;
}

/** Collected originals of mails that changed behind the cursor and that nobody has judged, the oldest change first. */
export async function readUnjudged(
  read: Reader,
  user: string,
  after: Cursor,
  limit: number,
): Promise<Unjudged[]> {
  return await read.all(
    `SELECT o.user_id AS user, o.mail, o.account, o.header, o.body, o.size, m.modseq, 0 AS tries
     FROM mail m JOIN mail_original o ON o.user_id = m.user_id AND o.mail = m.id
     LEFT JOIN mail_origin g ON g.user_id = o.user_id AND g.mail = o.mail AND g.account = o.account
     WHERE m.user_id = ? AND m.modseq >= ? AND (m.modseq > ? OR m.id > ?) AND o.account <> '' AND g.mail IS NULL
     ORDER BY m.modseq, m.id LIMIT ?`,
    [user, after.modseq, after.modseq, after.mail, limit],
  );
}

/** What was judged without all answers and may be tried again. */
export async function readDue(read: Reader, now: number, limit: number): Promise<Unjudged[]> {
  return await read.all(
    `SELECT o.user_id AS user, o.mail, o.account, o.header, o.body, o.size, 0 AS modseq, g.tries
     FROM mail_origin g
     JOIN mail_original o ON o.user_id = g.user_id AND o.mail = g.mail AND o.account = g.account
     WHERE g.next_try <= ? ORDER BY g.next_try LIMIT ?`,
    [now, limit],
  );
}

export async function saveVerdicts(tx: Writer, user: string, verdicts: readonly Verdict[]): Promise<void> {
  const insert = `INSERT INTO mail_origin (user_id, mail, account, verdict, judged_at, tries, next_try)
    VALUES (?, ?, ?, ?, ?, ?, ?)`;
  const update =
    tx.engine === 'sqlite'
      ? `ON CONFLICT (user_id, mail, account) DO UPDATE SET verdict = excluded.verdict,
         judged_at = excluded.judged_at, tries = excluded.tries, next_try = excluded.next_try`
      : `ON DUPLICATE KEY UPDATE verdict = VALUES(verdict), judged_at = VALUES(judged_at), tries = VALUES(tries),
         next_try = VALUES(next_try)`;
  for (const { mail, account, verdict, judgedAt, tries, nextTry } of verdicts) {
    await tx.run(`${insert} ${update}`, [user, mail, account, verdict, judgedAt, tries, nextTry]);
  }
}

/** What is due of these mails is due again at `nextTry`. */
export async function putOff(
  tx: Writer,
  user: string,
  mails: readonly number[],
  nextTry: number,
): Promise<void> {
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    await tx.run(
      `UPDATE mail_origin SET next_try = ? WHERE user_id = ? AND mail IN (${places}) AND next_try IS NOT NULL`,
      [nextTry, user, ...params],
    );
  }
}

/** Of mails that were removed while they were judged nothing stays. */
export async function forgetRemoved(tx: Writer, user: string, mails: readonly number[]): Promise<void> {
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    await tx.run(
      `DELETE FROM mail_origin WHERE user_id = ? AND mail IN (${places}) AND NOT EXISTS
       (SELECT 1 FROM mail m WHERE m.user_id = mail_origin.user_id AND m.id = mail_origin.mail)`,
      [user, ...params],
    );
  }
}

/** With the mails themselves. */
export async function deleteVerdicts(tx: Writer, user: string, mails: readonly number[]): Promise<void> {
  for (const part of chunk(mails)) {
    const { places, params } = makeList(part);
    await tx.run(`DELETE FROM mail_origin WHERE user_id = ? AND mail IN (${places})`, [user, ...params]);
  }
}

/** The verdicts over the originals of one mail, the first account's first. */
export async function readVerdicts(
  read: Reader,
  user: string,
  mail: number,
): Promise<{ account: string; verdict: string; judgedAt: number }[]> {
  return await read.all(
    'SELECT account, verdict, judged_at AS judgedAt FROM mail_origin WHERE user_id = ? AND mail = ? ORDER BY account',
    [user, mail],
  );
}
