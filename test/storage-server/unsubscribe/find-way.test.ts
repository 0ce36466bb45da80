import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AuthResult, MailAuthentication } from '../../../common/shapes/mail.ts';
import { parseHeaders } from '../../../storage-server/mime/headers.ts';
import { findWay } from '../../../storage-server/unsubscribe/find-way.ts';
import { parseMailto } from '../../../storage-server/unsubscribe/parse-mailto.ts';

const HTTPS = 'List-Unsubscribe: <https://news.example/u?id=1>';
const POST = 'List-Unsubscribe-Post: List-Unsubscribe=One-Click';
const signature = (h: string, d = 'news.example', s = 'k1') =>
  `DKIM-Signature: v=1; a=rsa-sha256; d=${d}; s=${s};\r\n\th=From:Subject:${h}; bh=x; b=y`;
const BOTH = signature('List-Unsubscribe:\r\n\t List-Unsubscribe-Post');

function judged(...dkim: [string, string, AuthResult][]): MailAuthentication {
  return {
    from: { domain: 'news.example', dmarc: 'pass' },
    dkim: dkim.map(([domain, selector, result]) => ({ domain, selector, result })),
    spf: null,
    arc: null,
    by: 'valija',
    judgedAt: '2026-11-20T12:00:00.000Z',
  };
}

const PASS = judged(['news.example', 'k1', 'pass']);

describe('how a mail says one gets off its list', () => {
  for (const [name, headers, authentication, expected] of [
    ['nothing', ['List-Id: <news.example>'], PASS, null],
    ['a page', [HTTPS, BOTH], PASS, [false, 'https://news.example/u?id=1', null]],
    ['one click', [HTTPS, POST, BOTH], PASS, [true, 'https://news.example/u?id=1', null]],
    [
      'one click and a mail',
      [`${HTTPS},\r\n <mailto:u@news.example>`, POST, BOTH],
      PASS,
      [true, 'https://news.example/u?id=1', 'mailto:u@news.example'],
    ],
    [
      'a mail',
      ['List-Unsubscribe: <mailto:u@news.example?subject=x>'],
      null,
      [false, null, 'mailto:u@news.example?subject=x'],
    ],
    [
      'https before http',
      ['List-Unsubscribe: <http://a.example/>, <https://b.example/>'],
      null,
      [false, 'https://b.example/', null],
    ],
    [
      'one click without https',
      ['List-Unsubscribe: <http://a.example/>', POST, BOTH],
      PASS,
      [false, 'http://a.example/', null],
    ],
    ['not judged yet', [HTTPS, POST, BOTH], null, [false, 'https://news.example/u?id=1', null]],
    [
      'a signature that fails',
      [HTTPS, POST, BOTH],
      judged(['news.example', 'k1', 'fail']),
      [false, 'https://news.example/u?id=1', null],
    ],
    [
      'a signature that does not cover Post',
      [HTTPS, POST, signature('List-Unsubscribe')],
      PASS,
      [false, 'https://news.example/u?id=1', null],
    ],
    [
      'a signature that covers neither',
      [HTTPS, POST, signature('To')],
      PASS,
      [false, 'https://news.example/u?id=1', null],
    ],
    [
      'a second, forged signature',
      [HTTPS, POST, BOTH, signature('To')],
      judged(['news.example', 'k1', 'fail'], ['news.example', 'k1', 'pass']),
      [false, 'https://news.example/u?id=1', null],
    ],
    [
      'another domain that signs it',
      [HTTPS, POST, signature('List-Unsubscribe:List-Unsubscribe-Post', 'esp.example', 'z')],
      judged(['esp.example', 'z', 'pass']),
      [true, 'https://news.example/u?id=1', null],
    ],
    [
      'a provider that names no selector',
      [HTTPS, POST, BOTH],
      judged(['news.example', '', 'pass']),
      [true, 'https://news.example/u?id=1', null],
    ],
    [
      'two fields of which one was put in',
      [HTTPS, 'List-Unsubscribe: <https://evil.example/>', POST, BOTH],
      PASS,
      [false, 'https://news.example/u?id=1', null],
    ],
    ['two Post fields', [HTTPS, POST, POST, BOTH], PASS, [false, 'https://news.example/u?id=1', null]],
    [
      'another Post',
      [HTTPS, 'List-Unsubscribe-Post: yes', BOTH],
      PASS,
      [false, 'https://news.example/u?id=1', null],
    ],
    [
      'an address folded within',
      ['List-Unsubscribe: <https://news.example/\r\n u>'],
      null,
      [false, 'https://news.example/u', null],
    ],
    [
      'other schemes and users',
      ['List-Unsubscribe: <javascript:alert(1)>, <ftp://a.example>, <https://u:p@a.example/>'],
      null,
      null,
    ],
    ['text beside the brackets', ['List-Unsubscribe: https://news.example/u'], null, null],
  ] as const) {
    it(name, () => {
      const way = findWay(parseHeaders(Buffer.from(headers.join('\r\n'), 'latin1')), authentication);
      assert.deepEqual(way === null ? null : [way.oneClick, way.url, way.mailto], expected);
    });
  }
});

describe('a mail that gets its sender off', () => {
  for (const [href, expected] of [
    ['mailto:u@news.example', { to: 'u@news.example', subject: 'unsubscribe', text: '' }],
    [
      'mailto:u+1@news.example?subject=Off%20now&body=a%0Ab',
      { to: 'u+1@news.example', subject: 'Off now', text: 'a\nb' },
    ],
    ['mailto:u@news.example?subject=a+b', { to: 'u@news.example', subject: 'a+b', text: '' }],
    [
      'mailto:u@news.example?subject=a%0d%0aBcc:x@y.example',
      { to: 'u@news.example', subject: 'a Bcc:x@y.example', text: '' },
    ],
    [
      'mailto:u@news.example?cc=a@b.example&bcc=c@d.example',
      { to: 'u@news.example', subject: 'unsubscribe', text: '' },
    ],
    ['mailto:u@news.example,v@news.example', { to: 'u@news.example', subject: 'unsubscribe', text: '' }],
    ['mailto:', null],
    ['mailto:nobody', null],
    ['mailto:a%0d%0a@news.example', null],
    ['https://news.example', null],
  ] as const) {
    it(href, () => assert.deepEqual(parseMailto(href), expected));
  }
});
