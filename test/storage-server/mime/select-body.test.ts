import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseHeaders } from '../../../storage-server/mime/headers.ts';
import type { PartNode } from '../../../storage-server/mime/part.ts';
import { countAttachments, selectBody } from '../../../storage-server/mime/select-body.ts';
import { findBody } from '../../../storage-server/mime/split.ts';
import { scanStructure } from '../../../storage-server/mime/structure.ts';
import { lines, multipart, nested } from './sample-structures.ts';

describe('selectBody', () => {
  const select = (message: string) => {
    const bytes = Buffer.from(message, 'latin1');
    const split = findBody(bytes);
    const { root } = scanStructure(parseHeaders(bytes.subarray(0, split)), bytes.subarray(split));
    const body = selectBody(root);
    const ids = (parts: PartNode[]): string[] => parts.map((part) => part.id);
    return { text: ids(body.text), html: ids(body.html), attachments: countAttachments(root, body) };
  };

  test('an alternative with an attachment', () => {
    assert.deepEqual(select(nested), { text: ['1.1'], html: ['1.2'], attachments: 1 });
  });
  test('HTML with its own pictures: they are no attachments', () => {
    const picture = lines(
      'Content-Type: image/gif',
      'Content-ID: <p1>',
      'Content-Disposition: inline',
      '',
      'GIF',
    );
    const message = multipart(
      'related',
      'r',
      '--r',
      'Content-Type: text/html',
      '',
      '<p>',
      '--r',
      picture,
      '--r--',
    );
    assert.deepEqual(select(message), { text: [], html: ['1'], attachments: 0 });
  });
  test('a list’s footer beside HTML belongs to both', () => {
    const message = multipart(
      'mixed',
      'm',
      '--m',
      'Content-Type: text/html',
      '',
      '<p>',
      '--m',
      '',
      'footer',
      '--m--',
    );
    assert.deepEqual(select(message), { text: ['2'], html: ['1', '2'], attachments: 0 });
  });
  test('a text file is an attachment, a signature is none', () => {
    const file = lines('Content-Type: text/plain; name="notes.txt"', '', 'notes');
    const signature = lines('Content-Type: application/pgp-signature; name="signature.asc"', '', 'sig');
    const message = multipart('signed', 's', '--s', '', 'text', '--s', file, '--s', signature, '--s--');
    assert.deepEqual(select(message), { text: ['1'], html: [], attachments: 1 });
  });

  test('a text with a name is the text of a mail that has no other, and a file besides', () => {
    const named = lines('Content-Type: text/plain; name="message.txt"', '', 'hello');
    assert.deepEqual(select(named), { text: ['1'], html: [], attachments: 1 });
    const inline = lines(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/html; name=a.html',
      '',
      '<p>hello',
      '--b',
      'Content-Type: text/plain; name=b.txt',
      '',
      'a file',
      '--b--',
    );
    assert.deepEqual(select(inline), { text: [], html: ['1'], attachments: 2 });
    const file = lines(
      'Content-Type: text/plain',
      'Content-Disposition: attachment; filename=a.txt',
      '',
      'x',
    );
    assert.deepEqual(select(file), { text: [], html: [], attachments: 1 });
  });
  test('of an alternative every form counts, whatever its name, but for HTML with nothing in it', () => {
    const forms = (html: string) =>
      multipart(
        'alternative',
        'a',
        '--a',
        'Content-Type: text/plain; name=a.txt',
        '',
        'text',
        '--a',
        'Content-Type: text/html; name=a.html',
        '',
        html,
        '--a--',
      );
    assert.deepEqual(select(forms('<p>')), { text: ['1'], html: ['2'], attachments: 2 });
    assert.deepEqual(select(forms('')), { text: ['1'], html: [], attachments: 2 });
  });
});
