import { MailError } from '../../common/errors.ts';
import { ByteSink } from './byte-sink.ts';
import type { Limits } from './limits.ts';
import { explainRefusal, type Reply } from './reply.ts';
import type { Wire } from './wire.ts';

/** Far more than maildrops have. Short lines within the limit of bytes would cost gigabytes. */
const MOST_MESSAGES = 1_000_000;

/** One message of the maildrop. `size` is what the server claims; `uidl` null where it gave none. */
export interface Listed {
  number: number;
  size: number;
  uidl: string | null;
}

/** The maildrop as listed; `hasUidl` is false for a server without UIDL. Ascending by number, which is mostly oldest first. */
export interface Listing {
  messages: Listed[];
  hasUidl: boolean;
}

/** UIDL and LIST, sent at once in one packet where allowed (RFC 1939 sections 5 and 7). Both are needed: not every server numbers them alike. */
export async function listMaildrop(wire: Wire, limits: Limits, pipelining: boolean): Promise<Listing> {
  const uidls = new ByteSink(limits.listing);
  const sizes = new ByteSink(limits.listing);
  let named: Reply | null = null;
  let sized: Reply | null = null;
  if (pipelining) {
    const asked: Promise<Reply>[] = [];
    wire.join(() => asked.push(wire.ask('UIDL', uidls), wire.ask('LIST', sizes)));
    [named = null, sized = null] = await Promise.all(asked);
  } else {
    named = await wire.ask('UIDL', uidls);
    sized = await wire.ask('LIST', sizes);
  }
  if (sized!.kind !== 'ok') throw explainRefusal(sized!, 'command');
  const hasUidl = named!.kind === 'ok';
  const messages = new Map<number, Listed>();
  for (const [number, size] of parseListing(sizes.finish())) {
    // UIDLs that begin with digits must not pass for sizes where a server mixes its replies up.
    const claimed = /^\d{1,15}(?=$|\s)/.exec(size)?.[0];
    if (claimed === undefined) throw badListing(`${number} ${size}`);
    messages.set(number, { number, size: Number(claimed), uidl: null });
  }
  if (hasUidl) {
    for (const [number, uidl] of parseListing(uidls.finish())) {
      const listed = messages.get(number);
      if (listed === undefined) messages.set(number, { number, size: 0, uidl });
      else listed.uidl = uidl;
    }
  }
  return { messages: [...messages.values()].sort((a, b) => a.number - b.number), hasUidl };
}

/** Lines `NUMBER VALUE`; a number that comes twice keeps its first value. */
function parseListing(bytes: Buffer): Map<number, string> {
  const entries = new Map<number, string>();
  let at = 0;
  while (at < bytes.length) {
    const end = bytes.indexOf(13, at);
    const line = bytes.toString('latin1', at, end === -1 ? bytes.length : end);
    at = end === -1 ? bytes.length : end + 2;
    const space = line.indexOf(' ');
    const number = Number(line.slice(0, space));
    const value = line.slice(space + 1).trim();
    const fits = space > 0 && Number.isSafeInteger(number) && number > 0 && number < 2 ** 31;
    if (!fits || value === '' || value.length > 1000) throw badListing(line);
    if (!entries.has(number)) entries.set(number, value);
    if (entries.size > MOST_MESSAGES) {
      throw new MailError('protocol', 'too many messages are listed', { reason: 'list-too-long' });
    }
  }
  return entries;
}

function badListing(line: string): MailError {
  return new MailError('protocol', 'the listing is not one', { reason: 'bad-listing', serverLine: line });
}
