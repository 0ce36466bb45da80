import type { Address } from '../../../common/shapes/address.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { PlaceChanges } from '../../mailbox/place-changes.ts';
import type { MailDigest } from '../../mime/digest.ts';
import { findThreads, insertThreadKeys } from '../ingest/ingest-store.ts';
import { addAliases, findAliases } from './alias-store.ts';
import { SUBJECT_WINDOW, type SubjectMail, chooseBySubject } from './choose-by-subject.ts';
import {
  type SubjectRow,
  findBySubject,
  findStatesOf,
  findSubjectKeys,
  moveThread,
  settleAnswers,
} from './merge-store.ts';
import { mergeThreads } from './merge-threads.ts';
import { readSubject } from './subject.ts';
import { findThreadRows } from './thread-row-store.ts';

/** Where a mail belongs; `subjectKey` is negative for an answer that found nothing it could be one to. */
export interface Assigned {
  thread: number;
  subjectKey: number | null;
}

interface SubjectCandidate extends SubjectMail {
  /** Null: of this batch. */
  id: number | null;
  waiting: boolean;
}

/**
 * Finds the thread of each mail of a batch: by its own Message-ID and those that it refers to (RFC 5322 3.6.4), else by
 * subject. Works in the transaction that writes the batch; `save` comes after the rows, which ask `resolve` before.
 */
export class ThreadFinder {
  readonly #tx: Writer;
  readonly #user: string;
  readonly #known: Map<string, number>;
  readonly #added = new Map<string, number>();
  readonly #sizes: Map<number, number>;
  /** What was merged into what, never chains. */
  readonly #merged = new Map<number, number>();
  /** Keys of subjects that mails of before this batch have, negative where answers wait for their original. */
  readonly #subjects: Set<number>;
  readonly #batch = new Map<number, SubjectCandidate[]>();
  readonly #settled: number[] = [];

  private constructor(
    tx: Writer,
    user: string,
    loaded: { known: Map<string, number>; sizes: Map<number, number>; subjects: Set<number> },
  ) {
    this.#tx = tx;
    this.#user = user;
    this.#known = loaded.known;
    this.#sizes = loaded.sizes;
    this.#subjects = loaded.subjects;
  }

  static async load(tx: Writer, user: string, digests: readonly MailDigest[]): Promise<ThreadFinder> {
    const keys = new Set(digests.flatMap(listKeys));
    const found = await findThreads(tx, user, [...keys]);
    const aliases = await findAliases(tx, user, [...new Set(found.values())]);
    const known = new Map([...found].map(([key, thread]) => [key, aliases.get(thread) ?? thread]));
    const sizes = await readSizes(tx, user, [...new Set(known.values())]);
    const asked = new Set<number>();
    for (const digest of digests) {
      if (digest.subjectKey === null) continue;
      asked.add(-digest.subjectKey);
      if (isAnswer(digest)) asked.add(digest.subjectKey);
    }
    const subjects = await findSubjectKeys(tx, user, [...asked]);
    return new ThreadFinder(tx, user, { known, sizes, subjects });
  }

  /** `own` is the thread that it makes when it belongs to none. Threads that it joins are one from now on. */
  async assign(own: number, digest: MailDigest): Promise<Assigned> {
    const { answer, subjectKey: key } = digest;
    const joined = this.join(own, digest);
    if (joined !== null) return { thread: joined, subjectKey: key };
    const found = key === null ? null : await this.#findBySubject(key, digest);
    const waits = found === null && answer;
    const thread = this.keep(found ?? own, digest);
    if (key !== null) {
      const mine = { ...peopleOf(digest), id: null, thread, date: digest.date, answer, waiting: waits };
      this.#batch.set(key, [...(this.#batch.get(key) ?? []), mine]);
    }
    return { thread, subjectKey: key !== null && waits ? -key : key };
  }

  /** As `assign`, by Message-IDs alone; null: none of them is known. */
  join(own: number, digest: MailDigest): number | null {
    const threads = this.#findByKeys(digest);
    if (threads.length === 0) return null;
    const sizes = threads.map((thread) => ({ thread, size: this.#sizes.get(thread) ?? 1 }));
    const { target, merged } = mergeThreads(sizes);
    for (const thread of merged) this.#merge(thread, target ?? own);
    return this.keep(target ?? own, digest);
  }

  /** The thread that its Message-IDs belong to; null: none. */
  find(digest: MailDigest): number | null {
    const threads = this.#findByKeys(digest);
    return threads.length === 0 ? null : Math.min(...threads);
  }

  /** It belongs to that thread; so do keys of its that belonged to none. */
  keep(thread: number, digest: MailDigest): number {
    this.#sizes.set(thread, (this.#sizes.get(thread) ?? 0) + 1);
    for (const key of listKeys(digest)) {
      if (this.#known.has(key)) continue;
      this.#known.set(key, thread);
      this.#added.set(key, thread);
    }
    return thread;
  }

  /** What a thread that was assigned earlier in the batch is part of now. */
  resolve(thread: number): number {
    return this.#merged.get(thread) ?? thread;
  }

  async save(modseq: number, places: PlaceChanges): Promise<void> {
    const tx = this.#tx;
    const user = this.#user;
    await insertThreadKeys(
      tx,
      user,
      [...this.#added].map(([key, thread]) => [key, this.resolve(thread)]),
    );
    await settleAnswers(tx, user, this.#settled);
    const merges = [...this.#merged].map(([thread, target]) => ({ thread, target }));
    if (merges.length === 0) return;
    const moved = await findStatesOf(tx, user, [...this.#merged.keys()]);
    for (const mail of moved) places.replace(mail, { ...mail, thread: this.resolve(mail.thread) });
    for (const { thread, target } of merges) await moveThread(tx, user, { thread, target, modseq });
    await addAliases(tx, user, merges);
  }

  #findByKeys(digest: MailDigest): number[] {
    const found = listKeys(digest).map((key) => this.#known.get(key));
    return [...new Set(found.filter((thread) => thread !== undefined).map((thread) => this.resolve(thread)))];
  }

  #merge(thread: number, target: number): void {
    for (const [one, to] of this.#merged) if (to === thread) this.#merged.set(one, target);
    this.#merged.set(thread, target);
    this.#sizes.set(target, (this.#sizes.get(target) ?? 0) + (this.#sizes.get(thread) ?? 1));
  }

  /** An answer looks at all mails of its subject, what is none only at answers that wait for their original. */
  async #findBySubject(key: number, digest: MailDigest): Promise<number | null> {
    const answer = isAnswer(digest);
    const signs = (answer ? [key, -key] : [-key]).filter((sign) => this.#subjects.has(sign));
    const window = {
      from: digest.date - SUBJECT_WINDOW,
      date: digest.date,
      to: digest.date + SUBJECT_WINDOW,
    };
    const others: SubjectCandidate[] = (this.#batch.get(key) ?? []).filter((one) => answer || one.waiting);
    for (const sign of signs) {
      const rows = await findBySubject(this.#tx, this.#user, { key: sign, ...window });
      others.push(...rows.map(readCandidate));
    }
    const known = others.map((one) => ({ ...one, thread: this.resolve(one.thread) }));
    const thread = chooseBySubject({ ...peopleOf(digest), date: digest.date, answer }, known);
    if (thread === null) return null;
    await this.#learnSize(thread);
    if (mergeThreads([{ thread, size: this.#sizes.get(thread) ?? 1 }]).target === null) return null;
    if (!answer) {
      for (const one of others) if (this.resolve(one.thread) === thread) one.waiting = false;
      this.#settled.push(
        ...known.flatMap((one) => (one.thread === thread && one.id !== null ? [one.id] : [])),
      );
    }
    return thread;
  }

  async #learnSize(thread: number): Promise<void> {
    if (this.#sizes.has(thread)) return;
    this.#sizes.set(thread, (await readSizes(this.#tx, this.#user, [thread])).get(thread) ?? 1);
  }
}

async function readSizes(tx: Writer, user: string, threads: readonly number[]): Promise<Map<number, number>> {
  const sizes = new Map<number, number>();
  for (const { thread, total } of await findThreadRows(tx, user, threads)) {
    sizes.set(thread, (sizes.get(thread) ?? 0) + total);
  }
  return sizes;
}

function readCandidate(row: SubjectRow): SubjectCandidate {
  const { id, thread, date } = row;
  const waiting = row.subject_key < 0;
  const people = {
    from: listAddresses(JSON.parse(row.sender) as Address[]),
    to: listAddresses(JSON.parse(row.recipients) as Address[]),
  };
  return { ...people, id, thread, date, waiting, answer: waiting || readSubject(row.subject).answer };
}

function isAnswer({ answer, referenceKeys }: MailDigest): boolean {
  return answer || referenceKeys.length > 0;
}

function peopleOf({ from, to }: Pick<MailDigest, 'from' | 'to'>): Pick<SubjectMail, 'from' | 'to'> {
  return { from: listAddresses(from), to: listAddresses(to) };
}

function listAddresses(addresses: readonly Address[]): string[] {
  return addresses.map(({ address }) => address.toLowerCase());
}

function listKeys(digest: MailDigest): string[] {
  return digest.messageKey === null ? digest.referenceKeys : [digest.messageKey, ...digest.referenceKeys];
}
