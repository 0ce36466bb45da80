import { Readable } from 'node:stream';
import { arc } from 'mailauth/lib/arc/index.js';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { evaluateDmarc } from 'mailauth/lib/dmarc/index.js';
import { spf } from 'mailauth/lib/spf/index.js';
import { getAlignment } from 'mailauth/lib/tools.js';
import { foldHost, readDomain } from '../../common/host.ts';
import { AUTH_RESULTS, type AuthResult, type MailAuthentication } from '../../common/shapes/mail.ts';
import { DAY, SECOND, type Millis } from '../../common/time.ts';
import type { BlobReader } from '../blob/blob-reader.ts';
import { parseAddresses } from '../mime/addresses.ts';
import { readHopDate } from '../mime/dates.ts';
import { parseHeaders, type HeaderFields } from '../mime/headers.ts';
import { describeUpstream, findUpstream } from './authentication-results.ts';
import { findBorder, type Border } from './border.ts';
import { readHop } from './hop.ts';
import type { KeptVerdict } from './origin.ts';
import { limitResolver, type Resolve } from './resolver.ts';

/** One original as it was collected. */
export interface JudgeRequest {
  header: string;
  body: string;
  size: number;
  /** Of the account's address and its POP3 server, `known` what the provider table says of them. */
  provider: { domain: string; hosts: string[]; authservIds: string[] };
  now: Millis;
}

export interface Judgement {
  authentication: KeptVerdict;
  /** The DNS did not answer everything: worth another try. */
  temporary: boolean;
}

const LIMITS = { lookups: 60, time: 20 * SECOND, header: 1 << 20, signatures: 10 } as const;
/** A mail that lay on the provider's server for longer is not measured by what the sender's domain says today: who may send for it changes. */
const FRESH = 14 * DAY;

type Dkim = Awaited<ReturnType<typeof dkimVerify>>;
type Chain = Awaited<ReturnType<typeof arc>>;
type Options = Parameters<typeof dkimVerify>[1] & object;

/** DKIM and ARC over the exact bytes, SPF for the hop over the provider's border, or the provider's own word where it can be believed. */
export async function judgeMail(request: JudgeRequest, blobs: BlobReader, ask: Resolve): Promise<Judgement> {
  const resolve = limitResolver(ask, { lookups: LIMITS.lookups, deadline: Date.now() + LIMITS.time });
  const header = await blobs.read(request.header);
  const headers = parseHeaders(header);
  const hops = headers.all('received').map(readHop);
  const provider = { hosts: await listHosts(request.provider, resolve), same: isSameOrganisation };
  const border = findBorder(hops, provider);
  const from = readFrom(headers);
  const upstream = findUpstream(headers.fields, {
    ids: request.provider.authservIds,
    isHost: (id) => request.provider.hosts.some((host) => isSameOrganisation(host, id)),
    border: border === null ? null : findField(headers, 'received', border.index),
  });
  if (upstream !== null) return { authentication: describeUpstream(upstream, from), temporary: false };

  const arrived = readHopDate(headers.all('received')[border?.index ?? 0] ?? '', request.now) ?? request.now;
  const fresh = request.now - arrived <= FRESH;
  const dkim = isSigned(headers, header.length)
    ? await verify(request, header, blobs, resolve, arrived)
    : null;
  const chain = dkim?.arc === undefined ? null : await checkArc(dkim.arc, resolve);
  const sender = fresh && border !== null ? findSender(headers, border) : null;
  const sent = sender === null || border === null ? null : await checkSpf(sender, border, resolve);
  const dmarc = await checkDmarc(headers, { dkim, spf: sent, chain, resolve });
  // Without SPF, or years later, what is missing proves nothing.
  const verdict = dmarc === 'pass' || dmarc === 'temperror' || sent !== null ? dmarc : 'none';
  const authentication = {
    from: { domain: from, dmarc: verdict },
    dkim: (dkim?.results ?? []).map(describeSignature),
    spf: sent,
    arc:
      chain === null || chain.status.result === 'none' ? null : { result: readResult(chain.status.result) },
    by: 'valija',
  };
  return { authentication, temporary: isTemporary(authentication) };
}

/** A body that is not the signed one is a failure to us (RFC 8601 2.7.1), which the library calls neutral. */
function describeSignature({ signingDomain, selector, status }: Dkim['results'][number]) {
  const changed = status.result === 'neutral' && status.comment === 'body hash did not verify';
  const result: AuthResult = changed ? 'fail' : readResult(status.result);
  return { domain: signingDomain ?? '', selector: selector ?? '', result };
}

function isTemporary({ from, dkim, spf: sent, arc: chain }: Judgement['authentication']): boolean {
  return [from.dmarc, ...dkim.map(({ result }) => result), sent?.result, chain?.result].includes('temperror');
}

/** What names the provider: its table entry, and who takes mail for the address. */
async function listHosts(provider: JudgeRequest['provider'], resolve: Resolve): Promise<string[]> {
  const hosts = [...provider.hosts];
  if (provider.domain === '') return hosts;
  try {
    const records = (await resolve(provider.domain, 'MX')) as { exchange: string }[];
    hosts.push(...records.map(({ exchange }) => foldHost(exchange)).filter((one) => one !== ''));
  } catch {
    // Then its POP3 server has to do.
  }
  return hosts;
}

export function isSameOrganisation(a: string, b: string): boolean {
  return a === b || getAlignment(a, [b]) !== false;
}

/** Only one author can be vouched for. */
function readFrom(headers: HeaderFields): string | null {
  const authors = headers.all('from').flatMap((value) => parseAddresses(value, 10));
  const domains = new Set(authors.map(({ address }) => readDomain(address)));
  const [domain] = domains;
  return domains.size === 1 && domain !== undefined && domain !== '' ? domain : null;
}

function findField(headers: HeaderFields, name: string, nth: number): number {
  let left = nth;
  return headers.fields.findIndex(([one]) => one.toLowerCase() === name && left-- === 0);
}

function isSigned(headers: HeaderFields, size: number): boolean {
  if (size > LIMITS.header || headers.all('dkim-signature').length > LIMITS.signatures) return false;
  return headers.get('dkim-signature') !== null || headers.get('arc-seal') !== null;
}

async function verify(
  { body, size }: JudgeRequest,
  headerBytes: Buffer,
  blobs: BlobReader,
  resolver: Resolve,
  arrived: Millis,
): Promise<Dkim> {
  const pieces = async function* (): AsyncGenerator<Buffer> {
    yield headerBytes;
    if (size > headerBytes.length) yield* blobs.open(body, 0, size - headerBytes.length);
  };
  // A signature that has expired since then was good when it counted.
  const options = { resolver, curTime: new Date(arrived), rejectRsaSha1: true } as unknown as Options;
  return await dkimVerify(Readable.from(pieces(), { objectMode: false }), options);
}

async function checkArc(chain: NonNullable<Dkim['arc']>, resolver: Resolve): Promise<Chain> {
  return await arc(chain as never, { resolver: resolver as never });
}

/** The envelope's sender as the provider kept it: a Return-Path above the border (RFC 5321 4.4). */
function findSender(headers: HeaderFields, border: Border): { sender: string; helo: string | null } | null {
  const at = findField(headers, 'return-path', 0);
  if (at === -1 || at > findField(headers, 'received', border.index)) return null;
  const sender = /^<?([^<>\s]*)>?$/.exec(headers.fields[at]?.[1].trim() ?? '')?.[1];
  if (sender === undefined || (sender === '' && border.helo === null)) return null;
  return { sender, helo: border.helo };
}

async function checkSpf(
  { sender, helo }: { sender: string; helo: string | null },
  { ip }: Border,
  resolver: Resolve,
): Promise<MailAuthentication['spf']> {
  const { status, domain } = await spf({
    sender,
    ip,
    helo: helo ?? `[${ip}]`,
    mta: 'valija',
    resolver: resolver as never,
    maxElapsedTime: LIMITS.time,
  });
  return { domain: domain.toLowerCase(), result: readResult(status.result), ip };
}

async function checkDmarc(
  headers: HeaderFields,
  found: {
    dkim: Dkim | null;
    spf: MailAuthentication['spf'];
    chain: Chain | null;
    resolve: Resolve;
  },
): Promise<AuthResult> {
  const authors = headers.all('from').flatMap((value) => parseAddresses(value, 10));
  const passed = (found.dkim?.results ?? []).filter(({ status }) => status.result === 'pass');
  const { response } = await evaluateDmarc({
    headerFrom: authors.map(({ address }) => address),
    fromFields: headers.all('from').length,
    spfDomains: found.spf?.result === 'pass' ? [found.spf.domain] : [],
    dkimDomains: passed.map(({ id, signingDomain, status }) => ({
      id,
      domain: signingDomain,
      aligned: status.aligned,
      underSized: status.underSized,
    })),
    arcResult: found.chain,
    resolver: found.resolve,
  } as never);
  return response === false ? 'none' : readResult(response.status.result);
}

function readResult(result: string): AuthResult {
  return AUTH_RESULTS.find((one) => one === result) ?? 'none';
}
