import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRawFields } from '../../../storage-server/filing/read-header.ts';
import { isSentCopy, type SentMail } from '../../../storage-server/sent-copy/is-sent-copy.ts';

const SENT: SentMail = {
  mail: 'm1',
  mailFrom: 'ana@gmail.com',
  taken: true,
  recipients: ['bob@y.test', 'ed@xn--bcher-kva.test'],
};
const WHO = {
  own: ['Ana@gmail.com', 'info@own.test'],
  all: ['ana@gmail.com', 'ana@home.test', 'info@own.test'],
};
const HEADER = 'Received: by smtp.gmail.com\nFrom: Ana <ana@gmail.com>\nTo: bob@y.test\nMessage-ID: <1@x>';

/** What differs from a plain copy → whether it is taken for one. */
const CASES: [string, { header?: string; sent?: Partial<SentMail> }, boolean][] = [
  ['as Gmail files it', {}, true],
  ['no relay has it', { sent: { taken: false } }, false],
  ['addressed to himself too', { sent: { recipients: ['bob@y.test', 'ANA@gmail.com'] } }, false],
  ['to another account of his', { sent: { recipients: ['ana@home.test'] } }, false],
  ['delivered to somebody', { header: `Delivered-To: ana@gmail.com\n${HEADER}` }, false],
  ['back from a list', { header: `${HEADER}\nList-Id: <l.y.test>` }, false],
  ['passed on', { header: `Resent-From: bob@y.test\n${HEADER}` }, false],
  ['from somebody else', { header: HEADER.replace('ana@', 'eve@') }, false],
  [
    'with a second author',
    { header: HEADER.replace('<ana@gmail.com>', '<ana@gmail.com>, eve@x.test') },
    false,
  ],
  ['sent through another account', { sent: { mailFrom: 'ana@home.test' } }, false],
  [
    'from another identity of the account',
    {
      header: HEADER.replace('ana@gmail.com', 'info@own.test'),
      sent: { mailFrom: 'info@own.test' },
    },
    true,
  ],
];
for (const [name, { header = HEADER, sent = {} }, expected] of CASES) {
  test(`${name}: ${expected ? 'the same mail' : 'a mail of its own'}`, () => {
    const fields = readRawFields(Buffer.from(header.replaceAll('\n', '\r\n')));
    assert.equal(isSentCopy(fields, { ...SENT, ...sent }, WHO), expected);
  });
}
