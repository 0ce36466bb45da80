import { decodePercent } from '../../../../common/compose/decode-percent.ts';

/** Where a link of a mail may lead: http, https and mailto only; null otherwise. */
export function readTarget(href: string): URL | null {
  try {
    const url = new URL(href.trim());
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** What is wrong with a link: its text names another host than it leads to, or its host mixes scripts to look like another. */
export interface LinkWarning {
  kind: 'mismatch' | 'mixed';
  shown: string;
  target: string;
}

const HOST_IN_TEXT = /^(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?::\d+)?(?:[/?#]\S*)?$/iu;

/** An address among other words, with its scheme; what stands before an @ in it is no host. */
const HOST_IN_WORDS = /https?:\/\/((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?![\p{L}\p{N}.@-])(?!:[^\s/]*@)/iu;

/** The text as eyes see it: without what is not seen, and with letters and dots of other widths as the usual ones. */
function asRead(text: string): string {
  return text
    .replace(/\p{DI}/gu, '')
    .normalize('NFKC')
    .replace(/[。｡]/g, '.')
    .trim();
}

/** Compares what a link says with where it goes. */
export function judgeLink(text: string, href: string): LinkWarning | null {
  const target = readTarget(href);
  if (target === null || target.protocol === 'mailto:') return null;
  const host = target.hostname.toLowerCase();
  const read = asRead(text);
  const said = (HOST_IN_TEXT.exec(read) ?? HOST_IN_WORDS.exec(read))?.[1]?.toLowerCase();
  if (said !== undefined && !sameSite(toAscii(said), host)) {
    return { kind: 'mismatch', shown: said, target: host };
  }
  if (host.split('.').some((label) => mixesScripts(label))) {
    return { kind: 'mixed', shown: text.trim().slice(0, 80), target: host };
  }
  return null;
}

function toAscii(host: string): string {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return host;
  }
}

/** The same host, or one a subdomain of the other ("example.com" for "www.example.com"). */
function sameSite(a: string, b: string): boolean {
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}

/** A name in Punycode is one of other scripts: it may look like a known one, so it is always named. */
function mixesScripts(label: string): boolean {
  return label.startsWith('xn--');
}

/** The host as people should read it, without user names and ports before or after it. */
export function shownTarget(href: string): string {
  const url = readTarget(href);
  if (url === null) return '';
  if (url.protocol === 'mailto:') return decodePercent(url.pathname);
  return url.href.length > 120 ? `${url.origin}${url.pathname.slice(0, 80)}…` : url.href;
}
