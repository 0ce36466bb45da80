import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { makeFileName } from '../../../storage-server/mime/file-name.ts';
import { startStorage, type RunningStorage, type StorageUser } from '../start-storage.ts';

const NAMES: [given: string, made: string | null][] = [
  ['report.pdf', 'report.pdf'],
  ['Año 2026 – 東京.pdf', 'Año 2026 – 東京.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Windows\\system32\\cmd.exe', 'cmd.exe'],
  ['/', null],
  ['..', null],
  ['.', null],
  ['   ', null],
  ['.bashrc', '.bashrc'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['a\u200bb\u2066c\u061cd\ufeff.txt', 'abcd.txt'],
  ['a\u0000b\r\nContent-Type: text/html', 'html'],
  ['evil.exe. . .', 'evil.exe'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['Com1.tar.gz', '_Com1.tar.gz'],
  ['console.txt', 'console.txt'],
  ['LPT9', '_LPT9'],
  ['what?"<is>|this*.txt', 'what___is__this_.txt'],
  ['file.txt:stream', 'file.txt_stream'],
  [`${'ñ'.repeat(300)}.pdf`, `${'ñ'.repeat(125)}.pdf`],
  ['😀'.repeat(100), '😀'.repeat(63)],
];

for (const [given, made] of NAMES) {
  test(`the name ${JSON.stringify(given).slice(0, 60)}`, () => assert.equal(makeFileName(given), made));
}

describe('names of attachments, as they are downloaded', () => {
  let running: RunningStorage;
  let ana: StorageUser;
  before(async () => {
    running = await startStorage();
    ana = await running.register('ana');
  });
  after(async () => await running.stop());

  test('they are shown and offered without anything that a browser or a shell would act on', async () => {
    const names = ['../../x\\..\\nul.txt', 'a"; filename="b.html', 'in\u202etxt.exe', 'mañana 100%.pdf'];
    const encoded = names.map((name) => `=?utf-8?b?${Buffer.from(name).toString('base64')}?=`);
    const parts = encoded.map(
      (name) =>
        `--b\r\nContent-Type: text/html; name="${name}"\r\nContent-Disposition: attachment\r\n\r\n<script>x</script>\r\n`,
    );
    const body = `From: a@b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts.join('')}--b--\r\n`;
    const id = await bring(running, ana, body);
    const view = await ana.storage.mail.show.query({ id });
    assert.deepEqual(
      view.parts.map(({ name }) => name),
      ['_nul.txt', 'a_; filename=_b.html', 'intxt.exe', 'mañana 100%.pdf'],
    );
    for (const { id: part, name } of view.parts) {
      const answer = await running.fetch(`/mail/${id}/part/${part}`, ana.token);
      assert.equal(answer.status, 200);
      const header = answer.headers.get('content-disposition') ?? '';
      const [, plain, extended] =
        /^attachment; filename="([\w.()+ -]+)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/.exec(header) ?? [];
      assert.ok(plain !== undefined, header);
      assert.equal(decodeURIComponent(extended!), name);
      assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    }
  });
});

/** Brings a ready message into the user's Inbox, by the import that people use. */
async function bring(running: RunningStorage, user: StorageUser, message: string): Promise<string> {
  const answer = await fetch(`${running.url}/import?name=mail.eml`, {
    method: 'POST',
    body: message,
    headers: { authorization: `Bearer ${user.token}`, 'content-type': 'application/octet-stream' },
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  const page = await user.storage.mail.list.query({ mailbox: 'inbox' });
  return page.mails[0]!.id;
}
