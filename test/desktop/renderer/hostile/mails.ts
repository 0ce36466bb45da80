import { writeSample, type Sample } from '../sample-mails.ts';
import { BENIGN } from './benign.ts';
import { aimAttacks } from './corpus.ts';
import { writeDressed, writeFiles } from './dressed-mails.ts';

const BASE = { from: 'Mallory <m@evil.test>', to: 'ana@example.test' };
const GOOD = { from: 'Ben <b@ok.test>', to: 'ana@example.test' };
/** Attacks in one mail of a batch. */
const BATCH = 12;

/** What takes all that stands behind it with it comes last. */
const SWALLOWS =
  /<!--|<!|<\?|<%|plaintext|xmp|textarea|<title|noscript|noembed|noframes|CDATA|<select|<template|<style><style|listing|"""/i;

export interface HostileMails {
  attacks: string[];
  /** Those that are mails of their own too. */
  single: string[];
  batches: string[][];
  /** The newest last, as a maildrop has them. */
  raw: Uint8Array[];
}

/** Each attack as a mail, all of them in batches, and ordinary mails beside them. */
export function writeHostileMails(url: string): HostileMails {
  const attacks = aimAttacks(url);
  const calm = attacks.filter((html) => !SWALLOWS.test(html) && html.length < 20_000);
  const rest = attacks.filter((html) => !calm.includes(html) && html.length < 20_000);
  const count = Math.ceil(attacks.length / BATCH);
  const batches = Array.from({ length: count }, (_, at) => [
    ...calm.filter((_one, index) => index % count === at),
    ...rest.filter((_one, index) => index % count === at),
  ]);
  // Minutes more: by VALIJA_TESTS=all.
  const single = process.env['VALIJA_TESTS'] === 'all' ? attacks : [];
  const now = Date.now();
  const write = (sample: Sample): Uint8Array => writeSample(sample, now);
  const raw = [
    ...single.map((html, at) =>
      write({ ...BASE, subject: `Attack ${at}.`, ago: at + 10, html: `${html}<p>end of attack</p>` }),
    ),
    ...batches.map((some, at) =>
      write({ ...BASE, subject: `Batch ${at}.`, ago: 2 + at / 10, html: some.join('\n') }),
    ),
    write(writeFiles(url).mail),
    write(writeDressed(url)),
    write({ ...GOOD, subject: 'Benign', ago: 0, html: BENIGN }),
    write({
      ...GOOD,
      subject: 'Coloured',
      ago: 0.3,
      html: '<table bgcolor="#fffbe0"><tr><td><font color="#333">x</font></td></tr></table>',
    }),
    write({
      ...GOOD,
      subject: 'Pictured',
      ago: 0.5,
      html: `<p>See</p><img src="${url}/shop.png" width="200" height="90" alt="Our new shop">
        <img src="${url}/count.gif" width="1" height="1" alt="">`,
    }),
    write({ ...GOOD, subject: 'Simple', ago: 0.6, html: '<p>Only <b>words</b></p>' }),
  ];
  return { attacks, single, batches, raw };
}
