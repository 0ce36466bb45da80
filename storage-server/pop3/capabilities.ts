import type { Limits } from './limits.ts';
import { ByteSink } from './byte-sink.ts';
import type { Wire } from './wire.ts';

/** What CAPA said (RFC 2449), keywords in capitals. `answered` is false for a server without CAPA: then nothing is known. Kept as JSON. */
export interface Capabilities {
  answered: boolean;
  lines: string[];
  pipelining: boolean;
  stls: boolean;
  user: boolean;
  /** SASL mechanisms in capitals; null where CAPA does not speak of SASL at all. */
  sasl: string[] | null;
  /** Seconds between logins, or null. */
  loginDelay: number | null;
  /** RFC 6856: messages as they are, instead of down-graded; `user`: names and passwords in UTF-8 too. */
  utf8: 'no' | 'yes' | 'user';
  /** RFC 6856: texts in a language of choice. */
  lang: boolean;
  /** RESP-CODES (RFC 2449): refusals say by a code what they mean. */
  responseCodes: boolean;
}

export function parseCapabilities(text: string): Capabilities {
  const lines = text
    .split('\r\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 200);
  const words = lines.map((line) => line.toUpperCase().split(/\s+/));
  const find = (name: string): string[] | undefined => words.find((line) => line[0] === name)?.slice(1);
  const delay = Number(find('LOGIN-DELAY')?.[0]);
  const utf8 = find('UTF8');
  return {
    answered: true,
    lines,
    pipelining: find('PIPELINING') !== undefined,
    stls: find('STLS') !== undefined,
    user: find('USER') !== undefined,
    sasl: find('SASL') ?? null,
    loginDelay: Number.isSafeInteger(delay) && delay >= 0 ? Math.min(delay, 86_400) : null,
    utf8: utf8 === undefined ? 'no' : utf8.includes('USER') ? 'user' : 'yes',
    lang: find('LANG') !== undefined,
    responseCodes: find('RESP-CODES') !== undefined,
  };
}

const NOTHING_KNOWN: Capabilities = { ...parseCapabilities(''), answered: false };

export async function askCapabilities(wire: Wire, limits: Limits): Promise<Capabilities> {
  const sink = new ByteSink(Math.min(limits.listing, 64 * 1024));
  const reply = await wire.ask('CAPA', sink);
  return reply.kind === 'ok' ? parseCapabilities(sink.finish().toString('latin1')) : NOTHING_KNOWN;
}
