import { makeHtml, makeHtmlPool } from './corpus-html.ts';
import { type Language, makeRandom, makeVocabulary, makeZipf } from './words.ts';

/** Where a mail's text comes from: sentences are cut from a long text, which is much faster than making each. */
export interface Pools {
  text: Record<Language, string>;
  html: Record<Language, string>;
  names: string[];
  base64: string;
  random: () => number;
}

const VOCABULARY = 40_000;
const POOL = 3_000_000;
const SENDERS = 3000;
const FIRST =
  'José Ana Luis María John Emma Günther Zoë Marta Pedro Laura Peter Íñigo Carmen Sofía Paul'.split(' ');
const LAST = 'Pérez García Smith Müller López Núñez Brown Fernández Jones Sánchez Weber Muñoz Clark'.split(
  ' ',
);

/**
 * A person's mail of years: letters, threads with quotes, newsletters and notices in HTML, attachments; Spanish,
 * English and Japanese, in 8bit, quoted-printable and base64. The same for the same seed.
 */
export function* makeMailCorpus(count: number, seed: number): Generator<Buffer> {
  const pools = makePools(seed);
  for (let number = 0; number < count; number++) yield Buffer.from(makeMail(number, pools), 'latin1');
}

function makePools(seed: number): Pools {
  const random = makeRandom(seed);
  const text = { en: '', es: '', ja: '' };
  for (const language of ['en', 'es', 'ja'] as const) text[language] = makeText(language, random);
  let base64 = '';
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  while (base64.length < 1_500_000) {
    let row = '';
    for (let at = 0; at < 76; at++) row += letters[Math.floor(random() * 64)];
    base64 += `${row}\r\n`;
  }
  const names = Array.from({ length: SENDERS }, () => {
    const pick = (from: string[]): string => from[Math.floor(random() * from.length)]!;
    return `${pick(FIRST)} ${pick(LAST)}`;
  });
  const html = { en: makeHtmlPool(text.en), es: makeHtmlPool(text.es), ja: makeHtmlPool(text.ja) };
  return { text, html, names, base64, random };
}

function makeText(language: Language, random: () => number): string {
  const size = language === 'ja' ? VOCABULARY / 4 : VOCABULARY;
  const vocabulary = makeVocabulary(language, size, random);
  const next = makeZipf(vocabulary.length, random);
  const lines: string[] = [];
  let length = 0;
  let line = '';
  const gap = language === 'ja' ? '' : ' ';
  const most = language === 'ja' ? 30 : 70;
  while (length < (language === 'ja' ? POOL / 4 : POOL)) {
    const word = vocabulary[next()]!;
    const stop = random() < 0.09 ? (language === 'ja' ? '。' : '.') : '';
    line += `${line === '' ? '' : gap}${word}${stop}`;
    if (line.length < most) continue;
    lines.push(line);
    length += line.length;
    line = '';
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** Whole lines, `size` characters or a little more. */
export function cut(from: string, size: number, random: () => number): string {
  const start = from.indexOf('\r\n', Math.floor(random() * (from.length - size - 400))) + 2;
  return from.slice(start, from.indexOf('\r\n', start + size) + 2);
}

const bytes = (text: string): string => Buffer.from(text).toString('latin1');
const word64 = (text: string): string => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
const fold64 = (text: string): string => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
export const quote = (text: string): string =>
  bytes(text)
    .replace(/[\u0080-\u00ff=]/g, (one) => `=${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/[^\r\n]{73}(?=[^\r\n]{4})/g, (row) => `${row}=\r\n`)
    .replace(/=\r\n([0-9A-F]{2})/g, '=\r\n$1');

function makeMail(number: number, pools: Pools): string {
  const { random } = pools;
  const kind = random();
  const language: Language = random() < 0.46 ? 'es' : random() < 0.85 ? 'en' : 'ja';
  const text = makeLetter(number, language, pools);
  const head = makeHead(number, language, pools);
  if (kind < 0.45) return `${head}${makePart('plain', text, random)}`;
  const boundary = `=_${number.toString(36)}_${Math.floor(random() * 1e9).toString(36)}`;
  const html = makePart('html', makeHtml(number, language, pools), random);
  if (kind < 0.52) return `${head}${html}`;
  const parts = [makePart('plain', text, random), html];
  const mixed = kind > 0.85;
  if (mixed) {
    if (kind > 0.92) parts.splice(1, 1);
    const size = 15_000 + random() ** 4 * 600_000;
    const name = `${['factura', 'informe', 'report', 'invoice', 'presupuesto'][number % 5]}-${number}.pdf`;
    parts.push(
      `Content-Type: application/pdf; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\n` +
        `Content-Transfer-Encoding: base64\r\n\r\n${cut(pools.base64, size, random)}`,
    );
  }
  const type = mixed ? 'mixed' : 'alternative';
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return `${head}Content-Type: multipart/${type}; boundary="${boundary}"\r\n\r\n${body}--${boundary}--\r\n`;
}

/** One in three answers another and quotes it; numbers of orders and tickets stand in most. */
function makeLetter(number: number, language: Language, { text, random }: Pools): string {
  const scale = language === 'ja' ? 0.4 : 1;
  const own = cut(text[language], scale * (250 + random() ** 2 * 3500), random);
  const ticket =
    random() < 0.6 ? `Ref. ${number.toString(36).toUpperCase()}-${Math.floor(random() * 1e6)}\r\n` : '';
  const quoted =
    random() < 0.33
      ? cut(text[language], scale * (200 + random() * 2500), random).replace(/^(?=.)/gm, '> ')
      : '';
  return `${own}${ticket}${quoted}`;
}

function makePart(kind: 'plain' | 'html', text: string, random: () => number): string {
  const way = random();
  const encoding = way < 0.4 ? '8bit' : way < 0.85 ? 'quoted-printable' : 'base64';
  const body = encoding === '8bit' ? bytes(text) : encoding === 'base64' ? fold64(text) : quote(text);
  return `Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n`;
}

function makeHead(number: number, language: Language, { text, names, random }: Pools): string {
  const date = new Date(Date.UTC(2016, 0, 1) + number * 3_100_000).toUTCString().replace('GMT', '+0000');
  const sender = Math.floor(random() ** 2 * SENDERS);
  const host = `mx${sender % 40}.host${sender % 97}.example`;
  const received = (by: string): string =>
    `Received: from ${host} (${host} [192.0.2.${sender % 250}])\r\n\tby ${by} with ESMTPS id ${number.toString(36)}${sender}\r\n` +
    `\tfor <alice@example.org>; ${date}\r\n`;
  const subject = cut(text[language], 20, random)
    .slice(0, language === 'ja' ? 20 : 20 + random() * 50)
    .replaceAll('\r\n', ' ');
  const answers = number > 50 && random() < 0.35 ? number - 1 - Math.floor(random() * 40) : null;
  const reply =
    answers === null ? '' : `In-Reply-To: <m${answers}@${host}>\r\nReferences: <m${answers}@${host}>\r\n`;
  const list =
    random() < 0.3
      ? `List-Id: <list${sender % 60}.example>\r\nList-Unsubscribe: <https://${host}/u/${number}>\r\n`
      : '';
  const copy =
    random() < 0.2 ? `Cc: ${word64(names[number % SENDERS]!)} <c${number % SENDERS}@example.com>\r\n` : '';
  const signature = `DKIM-Signature: v=1; a=rsa-sha256; d=${host}; s=k1; h=from:to:subject:date;\r\n\tb=${number.toString(36).repeat(20)}\r\n`;
  return (
    `${received('mail.example.org')}${received('in.example.org')}${signature}Message-ID: <m${number}@${host}>\r\n${reply}` +
    `Date: ${date}\r\nFrom: ${word64(names[sender]!)} <s${sender}@host${sender % 97}.example>\r\nTo: Alice <alice@example.org>\r\n${copy}` +
    `Subject: ${answers === null ? '' : 'Re: '}${word64(subject)}\r\n${list}MIME-Version: 1.0\r\n`
  );
}
