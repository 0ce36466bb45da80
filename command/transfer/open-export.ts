import { MailError } from '../../common/errors.ts';
import { callWithToken } from '../server/clients.ts';
import type { Connection } from '../server/connection.ts';
import { readRefusal, readText } from '../server/http.ts';
import type { Skipped } from './name-skipped.ts';

/** What is exported, as GET /export of the storage-server takes it. */
export interface ExportChoice {
  format: 'mbox' | 'eml' | 'archive';
  mailbox: string | null;
  query: string | null;
}

export interface Exported {
  mails: number;
  /** Of the mails, without what the format adds. */
  bytes: number;
  /** Mails whose bytes are damaged or gone, by their ids: the first ones, and how many. */
  skipped: Skipped[];
  skippedCount: number;
}

/** The bytes of an export; `count`, when all is read, what is in it: null where a proxy on the way takes trailers off. */
export async function openExport(
  connection: Connection,
  choice: ExportChoice,
): Promise<{ pieces: AsyncIterable<Uint8Array>; count: () => Exported | null }> {
  const given = Object.entries(choice).filter((entry): entry is [string, string] => entry[1] !== null);
  const address = `${connection.home.url}/export?${new URLSearchParams(given).toString()}`;
  const { body, status, headers } = await callWithToken(address, { method: 'GET' }, connection.home.token);
  if (status !== 200) throw readRefusal(status, await readText({ body, status, headers }, address));
  return {
    pieces: explainBreak(body as AsyncIterable<Uint8Array>),
    count: () => {
      const { 'x-valija-mails': mails, 'x-valija-bytes': bytes } = body.trailers;
      if (mails === undefined || bytes === undefined) return null;
      const skipped = JSON.parse(body.trailers['x-valija-skipped'] ?? '[]') as Skipped[];
      const skippedCount = Number(body.trailers['x-valija-skipped-count'] ?? 0);
      return { mails: Number(mails), bytes: Number(bytes), skipped, skippedCount };
    },
  };
}

async function* explainBreak(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* pieces;
  } catch (error) {
    throw new MailError('dropped', 'the server broke off', { cause: error });
  }
}
