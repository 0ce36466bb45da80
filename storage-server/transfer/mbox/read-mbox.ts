import { MailError } from '../../../common/errors.ts';
import type { Millis } from '../../../common/time.ts';
import type { BlobSource } from '../../blob/blob-store.ts';
import type { Finding } from '../found-mail.ts';
import { dropMessage, MessageSpool, readMessage, type SpoolPlace } from '../message-spool.ts';
import { describeMessage, readBegin, skip } from '../read-message.ts';
import { rewriteMessage } from '../rewrite-message.ts';
import { readFromDate } from './from-line.ts';
import { readOwnLines } from './own-lines.ts';
import { MboxSplitter, type MboxEvent } from './split-mbox.ts';

/** Where an mbox comes from. `mailbox` as in MailPlace. */
export interface MboxOrigin {
  name: string;
  mailbox: string | null;
  now: Millis;
}

/** The messages of an mbox, one after the other, in constant memory. MailError `disk-full`. */
export async function* readMbox(
  pieces: AsyncIterable<Uint8Array>,
  place: SpoolPlace,
  origin: MboxOrigin,
): AsyncGenerator<Finding, void, undefined> {
  const reader = new MboxReader(place, origin);
  try {
    for await (const piece of pieces) {
      yield* reader.read((splitter) =>
        splitter.push(Buffer.from(piece.buffer, piece.byteOffset, piece.length)),
      );
    }
    yield* reader.read((splitter) => splitter.end(), true);
  } finally {
    await reader.close();
  }
}

class MboxReader {
  readonly #splitter = new MboxSplitter();
  readonly #place: SpoolPlace;
  readonly #origin: MboxOrigin;
  #spool: MessageSpool;
  #from = '';
  #count = 0;

  constructor(place: SpoolPlace, origin: MboxOrigin) {
    this.#place = place;
    this.#origin = origin;
    this.#spool = new MessageSpool(place);
  }

  async close(): Promise<void> {
    await this.#spool.discard();
  }

  /** `atEnd`: nothing comes behind what `work` hands in. */
  async *read(
    work: (splitter: MboxSplitter) => MboxEvent[],
    atEnd = false,
  ): AsyncGenerator<Finding, void, undefined> {
    for (const event of work(this.#splitter)) {
      if (event.kind === 'begin') this.#from = event.from;
      else if (event.kind === 'bytes') this.#spool.add(event.bytes);
      else if (event.kind === 'end') yield* this.#finish(event.quoted);
      else yield* this.#readAgain(event.rest, atEnd);
    }
    await this.#spool.settle();
  }

  /** A Content-Length was wrong: what was taken for one message is looked through for From lines. */
  async *#readAgain(rest: Buffer, atEnd: boolean): AsyncGenerator<Finding, void, undefined> {
    const whole = await this.#spool.finish();
    this.#spool = new MessageSpool(this.#place);
    this.#splitter.distrust();
    try {
      for await (const piece of readMessage(whole)) yield* this.read((splitter) => splitter.push(piece));
    } finally {
      await dropMessage(whole);
    }
    if (rest.length > 0) yield* this.read((splitter) => splitter.push(rest));
    if (atEnd) yield* this.read((splitter) => splitter.end(), true);
  }

  async *#finish(quoted: boolean): AsyncGenerator<Finding, void, undefined> {
    const spool = this.#spool;
    this.#spool = new MessageSpool(this.#place);
    if (spool.size === 0) return;
    this.#count += 1;
    const name = `${this.#origin.name}#${this.#count}`;
    try {
      yield await this.#describe(name, await spool.finish(), quoted);
    } catch (error) {
      if (!(error instanceof MailError) || error.code !== 'too-large') throw error;
      yield { skipped: skip(name, error.code, error.reason) };
    }
  }

  async #describe(name: string, source: BlobSource, quoted: boolean): Promise<Finding> {
    const own = readOwnLines(await readBegin(source));
    if (own === null) {
      const message = quoted
        ? await rewriteMessage(this.#place, source, { skip: 0, unquote: true, size: null })
        : source;
      const { mailbox, now } = this.#origin;
      return await describeMessage(message, { name, mailbox, flags: [], received: this.#readDate() }, now);
    }
    const { state, length } = own;
    const { size, flags, labels } = state;
    const message = await rewriteMessage(this.#place, source, { skip: length, unquote: quoted, size });
    const received = Date.parse(state.received);
    const mailbox = this.#origin.mailbox ?? state.role ?? state.mailbox;
    return { name, source: message, place: { mailbox, flags, labels, received }, archived: null };
  }

  #readDate(): Millis | null {
    const at = readFromDate(this.#from);
    return at !== null && at > 0 && at <= this.#origin.now ? at : null;
  }
}
