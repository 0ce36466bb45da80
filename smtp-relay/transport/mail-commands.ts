import { encodeXtext, mendOriginal } from '../dsn/xtext.ts';
import type { Extensions } from './greet.ts';

/** What is said of a mail before its data. Addresses in the form that the host can read. */
export interface MailEnvelope {
  /** Empty for the null sender. */
  from: string;
  to: readonly string[];
  size?: number;
  /** Holds bytes over 127 (RFC 6152). */
  eightBit?: boolean;
  /** Its header or an address holds UTF-8 (RFC 6531). */
  utf8?: boolean;
  /** RFC 8689; whoever sends has looked whether the host announces it. */
  requireTls?: boolean;
  dsn?: EnvelopeDsn;
}

/** What the sender wants to hear (RFC 3461); passed on to hosts that know it. */
export interface EnvelopeDsn {
  ret: 'FULL' | 'HDRS' | null;
  envid: string | null;
  /** By recipient, as in `to`; `original` is `type;xtext`. */
  recipients: ReadonlyMap<string, { notify: string | null; original: string | null }>;
}

/** An address that would end its command early, or begin another, never gets onto the wire. */
export function isSpeakable(address: string): boolean {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return !/[\u0000-\u0020\u007f<>]/.test(
    address.replace(/^"(?:[^"\\]|\\.)*"(?=@)/, (local) => local.replaceAll(' ', '')),
  );
}

/** MAIL with the parameters that the host knows. */
export function formatMail(envelope: MailEnvelope, extensions: Extensions): string {
  const { size } = envelope;
  const { ret = null, envid = null } = (extensions.has('DSN') ? envelope.dsn : undefined) ?? {};
  return [
    `MAIL FROM:<${envelope.from}>`,
    ...(size !== undefined && extensions.has('SIZE') ? [`SIZE=${size}`] : []),
    ...(envelope.eightBit === true && extensions.has('8BITMIME') ? ['BODY=8BITMIME'] : []),
    ...(envelope.utf8 === true && extensions.has('SMTPUTF8') ? ['SMTPUTF8'] : []),
    ...(envelope.requireTls === true ? ['REQUIRETLS'] : []),
    ...(ret === null ? [] : [`RET=${ret}`]),
    ...(envid === null ? [] : [`ENVID=${encodeXtext(envid)}`]),
  ].join(' ');
}

export function formatRecipient(to: string, envelope: MailEnvelope, extensions: Extensions): string {
  const wanted = extensions.has('DSN') ? envelope.dsn?.recipients.get(to) : undefined;
  const { notify = null } = wanted ?? {};
  // Said also where the submitter did not (RFC 3461 5.2.1): hosts that rewrite the address report under this one.
  const own = /^[!-~]+$/.test(to) ? `rfc822;${encodeXtext(to)}` : null;
  const original = wanted === undefined ? null : (mendOriginal(wanted.original ?? '') ?? own);
  return [
    `RCPT TO:<${to}>`,
    ...(notify === null ? [] : [`NOTIFY=${notify}`]),
    ...(original === null ? [] : [`ORCPT=${original}`]),
  ].join(' ');
}

/** The largest mail that the host takes; Infinity when it does not say (RFC 1870). */
export function readSizeLimit(extensions: Extensions): number {
  const limit = Number(extensions.get('SIZE') ?? '');
  return Number.isSafeInteger(limit) && limit > 0 ? limit : Infinity;
}
