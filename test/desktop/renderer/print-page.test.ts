import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { missingComponent } from '../../harness/component.ts';
import { openReaderPage, type ReaderPage } from './reader-page.ts';

const skip = missingComponent('chromium');

/** Puts a mail on the page as it is printed. */
const PRINT = `
  import { fillPrintPage } from './print/print-page.ts';
  globalThis.printMail = (html) => {
    const mail = { id: 'mail_1', html, text: null, parts: [] };
    const printed = { mail, facts: [['From', 'Ana']], warnings: [], files: 'a.pdf', pictures: undefined };
    fillPrintPage(window, { title: 'Hello', count: null, fold: null, empty: '', mails: [printed] });
  };`;
type Printing = typeof globalThis & { printMail(html: string): void };

const OUTLOOK = `<html><head><style><!--
@page WordSection1 {size:612.0pt 792.0pt; margin:70.85pt 3.0cm 70.85pt 3.0cm;}
div.WordSection1 {page:WordSection1;}
--></style></head><body><div class=WordSection1><p class=MsoNormal>Hello</p></div></body></html>`;

describe('a printed mail', { skip }, () => {
  let reader: ReaderPage;
  before(async () => {
    reader = await openReaderPage(PRINT);
  });
  after(async () => await reader?.close());

  it('of Outlook stands on one sheet with what is said of it, though Word names the sheets of its own', async () => {
    await reader.page.evaluate((html) => (globalThis as Printing).printMail(html), OUTLOOK);
    const pdf = (await reader.page.pdf({ format: 'A4' })).toString('latin1');
    assert.equal(pdf.match(/\/Type\s*\/Page\b/g)?.length, 1);
  });

  it('gives none of the other mails on the paper the colour of its links', async () => {
    const color = await reader.page.evaluate(() => {
      (globalThis as Printing).printMail('<body link="white"><a href="https://x.test/">a link</a>');
      const box = [...document.querySelectorAll('.print-body')].at(-1)!;
      return getComputedStyle(box.firstElementChild!.shadowRoot!.querySelector('a')!).color;
    });
    assert.equal(color, 'rgb(11, 90, 85)');
  });
});
