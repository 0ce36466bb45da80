import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { attribute, quoteMail, quoteText } from '../../../common/compose/quote.ts';
import { htmlToText } from '../../../common/compose/html-to-text.ts';
import { simplifyHtml, textToHtml } from '../../../common/compose/simple-html.ts';
import { BODY_LIMITS } from '../../../common/shapes/draft.ts';

const mail = {
  from: [{ name: 'Ana López', address: 'ana@x.test' }],
  to: [{ name: null, address: 'me@x.test' }],
  cc: [],
  subject: 'Comida',
  date: '2026-11-21T23:30:00.000Z',
  text: 'Hola\r\n> antes\r\n\r\nAna',
  html: null,
};

suite('attribution', () => {
  const table: [string, 'en' | 'es', string | null, string][] = [
    [
      'in the time zone of the reader',
      'en',
      'Europe/Madrid',
      'On Sun, 22 Nov 2026, 00:30, Ana López <ana@x.test> wrote:',
    ],
    [
      'in Spanish',
      'es',
      'America/Mexico_City',
      'El sáb, 21 nov 2026, 17:30, Ana López <ana@x.test> escribió:',
    ],
    ['without a time zone', 'en', null, 'On Sat, 21 Nov 2026, 23:30 UTC, Ana López <ana@x.test> wrote:'],
    [
      'with an unknown time zone',
      'es',
      'Mars/Olympus',
      'El sáb, 21 nov 2026, 23:30 UTC, Ana López <ana@x.test> escribió:',
    ],
  ];
  for (const [name, language, timeZone, expected] of table) {
    test(name, () => assert.equal(attribute(mail, { language, timeZone }), expected));
  }
  test('without a date', () => {
    assert.equal(
      attribute({ ...mail, date: '' }, { language: 'en', timeZone: null }),
      'Ana López <ana@x.test> wrote:',
    );
  });
});

suite('quoting', () => {
  const options = { language: 'en', timeZone: 'UTC', signature: null } as const;
  test('text gets one more level', () => {
    assert.equal(quoteText('a\n\n> b\n>> c'), '> a\n>\n>> b\n>>> c');
  });
  test('a reply quotes below signature and attribution', () => {
    const { text, html } = quoteMail(mail, {
      ...options,
      kind: 'reply',
      signature: { text: '{{name}}', html: null, values: { name: 'Me' } },
    });
    assert.equal(
      text,
      '\n\n-- \nMe\n\nOn Sat, 21 Nov 2026, 23:30, Ana López <ana@x.test> wrote:\n> Hola\n>> antes\n>\n> Ana',
    );
    assert.equal(html, null);
  });
  test('a forward shows who wrote what to whom', () => {
    const { text } = quoteMail(mail, { ...options, language: 'es', kind: 'forward' });
    assert.match(
      text,
      /Mensaje reenviado -+\nDe: Ana López <ana@x.test>\nFecha: .*\nAsunto: Comida\nPara: me@x.test\n\nHola/,
    );
  });
  test('HTML is quoted as harmless HTML and as text', () => {
    const source = '<p onclick="x()">Hi <b>you</b><img src="http://t/p.gif"><script>alert(1)</script></p>';
    const { text, html } = quoteMail({ ...mail, text: null, html: source }, { ...options, kind: 'reply' });
    assert.match(text, /wrote:\n> Hi you$/);
    assert.match(html ?? '', /<blockquote><p>Hi <b>you<\/b><\/p><\/blockquote>$/);
  });
  test('names in the header cannot become markup', () => {
    const evil = { ...mail, html: 'x', from: [{ name: '<img src=x onerror=y>', address: 'a@x.test' }] };
    const { html } = quoteMail(evil, { ...options, kind: 'forward' });
    assert.doesNotMatch(html ?? '', /<img/);
  });
  test('a quote in any script fits into one call', () => {
    const long = { ...mail, text: '漢字かな\n'.repeat(100_000), html: `<p>${'漢'.repeat(140_000)}</p>` };
    const { text, html } = quoteMail(long, { ...options, kind: 'reply' });
    assert.ok(Buffer.byteLength(text) + Buffer.byteLength(html ?? '') < 800_000);
    assert.ok(text.isWellFormed() && html !== null);
  });
  test('a mail too large to quote is cut, not refused', () => {
    const long = { ...mail, text: 'x'.repeat(900_000), html: `<p>${'y'.repeat(900_000)}</p>` };
    const { text, html } = quoteMail(long, { ...options, kind: 'reply' });
    assert.ok(text.length < 250_000 && text.endsWith('[…]'));
    assert.equal(html, null);
  });
  test('what is quoted leaves room to write in a draft, however short its lines and whatever its script', () => {
    const lines = quoteMail({ ...mail, text: '7\n'.repeat(90_000) }, { ...options, kind: 'reply' });
    assert.ok(lines.text.length < BODY_LIMITS.text - 40_000 && lines.text.endsWith('\n> […]'));
    for (const length of [310_000, 399_000, 430_000]) {
      const html = `<p>${'y'.repeat(length)}</p>`;
      const quoted = quoteMail({ ...mail, html }, { ...options, kind: 'forward' }).html ?? '';
      assert.ok(quoted.length < BODY_LIMITS.html - 90_000, `${length}`);
    }
  });
});

suite('simple HTML', () => {
  const table: [string, string, string][] = [
    [
      'keeps what a mail is written with',
      '<p>a <em>b</em></p><ul><li>c</li></ul>',
      '<p>a <em>b</em></p><ul><li>c</li></ul>',
    ],
    ['drops scripts and their text', 'a<script>if (1<2) x()</script>b<style>p{}</style>c', 'abc'],
    ['drops handlers and styles', '<p onload=x style="background:url(http://t)">a</p>', '<p>a</p>'],
    [
      'keeps web links only',
      '<a href="javascript:x()">a</a><a href="https://b.test/?q=1&amp;r=2">b</a>',
      '<a>a</a><a href="https://b.test/?q=1&amp;r=2">b</a>',
    ],
    ['is not fooled by entities in links', '<a href="java&#115;cript:x()">a</a>', '<a>a</a>'],
    ['escapes a lone <', '1 < 2 &lt;b&gt;', '1 &lt; 2 &lt;b&gt;'],
    ['closes what is left open', '<div><b>a', '<div><b>a</b></div>'],
    ['does not close what was not opened', 'a</div></p>b', 'ab'],
    ['survives a tag without end', 'a<b <script>alert(1)', 'a<b>alert(1)</b>'],
    [
      'a quoted > does not end the tag',
      '<a href="https://x.test/>" title=\'<script>\'>a</a>',
      '<a href="https://x.test/&gt;">a</a>',
    ],
    ['comments vanish', 'a<!-- <p> -->b<!-- open', 'ab'],
    ['images become their text', '<img alt="Logo" src=x>', 'Logo'],
    ['tables become lines', '<table><tr><td>a</td><td>b</td></tr></table>', '<div> a b</div>'],
  ];
  for (const [name, source, expected] of table) {
    test(name, () => assert.equal(simplifyHtml(source), expected));
  }
  test('a million characters of broken markup take linear time', () => {
    for (const piece of ['<', '<a ', '<!--', '</', '<b>', "<a href='", '&#', '<script>']) {
      simplifyHtml(piece.repeat(1_000_000 / piece.length));
    }
  });
});

suite('text and HTML', () => {
  const table: [string, string, string][] = [
    ['paragraphs are apart', '<p>a</p><p>b</p>', 'a\n\nb'],
    ['divs are lines', '<div>a</div><div><br></div><div>b</div>', 'a\n\nb'],
    ['space folds', 'a \n\t b&nbsp;c', 'a b c'],
    [
      'quotes are marked',
      '<p>a</p><blockquote><p>b</p><blockquote>c</blockquote></blockquote><p>d</p>',
      'a\n\n> b\n>\n>> c\n\nd',
    ],
    ['lists', '<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
    [
      'links show where they go',
      '<a href="https://x.test">x</a> <a href="mailto:a@x.test">a@x.test</a>',
      'x <https://x.test> a@x.test',
    ],
    ['pre keeps its lines', '<pre>a\n  b</pre>', 'a\n  b'],
  ];
  for (const [name, html, expected] of table) {
    test(name, () => assert.equal(htmlToText(html), expected));
  }
  test('text becomes HTML that reads the same', () => {
    const text = 'Hi <you>,\n\n  two  spaces https://x.test/a?b=1&c.\n> quoted\n>> twice\nend';
    const html = textToHtml(text);
    assert.match(html, /<a href="https:\/\/x\.test\/a\?b=1&amp;c">/);
    assert.equal(
      htmlToText(html),
      'Hi <you>,\n\n  two  spaces https://x.test/a?b=1&c.\n\n> quoted\n>\n>> twice\n\nend',
    );
  });
});
