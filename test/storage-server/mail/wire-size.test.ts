import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { startEngine, type TestEngine } from '../../harness/engines.ts';
import { NOW, incoming, newUser, startMailRig, type MailRig } from '../mail-rig.ts';

const PEOPLE =
  'Ana Ruiz,Ben Carter,Carmen Ortega,Dolores Peña,Ewa Nowak,Farid Haddad,Grace Kim,Hugo Lindqvist'.split(',');
const SUBJECTS =
  'Re: Minutes of Tuesday’s meeting|Factura 2026-1184 disponible|Your parcel is on its way|[list] patch for the parser|Cena del sábado|Password changed|Reunión de padres: acta y próximos pasos|Invitation: design review'.split(
    '|',
  );
const SYLLABLES =
  'an to re mi sol ver con der pla ti ción ing ment for gen lu cas tra pe do um est al que bri'.split(' ');

/** Numbers that look random and are the same each time (xorshift). */
function makeNumbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % most;
  };
}

const next = makeNumbers(42);
const pick = (from: readonly string[]): string => from[next(from.length)] ?? '';
/** Any of 1,500 words is as likely as another: harder to compress than people's language. */
const WORDS = Array.from({ length: 1500 }, () =>
  Array.from({ length: 1 + next(4) }, () => pick(SYLLABLES)).join(''),
);

/** A mail such as people get: no two texts alike. */
function write(at: number): string {
  const name = PEOPLE[at % PEOPLE.length] ?? '';
  const text = Array.from({ length: 60 }, () => pick(WORDS)).join(' ');
  const address = `${name.split(' ')[0]?.toLowerCase() ?? ''}${at % 17}@mail${at % 11}.example.com`;
  return [
    `From: =?utf-8?Q?${Buffer.from(name).toString('latin1').replaceAll(' ', '_')}?= <${address}>`,
    `To: Ana Ruiz <ana@example.org>`,
    `Subject: =?utf-8?B?${Buffer.from(`${pick(SUBJECTS)} ${pick(WORDS)} ${at * 37}`).toString('base64')}?=`,
    `Date: ${new Date(NOW - at * 5_400_123).toUTCString()}`,
    `Message-ID: <${at}.${(at * 2_654_435_761) % 1e9}@example.com>`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    Buffer.from(`Hola:\r\n\r\n${text}.\r\n`).toString('latin1'),
  ].join('\r\n');
}

describe('what mail weighs on the wire', () => {
  let engine: TestEngine;
  let rig: MailRig;
  const user = newUser();
  before(async () => {
    engine = await startEngine('sqlite');
    rig = await startMailRig(engine);
    const mails = Array.from({ length: 50 }, (_, at) =>
      incoming(write(at), {
        received: NOW - at * 5_400_000,
        account: `acc_${at % 3}`,
        flags: at % 3 ? ['seen'] : [],
      }),
    );
    await rig.mails.ingestMails(user, mails);
  });
  after(async () => {
    await rig?.stop();
    await engine?.stop();
  });

  it('a page of 50 rows takes less than 200 bytes for each, compressed', async () => {
    const page = await rig.mails.readPage(user, { mailbox: 'inbox', account: null, limit: 50, after: null });
    assert.equal(page.mails.length, 50);
    const wire = Buffer.from(JSON.stringify({ result: { data: page } }));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
    const mean = { br: brotliCompressSync(wire, { params }).length / 50, gzip: gzipSync(wire).length / 50 };
    assert.ok(mean.br < 200, `${mean.br} bytes a row by br, ${mean.gzip} by gzip, ${wire.length / 50} plain`);
  });

  it('a text mail that is opened takes less than 10 KB', async () => {
    const page = await rig.mails.readPage(user, { mailbox: 'inbox', account: null, limit: 1, after: null });
    const view = await rig.mails.show(user, page.mails[0]?.id ?? '');
    const wire = Buffer.from(JSON.stringify({ result: { data: view } }));
    assert.ok(wire.length < 10_000, `${wire.length} bytes plain`);
  });
});
