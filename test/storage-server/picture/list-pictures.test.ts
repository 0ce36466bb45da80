import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeRemote, listPictures, readAddress } from '../../../storage-server/picture/list-pictures.ts';
import { sniffType } from '../../../storage-server/picture/sniff-type.ts';

const at = 'https://shop.example';

describe('pictures from elsewhere', () => {
  for (const [name, html, pictures, trackers] of [
    ['none', '<p>text</p><img src="cid:1"><img src="data:image/png;base64,AA">', 0, 0],
    ['ordinary ones, one twice', `<img src="${at}/a.png"><IMG SRC='${at}/b.png'><img src=${at}/a.png>`, 2, 0],
    ['one without a scheme', '<img src="//shop.example/a.png">', 1, 0],
    ['a counter by its size', `<img width="1" height="1" src="${at}/x">`, 1, 1],
    ['a counter by its style', `<img src="${at}/x" style="width:1px;height:1px">`, 1, 1],
    ['a hidden one', `<img src="${at}/x" style="display: none">`, 1, 1],
    ['an invisible one', `<img src="${at}/x" style="opacity:0">`, 1, 1],
    ['a line', `<img src="${at}/line.gif" width="600" height="1">`, 1, 0],
    ['a blank that is used all over', `<img src="${at}/x" width=1 height=1>`.repeat(3), 1, 0],
    ['a known service', '<img src="https://a.list-manage.com/track/open.php?u=1" width=100 height=80>', 1, 1],
    ['styles', `<div style="background:url(${at}/b.png)"><style>@import "${at}/c.css"</style>`, 2, 0],
    ['a background', `<table background="${at}/b.png"><tr><td>x</table>`, 1, 0],
    ['what a comment holds', `<!-- <img src="${at}/a.png"> -->`, 0, 0],
    ['an address with a password', '<img src="https://user:secret@shop.example/a.png">', 0, 0],
    [
      'other schemes',
      '<img src="ftp://shop.example/a.png"><img src="file:///etc/passwd"><img src="/a.png">',
      0,
      0,
    ],
  ] as const) {
    it(`of ${name}`, () => {
      const found = describeRemote(html);
      assert.deepEqual([found.images, found.trackers.length], [pictures, trackers]);
    });
  }

  it('are named as they stand in the mail and as they are fetched', () => {
    assert.deepEqual(listPictures(`<img src=" ${at}/a.png?x=1&amp;y=2#z ">`), [
      { source: `${at}/a.png?x=1&y=2#z`, address: `${at}/a.png?x=1&y=2`, tracker: null },
    ]);
  });

  it('name the service that counts', () => {
    assert.deepEqual(
      describeRemote('<img src="https://u1.ct.sendgrid.net/wf/open?upn=a" width=1 height=1>'),
      {
        images: 1,
        trackers: [{ host: 'u1.ct.sendgrid.net', name: 'SendGrid' }],
      },
    );
  });

  it('are found in 2 MB of anything within a moment', () => {
    for (const piece of [
      '<img src=x ',
      'url(http://',
      '<img src="http://a.b/',
      '<',
      'style="',
      '<img \'"=',
    ]) {
      const started = performance.now();
      describeRemote(piece.repeat(2_000_000 / piece.length));
      const took = performance.now() - started;
      assert.ok(took < 20_000, `${piece}: ${took} ms`);
    }
  });

  it('are addresses of the web only', () => {
    assert.equal(readAddress('HTTP://Shop.Example/a b'), 'http://shop.example/a%20b');
    for (const bad of ['', 'http://', 'https:///a', 'javascript:1', '//', `https://x/${'a'.repeat(9000)}`]) {
      assert.equal(readAddress(bad), bad === 'https:///a' ? 'https://a/' : null, bad);
    }
  });

  it('are told by their first bytes', () => {
    const types = [
      ['\xff\xd8\xff\xe0', 'jpeg'],
      ['\x89PNG\r\n\x1a\n', 'png'],
      ['GIF89a', 'gif'],
      ['RIFF\0\0\0\0WEBPVP8 ', 'webp'],
      ['<svg xmlns', null],
      ['<?xml', null],
      ['%PDF', null],
      ['II*\0', null],
      ['\0\0\0 ftypavif', null],
      ['', null],
    ] as const;
    for (const [bytes, type] of types) assert.equal(sniffType(Buffer.from(bytes, 'latin1')), type, bytes);
  });
});
