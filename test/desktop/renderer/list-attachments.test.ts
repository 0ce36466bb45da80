import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MailPart } from '../../../common/shapes/mail.ts';
import { namePart } from '../../../common/compose/name-part.ts';
import { isLikelyShown, listAttachments } from '../../../desktop/renderer/reader/files/list-attachments.ts';

function part(id: string, type: string, more: Partial<MailPart> = {}): MailPart {
  return { id, type, charset: null, name: null, size: 9, disposition: null, contentId: null, ...more };
}

/** Ids of what the reader lists below a mail. */
function list(
  parts: MailPart[],
  { html = null, text = 'x' }: { html?: string | null; text?: string | null } = {},
) {
  return listAttachments({ parts, html, text }).map(({ id }) => id);
}

describe('what is listed below a mail', () => {
  const photo = { name: 'IMG_1.jpg', disposition: 'inline', contentId: 'one@apple' } as const;

  it('holds a photo with a Content-ID that the HTML does not show, as Apple Mail sends it', () => {
    const parts = [part('1', 'text/html'), part('2', 'image/jpeg', photo), part('3', 'text/html')];
    assert.deepEqual(list(parts, { html: '<p>A photo</p>\n<p>Bye</p>' }), ['2']);
  });

  it('leaves out a picture that stands in the HTML, however its address is written', () => {
    const parts = [part('1', 'text/html'), part('2', 'image/jpeg', photo)];
    for (const html of [
      '<img src="cid:one@apple">',
      "<IMG alt=x SRC='cid:one%40apple'>",
      '<img src=cid:one@apple>',
    ]) {
      assert.deepEqual(list(parts, { html }), [], html);
    }
    const plain = part('2', 'application/octet-stream', photo);
    assert.deepEqual(list([plain], { html: '<img src="cid:one@apple">' }), []);
  });

  it('holds a picture that no browser shows, and the second of two with one Content-ID', () => {
    const html = '<img src="cid:one@apple">';
    assert.deepEqual(list([part('2', 'image/tiff', { ...photo, name: 'a.tiff' })], { html }), ['2']);
    assert.deepEqual(list([part('2', 'image/png', photo), part('3', 'image/png', photo)], { html }), ['3']);
  });

  it('holds mails and files without a name: digests, mails passed on, invitations', () => {
    const parts = [
      part('1.1', 'text/plain'),
      part('1.2', 'text/html'),
      part('1.3', 'text/x-amp-html'),
      part('1.4', 'text/calendar'),
      part('2', 'message/rfc822'),
      part('3', 'application/pdf', { disposition: 'inline' }),
      part('4', 'image/png'),
    ];
    assert.deepEqual(list(parts, { html: '<p>x</p>' }), ['1.4', '2', '3', '4']);
    assert.deepEqual(parts.slice(3).map(namePart), [
      'part-1.4.ics',
      'mail-2.eml',
      'part-3.pdf',
      'part-4.png',
    ]);
  });

  it('leaves out what only belongs to signatures and encryption', () => {
    const parts = [part('1', 'application/pgp-encrypted'), part('2', 'application/octet-stream')];
    assert.deepEqual(list([...parts, part('3', 'application/pgp-signature')], { text: null }), ['2']);
  });

  it('holds everything where the mail has no text of its own', () => {
    assert.deepEqual(list([part('1', 'text/enriched')], { text: null }), ['1']);
    assert.deepEqual(list([part('1', 'text/calendar')], { text: null }), ['1']);
  });

  it('holds an invitation once that was put into the mail twice, as Google does it', () => {
    const file = part('2', 'application/ics', { name: 'invite.ics', disposition: 'attachment' });
    assert.deepEqual(list([part('1.1', 'text/plain'), part('1.2', 'text/calendar'), file]), ['2']);
  });
});

it('is offered to be looked at by its type, or by its name where the type says nothing', () => {
  for (const [type, name, shown] of [
    ['application/pdf', null, true],
    ['application/octet-stream', 'Acta.PDF', true],
    ['application/force-download', 'plan.pdf', true],
    ['image/pjpeg', 'a.jpg', true],
    ['message/delivery-status', null, true],
    ['application/octet-stream', 'setup.exe', false],
    ['application/zip', 'a.pdf', false],
    ['image/tiff', 'a.tiff', false],
  ] as const) {
    assert.equal(isLikelyShown({ type, name }), shown, `${type} ${name}`);
  }
});
