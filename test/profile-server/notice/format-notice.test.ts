import assert from 'node:assert/strict';
import test from 'node:test';
import { formatNotice } from '../../../profile-server/notice/format-notice.ts';

const mail = { from: 'valija@example.org', to: 'ana@bücher.example', subject: 'Código', text: 'ñ\n' };

test('our own mails are ASCII, to an address whose domain is not too: no host needs SMTPUTF8 for a code', () => {
  const message = formatNotice(mail);
  assert.match(message, /^[\r\n\x20-\x7e]*$/);
  assert.match(message, /^To: <ana@xn--bcher-kva\.example>\r$/m);
});

test('a mailbox that is not ASCII stays as it is: it has no other form', () => {
  assert.match(
    formatNotice({ ...mail, to: 'begoña@bücher.example' }),
    /^To: <begoña@xn--bcher-kva\.example>\r$/m,
  );
});
