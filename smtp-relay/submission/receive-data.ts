import type { SMTPServerDataStream } from 'smtp-server';
import { MESSAGE_BYTES } from '../../common/shapes/draft.ts';
import { makeLineScanner } from './line-scanner.ts';
import { refuseLines } from './prepare-message.ts';
import { SubmissionRefusal } from './refusal.ts';

/** RFC 1870: announced in EHLO. */
export const MAX_MESSAGE_SIZE = MESSAGE_BYTES;

/** Bytes of messages being received at the same time, by all connections together. */
export interface MemoryBudget {
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export function makeMemoryBudget(limit: number): MemoryBudget {
  let used = 0;
  return {
    take: (bytes) => {
      if (used + bytes > limit) return false;
      used += bytes;
      return true;
    },
    give: (bytes) => {
      used -= bytes;
    },
  };
}

export interface ReceivedData {
  message: Buffer;
  eightBit: boolean;
  /** Gives the memory back; to be called once the message is stored or dropped. */
  release(): void;
}

/**
 * Collects DATA. A message that is refused is read to its end and thrown away, for only then may the
 * server answer. Throws SubmissionRefusal, or the stream's error when the client went away.
 */
export async function receiveData(stream: SMTPServerDataStream, budget: MemoryBudget): Promise<ReceivedData> {
  const scanner = makeLineScanner();
  let chunks: Buffer[] = [];
  let held = 0;
  let refusal: SubmissionRefusal | null = null;
  const release = (): void => {
    budget.give(held);
    held = 0;
    chunks = [];
  };
  const refuse = (reason: SubmissionRefusal): void => {
    refusal ??= reason;
    release();
  };
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (refusal !== null) continue;
      const problem = scanner.push(chunk);
      if (problem !== null) refuse(refuseLines(problem));
      else if (stream.sizeExceeded) refuse(new SubmissionRefusal(552, '5.3.4', 'message larger than 72 MB'));
      else if (!budget.take(chunk.length))
        refuse(new SubmissionRefusal(452, '4.3.1', 'too busy, try again later'));
      else {
        held += chunk.length;
        chunks.push(chunk);
      }
    }
    const problem = scanner.end();
    if (problem !== null) refuse(refuseLines(problem));
    if (stream.sizeExceeded) refuse(new SubmissionRefusal(552, '5.3.4', 'message larger than 72 MB'));
    if (refusal !== null) throw refusal;
    return { message: Buffer.concat(chunks), eightBit: scanner.eightBit, release };
  } catch (error) {
    release();
    throw error;
  }
}
