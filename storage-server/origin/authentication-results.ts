import { AUTH_RESULTS, type AuthResult } from '../../common/shapes/mail.ts';
import type { KeptVerdict } from './origin.ts';

/** One method of an Authentication-Results field (RFC 8601 2.2). */
export interface MethodResult {
  method: string;
  result: AuthResult;
  /** `header.d`, `smtp.mailfrom` and the like, in lower case. */
  properties: ReadonlyMap<string, string>;
}

export interface AuthenticationResults {
  /** Who judged, in lower case. */
  id: string;
  methods: MethodResult[];
}

const LONGEST = 10_000;
const MOST_METHODS = 30;

/** Null when the field cannot be read. */
export function parseAuthenticationResults(value: string): AuthenticationResults | null {
  const [first = '', ...rest] = split(removeComments(value.slice(0, LONGEST)));
  const id = /^"?([^\s";=]{1,255})"?(?:\s+\d+)?$/.exec(first.trim())?.[1];
  if (id === undefined) return null;
  const methods = rest.slice(0, MOST_METHODS).map(readMethod);
  return { id: id.toLowerCase(), methods: methods.filter((one) => one !== null) };
}

function readMethod(text: string): MethodResult | null {
  const words = text.trim().match(/[^\s="]+\s*=\s*(?:"[^"]*"|[^\s"]+)/g) ?? [];
  const [first, ...others] = words.map(readPair);
  if (first === undefined) return null;
  const result = AUTH_RESULTS.find((one) => one === first[1].toLowerCase());
  if (result === undefined) return null;
  return { method: first[0].replace(/\/\d+$/, ''), result, properties: new Map(others) };
}

function readPair(word: string): [string, string] {
  const at = word.indexOf('=');
  return [
    word.slice(0, at).trim().toLowerCase(),
    word
      .slice(at + 1)
      .trim()
      .replace(/^"|"$/g, ''),
  ];
}

/** At semicolons outside of quotes. */
function split(text: string): string[] {
  return text.match(/(?:[^;"]|"[^"]*"|")+/g) ?? [];
}

function removeComments(text: string): string {
  let out = '';
  let depth = 0;
  let quoted = false;
  for (const character of text) {
    if (character === '"' && depth === 0) quoted = !quoted;
    if (character === '(' && !quoted) depth += 1;
    if (depth === 0) out += character;
    if (character === ')' && !quoted && depth > 0) depth -= 1;
  }
  return out;
}

/** Which upstream judgements are believed. */
export interface UpstreamTrust {
  /** Known ids of the provider, which strips forged ones: believed also right below its own Received line. */
  ids: readonly string[];
  /** Whether an id is a host of the provider: believed only above its border. */
  isHost(id: string): boolean;
  /** Index among the fields of the Received line of the border; null where none was found. */
  border: number | null;
}

/**
 * The provider's own judgement at the border, null when there is none that can be believed. What stands below the
 * Received line of the border was in the mail when it came, forged or not; only Gmail and its like write their result
 * below that line, and only the topmost of their ids is theirs.
 */
export function findUpstream(
  fields: readonly (readonly [string, string])[],
  trust: UpstreamTrust,
): AuthenticationResults | null {
  const received = fields.flatMap(([name], index) => (name.toLowerCase() === 'received' ? [index] : []));
  const above = trust.border ?? received[0] ?? 0;
  const below = trust.border === null ? above : (received.find((index) => index > above) ?? fields.length);
  let found: AuthenticationResults | null = null;
  for (const [index, [name, value]] of fields.slice(0, below).entries()) {
    if (name.toLowerCase() !== 'authentication-results') continue;
    const results = parseAuthenticationResults(value);
    if (results === null || results.methods.length === 0) continue;
    const known = trust.ids.some((id) => id.toLowerCase() === results.id);
    if (found === null && (known || (index < above && trust.isHost(results.id)))) found = results;
    // Above the border each filter of the provider may write a field of its own.
    else if (found !== null && index < above && results.id === found.id)
      found.methods.push(...results.methods);
  }
  return found;
}

/** As `show` tells it. */
export function describeUpstream({ id, methods }: AuthenticationResults, from: string | null): KeptVerdict {
  const find = (method: string): MethodResult | undefined => methods.find((one) => one.method === method);
  const spf = find('spf');
  const arc = find('arc');
  const domainOf = (text: string | undefined): string => (text ?? '').replace(/^.*@/, '').toLowerCase();
  const sender = spf?.properties.get('smtp.mailfrom') ?? spf?.properties.get('smtp.helo');
  return {
    from: { domain: from, dmarc: find('dmarc')?.result ?? 'none' },
    dkim: methods
      .filter(({ method }) => method === 'dkim')
      .map(({ result, properties }) => ({
        domain: domainOf(properties.get('header.d') ?? properties.get('header.i')),
        selector: properties.get('header.s') ?? '',
        result,
      }))
      .filter(({ domain }) => domain !== ''),
    spf:
      spf === undefined
        ? null
        : { domain: domainOf(sender), result: spf.result, ip: spf.properties.get('smtp.remote-ip') ?? null },
    arc: arc === undefined ? null : { result: arc.result },
    by: id,
  };
}
