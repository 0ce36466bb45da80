import type { Limits } from './limits.ts';
import { ByteSink } from './byte-sink.ts';
import type { Wire } from './wire.ts';

/** What CAPA said (RFC 2449), keywords in capitals. `answered` is false for a server without CAPA: then nothing is known. */
export interface Capabilities {
  answered: boolean;
  lines: string[];
  pipelining: boolean;
  stls: boolean;
  user: boolean;
  /** SASL mechanisms in capitals. */
  sasl: string[];
  /** Seconds between logins, or null. */
  loginDelay: number | null;
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
  return {
    answered: true,
    lines,
    pipelining: find('PIPELINING') !== undefined,
    stls: find('STLS') !== undefined,
    user: find('USER') !== undefined,
    sasl: find('SASL') ?? [],
    loginDelay: Number.isSafeInteger(delay) && delay >= 0 ? Math.min(delay, 86_400) : null,
  };
}

const UNKNOWN: Capabilities = {
  answered: false,
  lines: [],
  pipelining: false,
  stls: false,
  user: false,
  sasl: [],
  loginDelay: null,
};

export async function askCapabilities(wire: Wire, limits: Limits): Promise<Capabilities> {
  const sink = new ByteSink(Math.min(limits.listing, 64 * 1024));
  const reply = await wire.ask('CAPA', sink);
  return reply.kind === 'ok' ? parseCapabilities(sink.finish().toString('latin1')) : UNKNOWN;
}
