/** Numbers from a seed, the same on every machine (mulberry32). */
function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WORDS =
  'the of and to in for is on that by this with you it not or be are from at as your all have new more an was we will home can us about if page my has search free but our one other do no information time they site he up may what which their news out use any there see only so his when contact here business who web also now help get view online first been would how were services some these click its like service than find price date back top people had list name just over state year day into email two health next mañana señor corazón größe überall çà'.split(
    ' ',
  );
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Mails as people get them: short texts, newsletters in HTML, some with attachments; 34 KB in the mean. */
export function* makeCorpus(count: number, seed: number): Generator<Buffer> {
  const random = makeRandom(seed);
  const pool = makePool(random);
  for (let number = 0; number < count; number++) yield makeMail(number, random, pool);
}

/** Mails with one attachment each, of `size` bytes in all, no two alike. */
export function* makeLargeCorpus(count: number, size: number, seed: number): Generator<Buffer> {
  const random = makeRandom(seed);
  const { base64 } = makePool(random);
  for (let number = 0; number < count; number++) {
    const head =
      `From: sender@example.net\r\nTo: Alice <alice@example.org>\r\nSubject: Large ${number}\r\nMessage-ID: <large${number}@example.org>\r\n` +
      `Date: Sat, 21 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: application/octet-stream; name="file"\r\n` +
      `Content-Disposition: attachment; filename="file"\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
    const pieces = [head];
    for (let length = head.length; length < size;) {
      const piece = cut(base64, Math.min(400_000, size - length), random);
      pieces.push(piece);
      length += piece.length;
    }
    yield Buffer.from(pieces.join(''));
  }
}

interface Pool {
  text: string;
  base64: string;
}

/** Bytes to cut from: making each message letter by letter would take longer than fetching it. */
function makePool(random: () => number): Pool {
  let text = '';
  let line = '';
  while (text.length < 400_000) {
    const word = WORDS[Math.floor(random() * WORDS.length)]!;
    if (line.length + word.length > 72) {
      text += `${line}\r\n`;
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  let base64 = '';
  while (base64.length < 1_200_000) {
    let row = '';
    for (let at = 0; at < 76; at++) row += BASE64[Math.floor(random() * 64)]!;
    base64 += `${row}\r\n`;
  }
  return { text, base64 };
}

function cut(from: string, size: number, random: () => number): string {
  const start = from.indexOf('\r\n', Math.floor(random() * (from.length - size - 200))) + 2;
  return from.slice(start, from.indexOf('\r\n', start + size) + 2);
}

function makeMail(number: number, random: () => number, pool: Pool): Buffer {
  const kind = random();
  const text = cut(pool.text, 600 + random() * 4000, random);
  const date = new Date(Date.UTC(2024, 0, 1) + number * 613_000).toUTCString().replace('GMT', '+0000');
  const sender = Math.floor(random() * 400);
  const received = `Received: from mx${sender % 9}.example.net (mx${sender % 9}.example.net [192.0.2.${sender % 250}])\r\n\tby mail.example.org with ESMTPS id ${number.toString(36)}${sender}\r\n\tfor <alice@example.org>; ${date}\r\n`;
  const reply =
    number > 50 && random() < 0.3
      ? `In-Reply-To: <m${number - 1 - Math.floor(random() * 40)}@example.org>\r\n`
      : '';
  const head =
    `${received}${received}Message-ID: <m${number}@example.org>\r\n${reply}Date: ${date}\r\n` +
    `From: =?utf-8?q?Se=C3=B1or_${sender}?= <s${sender}@example.net>\r\nTo: Alice <alice@example.org>\r\n` +
    `Subject: ${cut(pool.text, 30, random).slice(0, 50).replaceAll('\r\n', ' ')}\r\nMIME-Version: 1.0\r\n`;
  if (kind < 0.55) {
    return Buffer.from(
      `${head}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}`,
    );
  }
  const boundary = `b${number}x${sender}`;
  const html = `<html><body><p>${cut(pool.text, 8000 + random() * 30_000, random).replaceAll('\r\n', '</p>\r\n<p>')}</p></body></html>\r\n`;
  const parts = [
    `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}`,
    `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${html}`,
  ];
  if (kind > 0.82) {
    const size = 20_000 + random() ** 3 * 380_000;
    parts.push(
      `Content-Type: application/pdf; name="report ${number}.pdf"\r\nContent-Disposition: attachment; filename="report ${number}.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${cut(pool.base64, size, random)}`,
    );
  }
  const type = kind > 0.82 ? 'multipart/mixed' : 'multipart/alternative';
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return Buffer.from(
    `${head}Content-Type: ${type}; boundary="${boundary}"\r\n\r\n${body}--${boundary}--\r\n`,
  );
}
