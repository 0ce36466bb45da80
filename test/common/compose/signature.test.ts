import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  swapSignature,
  writeSignatureHtml,
  type Body,
  type OwnSignature,
} from '../../../common/compose/signature.ts';
import {
  expandInHtml,
  expandVariables,
  listUnknownVariables,
  makeVariables,
} from '../../../common/compose/variables.ts';

const values = { name: 'Ana', email: 'ana@uni.example', date: '21 November 2026' };
const work: OwnSignature = { text: '{{name}}\n{{email}}', html: null, values };
const dated: OwnSignature = { text: 'Sent {{date}}', html: null, values };
const rich: OwnSignature = {
  text: 'Ana',
  html: '<b>{{name}}</b><script>x</script>',
  values: { ...values, name: 'A<n>a' },
};
const none: OwnSignature = { text: '', html: null, values };
const KNOWN = [work, dated, rich, none];
const text = (written: string): Body => ({ text: written, html: null });
const html = (written: string): Body => ({ text: '', html: written });

describe('variables', () => {
  for (const [given, expected] of [
    ['{{name}} <{{ Email }}>', 'Ana <ana@uni.example>'],
    ['{{group}} {{nobody}} {name} {{', '{{group}} {{nobody}} {name} {{'],
    ['{{name}}{{name}}', 'AnaAna'],
  ] as const) {
    it(`stand for their values in ${given}`, () => assert.equal(expandVariables(given, values), expected));
  }
  it('are text in HTML', () => {
    assert.equal(expandInHtml('<b>{{name}}</b>', { name: '<i>' }), '<b>&lt;i&gt;</b>');
  });
  it('that nobody knows are named once', () => {
    assert.deepEqual(listUnknownVariables('{{name}} {{nombre}} {{nombre}}'), ['nombre']);
  });
  it('are said in the language and zone of the user', () => {
    const at = Date.parse('2026-11-21T23:30:00Z');
    const identity = { name: null, address: 'a@b.example' };
    const say = (language: 'en' | 'es', timeZone: string) =>
      makeVariables(identity, { at, language, timeZone });
    assert.deepEqual(say('en', 'UTC'), {
      name: '',
      email: 'a@b.example',
      date: '21 November 2026',
      time: '23:30',
    });
    assert.equal(say('es', 'Europe/Madrid').date, '22 de noviembre de 2026');
    assert.equal(say('en', 'Nowhere/Town').time, '23:30');
  });
});

describe('a signature of another identity', () => {
  const block = (one: OwnSignature): string => writeSignatureHtml(one);
  const rows: [string, Body, OwnSignature | null, Body][] = [
    [
      'in plain text',
      text('Hi\n\n-- \nAna\nana@uni.example\n\nOn x wrote:\n> y'),
      dated,
      text('Hi\n\n-- \nSent 21 November 2026\n\nOn x wrote:\n> y'),
    ],
    ['taken out of plain text', text('Hi\n-- \nAna\nana@uni.example'), none, text('Hi')],
    [
      'put above a quote in plain text',
      text('Hi\n\nOn x wrote:\n> y'),
      work,
      text('Hi\n\n-- \nAna\nana@uni.example\n\nOn x wrote:\n> y'),
    ],
    [
      'put above what is forwarded',
      text('Hi\n---------- Forwarded message ----------\nFrom: x'),
      dated,
      text('Hi\n-- \nSent 21 November 2026\n\n---------- Forwarded message ----------\nFrom: x'),
    ],
    ['put at the end', text('Hi'), work, text('Hi\n\n-- \nAna\nana@uni.example')],
    [
      'that was changed by hand, left',
      text('Hi\n-- \nAna\nana@home.example'),
      dated,
      text('Hi\n-- \nAna\nana@home.example'),
    ],
    ['of another day, known again', text('-- \nSent 3 May 2025'), work, text('-- \nAna\nana@uni.example')],
    [
      'in HTML',
      html(`<div>Hi</div>${block(work)}<blockquote>q</blockquote>`),
      dated,
      html(`<div>Hi</div>${block(dated)}<blockquote>q</blockquote>`),
    ],
    [
      'as the editor keeps it',
      html('<div>Hi</div><div data-signature=""><div>--&nbsp;</div><div><b>A&lt;n&gt;a</b></div></div>'),
      work,
      html(`<div>Hi</div>${block(work)}`),
    ],
    [
      'changed in HTML, left',
      html('<div data-signature=""><div>-- </div><div>Anita</div></div>'),
      work,
      html('<div data-signature=""><div>-- </div><div>Anita</div></div>'),
    ],
    [
      'taken out of HTML, its place kept',
      html(`a${block(work)}b`),
      null,
      html('a<div data-signature><br></div>b'),
    ],
    ['put into the kept place', html('a<div data-signature><br></div>b'), work, html(`a${block(work)}b`)],
    [
      'put above the line over a quote',
      html('<div>Hi</div><div>On x wrote:</div><blockquote>q</blockquote>'),
      work,
      html(`<div>Hi</div>${block(work)}<div>On x wrote:</div><blockquote>q</blockquote>`),
    ],
    ['put into an empty mail', html(''), work, html(`<div><br></div>${block(work)}`)],
    ['that is none', html('<div>Hi</div>'), none, html('<div>Hi</div>')],
  ];
  for (const [what, body, next, expected] of rows) {
    it(what, () => assert.deepEqual(swapSignature(body, KNOWN, next), expected));
  }
  const logo = 'data:image/png;base64,iVBORw0KGgo=';
  for (const [what, markup, expected] of [
    [
      'keeps its own pictures',
      `<img src="${logo}" alt="L" onerror=x width=40>`,
      `<img src="${logo}" alt="L" width="40">`,
    ],
    ['fetches none', '<img src="https://x.example/a.png" alt="L">', 'L'],
    ['takes none that may run', '<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="L">', 'L'],
    ['takes none of a mail', '<img src="cid:x" alt="L">', 'L'],
  ] as const) {
    it(`${what}, with words or without`, () => {
      assert.equal(
        block({ text: 'A', html: `A${markup}`, values }),
        `<div data-signature>-- <br>A${expected}</div>`,
      );
      assert.equal(block({ text: '', html: markup, values }), `<div data-signature>-- <br>${expected}</div>`);
    });
  }
  it('keeps a picture as large as one may be', () => {
    const large = `data:image/png;base64,${'A'.repeat(60_000)}`;
    assert.ok(block({ text: '', html: `<img src="${large}">`, values }).includes(large));
  });
  it('of pictures alone is exchanged like others', () => {
    const alone: OwnSignature = { text: '', html: `<img src="${logo}">`, values };
    const before = html(`<div>Hi</div>${block(alone)}`);
    assert.deepEqual(swapSignature(before, [...KNOWN, alone], work), html(`<div>Hi</div>${block(work)}`));
  });
  it('holds nothing but simple markup, whatever its variables stand for', () => {
    assert.equal(block(rich), '<div data-signature>-- <br><b>A&lt;n&gt;a</b></div>');
  });
});
