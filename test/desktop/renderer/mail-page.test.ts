import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { missingComponent } from '../../harness/component.ts';
import { openReaderPage, type ReaderPage } from './reader-page.ts';

const skip = missingComponent('chromium');

/** Puts a mail into the page as the reader puts it into its frame. */
const SHOW = `
  import { sanitiseMail } from './body/sanitise.ts';
  import { dressPage } from './body/page-looks.ts';
  import { foldQuotes } from './quotes/fold-quotes.ts';
  globalThis.showMail = (html) => {
    const clean = sanitiseMail(html, window);
    foldQuotes(clean.content, { quote: 'quote', signature: 'signature' });
    document.body.replaceChildren(clean.content);
    dressPage(document.body, clean.page);
    return { designed: clean.designed, folded: document.querySelectorAll('.valija-quote').length };
  };`;
type Showing = typeof globalThis & { showMail(html: string): { designed: boolean; folded: number } };
const MEGABYTES = 2 * 1024 * 1024;

describe('the page of a mail', { skip }, () => {
  let reader: ReaderPage;
  before(async () => {
    reader = await openReaderPage(SHOW);
  });
  after(async () => await reader?.close());

  const show = async (html: string) =>
    await reader.page.evaluate((it) => (globalThis as Showing).showMail(it), html);
  const readBody = async () =>
    await reader.page.evaluate(() => {
      const { color, backgroundColor, position, display, direction } = getComputedStyle(document.body);
      return { color, backgroundColor, position, display, direction, classes: document.body.className };
    });

  it('has the colours that the mail gives to all of it, and nothing that moves or hides it', async () => {
    const plain = { position: 'static', display: 'block', direction: 'ltr', classes: '' };
    const { designed } = await show(
      `<html><body class="news" style="background: #003366 url(http://x.test/); color: #fff; position: fixed; display: none"
        onload="x()" id="a"><p style="color: #fff">White on blue</p>`,
    );
    const blue = { color: 'rgb(255, 255, 255)', backgroundColor: 'rgb(0, 51, 102)' };
    assert.deepEqual([designed, await readBody()], [true, { ...plain, ...blue, classes: 'news' }]);
    assert.deepEqual(await reader.page.evaluate(() => document.body.getAttributeNames().toSorted()), [
      'class',
      'style',
    ]);
    assert.equal((await show('<body bgcolor="#003366" text="white" dir="rtl">x')).designed, true);
    assert.deepEqual(await readBody(), { ...plain, ...blue, direction: 'rtl' });
    // The next one is not dressed as the one before it.
    assert.equal((await show('<p>Simple</p>')).designed, false);
    const nothing = { color: 'rgb(0, 0, 0)', backgroundColor: 'rgba(0, 0, 0, 0)' };
    assert.deepEqual(await readBody(), { ...plain, ...nothing });
  });

  it('keeps the colour of letters only where the page that they stood on is there too', async () => {
    for (const body of [
      '<body background="http://x.test/night.png" text="white">',
      '<body style="background: url(http://x.test/night.png); color: white">',
      '<body style="background: linear-gradient(#003366, #000); color: white">',
    ]) {
      await show(`${body}x`);
      assert.equal((await readBody()).color, 'rgb(0, 0, 0)', body);
    }
    await show('<body background="http://x.test/night.png" bgcolor="#003366" text="white">x');
    assert.equal((await readBody()).color, 'rgb(255, 255, 255)');
    await show('<body style="color: white"><table bgcolor="#003366"><tr><td>x</table>');
    assert.equal((await readBody()).color, 'rgb(255, 255, 255)');
  });

  it('shows links as links, and words in a place that Word has marked as words', async () => {
    const sheet = join(import.meta.dirname, '..', '..', '..', 'desktop', 'renderer', 'styles', 'frame.css');
    await reader.page.addStyleTag({ path: sheet });
    await show('<a name="_Hlk1">words</a> <a href="https://x.test/">a link</a>');
    const colours = await reader.page.evaluate(() =>
      [...document.querySelectorAll('a')].map((one) => getComputedStyle(one).color),
    );
    assert.deepEqual(colours, ['rgb(29, 31, 30)', 'rgb(11, 90, 85)']);
    await show('<body bgcolor="#003366" text="white" link="yellow"><a href="https://x.test/">a link</a>');
    assert.equal(
      await reader.page.evaluate(() => getComputedStyle(document.querySelector('a')!).color),
      'rgb(255, 255, 0)',
    );
  });

  it('follows the theme where Outlook brings the colours of its links alone, which are ours then', async () => {
    const write = (rule: string): string => `<html><head><style><!--
@font-face {font-family:Calibri; panose-1:2 15 5 2 2 2 4 3 2 4;}
p.MsoNormal, li.MsoNormal {margin:0cm; font-size:11.0pt; ${rule}}
a:link, span.MsoHyperlink {mso-style-priority:99; color:#0563C1; text-decoration:underline;}
a:visited, span.MsoHyperlinkFollowed {color:#954F72;}
span.EmailStyle17 {font-family:"Calibri",sans-serif; color:windowtext;}
@media print { a:link {color:blue} }
--></style></head><body lang=ES link="#0563C1" vlink="#954F72"><p class=MsoNormal><a href="https://x.test/">x</a></p>`;
    const readLooks = async () =>
      await reader.page.evaluate(() => ({
        margin: getComputedStyle(document.querySelector('p')!).marginTop,
        link: getComputedStyle(document.querySelector('a')!).color,
      }));
    assert.equal((await show(write(''))).designed, false);
    assert.deepEqual(await readLooks(), { margin: '0px', link: 'rgb(11, 90, 85)' });
    assert.equal((await show(write('color:#1F497D'))).designed, true);
    assert.deepEqual(await readLooks(), { margin: '0px', link: 'rgb(5, 99, 193)' });
    assert.equal((await show('<style>p {margin: 0}</style><p>x')).designed, true, 'of another program');
  });

  it('has the style sheet that Outlook puts into a comment, and none that holds a tag', async () => {
    const outlook = `<html><head><style><!--
/* Style <Definitions> */
p.MsoNormal {margin:0cm; color:#003366}
--></style></head><body><div class=WordSection1><p class=MsoNormal>Hello<o:p></o:p></p></div>`;
    assert.equal((await show(outlook)).designed, true);
    const looks = await reader.page.evaluate(() => {
      const { marginTop, color } = getComputedStyle(document.querySelector('p')!);
      return { marginTop, color };
    });
    assert.deepEqual(looks, { marginTop: '0px', color: 'rgb(0, 51, 102)' });
    for (const sheet of ['a{}<b>', '<!-<!---->-<b>', '/*<b>', 'a{content:"<img src=x>"}', '</*x*/b>']) {
      await show(`<style>${sheet}</style><p>x</p>`);
      const kept = await reader.page.evaluate(() => document.querySelector('style')?.textContent ?? '');
      assert.doesNotMatch(kept, /<[/\w!]/, sheet);
    }
  });

  for (const [name, piece] of [
    ['elements that are never closed', '<div>word '],
    ['elements with ends of others', '<div></i>'],
    ['quotes within quotes', '<blockquote type="cite">'],
    ['empty quotes', '<blockquote></blockquote>'],
    ['marked quotes', '<p class="gmail_quote">'],
    ['comments in a sheet', '<style><!--/*/*'],
    ['announced quotes', 'On 2020 Ana wrote:<blockquote>a</blockquote>'],
  ] as const) {
    // Hours where each is compared with all others; nothing is measured but whether it ends.
    it(`shows 2 MB of ${name}`, { timeout: 60_000 }, async () => {
      await show(piece.repeat(MEGABYTES / piece.length));
    });
  }

  it('folds what is quoted from a header to the end, in however many nodes', async () => {
    const header = '<p>From: Ana<br>Sent: today<br>To: Eva<br>Subject: x</p>';
    assert.equal((await show(`<p>Hello</p>${header}${'<br>'.repeat(150_000)}`)).folded, 1);
  });
});
