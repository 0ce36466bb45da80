import { makePdf } from '../../../storage-server/view/sample-files.ts';
import type { Sample } from '../sample-mails.ts';

const TAG = '<img src=x onerror=top.owned=1>';
const DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A mail whose attack stands in its header fields. */
export function writeDressed(url: string): Sample {
  return {
    from: `"${TAG}" <m@evil.test>`,
    to: `"${TAG}" <ana@example.test>`,
    subject: `Dressed ${TAG} {{name}} \u202eexe.txt`,
    ago: 1,
    text: `${TAG} javascript:top.owned=1 ${url}/text`,
    headers: [
      `List-Unsubscribe: <javascript:top.owned=1>, <${url}/off>`,
      `List-Id: ${TAG} <x.evil.test>`,
      `Reply-To: "${TAG}" <m@evil.test>`,
      `X-Face: ${url}/face`,
      `Disposition-Notification-To: m@evil.test`,
    ],
  };
}

/** Files that are pages, programs or letters to elsewhere for whoever opens them as what they are. `count` of them can be looked at. */
export function writeFiles(url: string): { mail: Sample; count: number } {
  const text = (value: string): Uint8Array => Buffer.from(value.replaceAll('{X}', url));
  const pdf = makePdf(['harmless words']).toString('latin1');
  const action = `/OpenAction << /S /JavaScript /JS (app.launchURL\\("${url}/js"\\)) >> /AA << /WC << /S /URI /URI (${url}/uri) >> >>`;
  const files = [
    {
      name: 'page.html',
      type: 'text/html',
      bytes: text(`<script src="{X}/s.js"></script>${TAG}<img src="{X}/page.png">`),
    },
    {
      name: 'drawing.svg',
      type: 'image/svg+xml',
      bytes: text(
        '<svg xmlns="http://www.w3.org/2000/svg" onload="top.owned=1"><image href="{X}/i.png"/></svg>',
      ),
    },
    {
      name: 'entity.xml',
      type: 'text/xml',
      bytes: text('<!DOCTYPE x [<!ENTITY e SYSTEM "{X}/dtd">]><x>&e;</x>'),
    },
    {
      name: 'paper.pdf',
      type: 'application/pdf',
      bytes: Buffer.from(pdf.replace('/Type /Catalog', `/Type /Catalog ${action}`), 'latin1'),
    },
    {
      name: 'both.png',
      type: 'image/png',
      bytes: Buffer.concat([
        Buffer.from(DOT, 'base64'),
        text(`<html>${TAG}<script src="{X}/p.js"></script>`),
      ]),
    },
    {
      name: 'letter.eml',
      type: 'message/rfc822',
      bytes: text(`Subject: x\r\nContent-Type: text/html\r\n\r\n${TAG}<img src="{X}/eml.png">`),
    },
    {
      name: 'jobs.json',
      type: 'application/json',
      bytes: text('{"__proto__":{"owned":1},"url":"{X}/json"}'),
    },
  ];
  const card = text(
    `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:${TAG}\r\nEMAIL:m@evil.test\r\nURL:javascript:top.owned=1\r\nPHOTO:{X}/photo.png\r\nNOTE:${TAG}\r\nEND:VCARD\r\n`,
  );
  return {
    mail: {
      from: 'Mallory <m@evil.test>',
      to: 'ana@example.test',
      subject: 'Files',
      ago: 1.2,
      text: 'See the files',
      files: [...files, { name: `${TAG}.vcf`, type: 'text/vcard', bytes: card }],
    },
    // And the card.
    count: files.length + 1,
  };
}
