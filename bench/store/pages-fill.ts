import { setImmediate } from 'node:timers/promises';
import { DAY, MINUTE } from '../../common/time.ts';
import { insertMails, insertOriginals } from '../../storage-server/mail/ingest/ingest-store.ts';
import {
  type MailRecord,
  SEEN,
  countUnread,
  packLabels,
  splitAccounts,
} from '../../storage-server/mail/mail-record.ts';
import { advanceCounter } from '../../storage-server/mail/mail-store.ts';
import { PlaceChanges } from '../../storage-server/mailbox/place-changes.ts';
import { type MailRig, NOW } from '../../test/storage-server/mail-rig.ts';

export const USER = 'user_bench';
const BATCH = 2000;
const YEARS = 10;
const WORDS =
  'garden plan for the house meeting notes of march señor invoice travel photos order school'.split(' ');

/** Always the same numbers between 0 and 1 (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Weights of what is chosen among: most mail lies in few places. */
const MAILBOXES: [string, number][] = [
  ['mbx_inbox', 0.45],
  ['mbx_archive', 0.33],
  ['mbx_own', 0.12],
  ['mbx_sent', 0.06],
  ['mbx_junk', 0.03],
  ['mbx_trash', 0.01],
];
const ACCOUNTS: [string, number][] = [
  ['acc_a', 0.6],
  ['acc_b', 0.25],
  ['acc_c', 0.1],
  ['acc_d', 0.049],
  ['acc_rare', 0.001],
];

/** Rows of `count` mails of one user, as ten years of retrieval would have left them; their blobs are not there. */
export async function fillPages(rig: MailRig, count: number): Promise<void> {
  const random = makeRandom(20_261_121);
  const threads: number[] = [];
  for (let at = 0; at < count; at += BATCH) {
    const size = Math.min(BATCH, count - at);
    const rows = Array.from({ length: size }, (_, index) => makeRow(at + index + 1, count, random, threads));
    await rig.db.write(async (tx) => {
      const { modseq } = await advanceCounter(tx, USER, size);
      const places = new PlaceChanges();
      for (const row of rows) {
        row.modseq = modseq;
        places.replace(null, row);
      }
      await insertMails(tx, USER, rows);
      await insertOriginals(
        tx,
        USER,
        rows.flatMap((row) =>
          splitAccounts(row.accounts).map((account) => ({ ...row, mail: row.id, account })),
        ),
      );
      await places.save(tx, USER);
    });
    await setImmediate();
  }
}

function makeRow(id: number, count: number, random: () => number, threads: number[]): MailRecord {
  const share = id / count;
  const joins = threads.length > 0 && random() < 0.4;
  const thread = joins ? (threads[Math.floor(random() * threads.length)] ?? id) : id;
  if (!joins) threads.push(id);
  if (threads.length > 2000) threads.shift();
  const flags = random() < (share > 0.98 ? 0.4 : 0.985) ? SEEN : 0;
  const account = choose(ACCOUNTS, random());
  const accounts = random() < 0.03 && account !== 'acc_b' ? `${account},acc_b` : account;
  const key = (letter: string): string => `${letter}${id.toString(36)}`.padEnd(43, 'x');
  const words = (length: number): string =>
    Array.from({ length }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
  const person = Math.floor(random() ** 3 * 3000);
  return {
    id,
    modseq: 0,
    mailbox: choose(MAILBOXES, random()),
    thread,
    date: Math.round(NOW - YEARS * 365 * DAY * (1 - share) - random() * 60 * MINUTE),
    received: NOW,
    size: 2000 + Math.floor(random() ** 4 * 200_000),
    flags,
    unread: countUnread(flags),
    labels: random() < 0.03 ? packLabels([`label ${Math.floor(random() ** 2 * 10)}`]) : null,
    added: 0,
    moved_at: NOW,
    subject_key: random() < 0.9 ? Math.floor(random() * 2 ** 48) : null,
    attachments: random() < 0.1 ? 1 : 0,
    header: key('h'),
    body: key('b'),
    same_key: key('s'),
    problem: null,
    send_key: null,
    accounts,
    subject: words(7),
    sender: JSON.stringify([{ name: `Person ${person}`, address: `person${person}@example.com` }]),
    recipients: JSON.stringify([{ name: null, address: 'me@example.org' }]),
    snippet: words(25),
  };
}

function choose(weighted: readonly [string, number][], at: number): string {
  let sum = 0;
  for (const [one, weight] of weighted) {
    sum += weight;
    if (at < sum) return one;
  }
  return weighted[0]?.[0] ?? '';
}
