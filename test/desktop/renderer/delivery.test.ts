import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startPictureSite, type PictureSite } from '../../storage-server/picture/picture-site.ts';
import { missingComponent } from '../../harness/component.ts';
import { checkView, setLanguage } from './check-view.ts';
import { openMail, signIn, startClientRig, waitForRows, type ClientRig } from './client-rig.ts';
import { writeSample, type Sample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');
const CARD = [
  'BEGIN:VCARD',
  'VERSION:3.0',
  'N:Núñez;José',
  'ORG:Taller Núñez',
  'TITLE:Carpintero',
  'item1.EMAIL:jose@taller.example',
  'item1.X-ABLabel:_$!<Work>!$_',
  'TEL;TYPE=CELL:+34 600 000 000',
  'END:VCARD',
].join('\r\n');

describe('mail as it is delivered to its reader', { skip }, () => {
  let rig: ClientRig;
  let site: PictureSite;
  let page: Page;
  const outside: string[] = [];
  before(async () => {
    site = await startPictureSite();
    const base = { from: 'Huerta <hola@horno.example>', to: 'ana@example.test' };
    const pictures = `<p>Pan de hoy</p><img src="${site.url}/a.png" width="300" height="200" alt="Bread">
      <img src="${site.url}/missing.png" width="90" height="40" alt="Gone">
      <img src="${site.url}/wf/open?upn=u001" width="1" height="1" alt="">`;
    const quoting = `<div>I agree with all of it.</div><div><hr><div><b>From:</b> Ana<br><b>Sent:</b> Monday<br>
      <b>To:</b> Ben<br><b>Subject:</b> x</div></div><p>Old words</p>`;
    const card: Sample = {
      ...base,
      subject: 'My card',
      ago: 3,
      text: 'Here it is.\n-- \nJosé\n',
      files: [{ name: 'jose.vcf', type: 'text/vcard', bytes: Buffer.from(CARD) }],
    };
    const list = [
      'List-Id: <horno.example>',
      'List-Unsubscribe: <mailto:off@horno.example?subject=Baja%207>',
    ];
    const mails: Sample[] = [
      { ...base, subject: 'Pictures', ago: 1, html: pictures },
      {
        ...base,
        subject: 'Newsletter',
        ago: 2,
        html: pictures.replace('Pan de hoy', 'Second'),
        headers: list,
      },
      card,
      { ...base, subject: 'Re: quoting', ago: 4, html: quoting },
      {
        ...base,
        subject: 'Re: Gmail',
        ago: 5,
        html: '<div>Yes</div><div class="gmail_quote">On Mon wrote:<blockquote class="gmail_quote">Old</blockquote></div>',
      },
      {
        ...base,
        subject: 'Fwd: Gmail',
        ago: 6,
        html: '<div class="gmail_quote">---------- Forwarded message ---------<br>From: Ana<br>Kept</div><p>.</p>',
      },
    ];
    rig = await startClientRig([mails.map((mail) => writeSample(mail, Date.now())), []]);
    page = await rig.openPage();
    page.on('request', (request) => {
      if (request.url().startsWith(site.url)) outside.push(request.url());
    });
    await signIn(page, rig);
    await page.getByTestId('check-now').click();
    await waitForRows(page, mails.length);
  });
  after(async () => {
    await rig?.stop();
    await site?.stop();
  });
  const frame = () => page.frameLocator('.mail-frame');

  it('says which pictures are elsewhere and who counts by them, and asks nobody', async () => {
    await openMail(page, 'Pictures');
    await frame().getByText('Pan de hoy').waitFor();
    const note = page.getByTestId('images-hidden');
    await note.getByText('3 remote images; 1 tracks opening (SendGrid).').waitFor();
    await checkView(page, 'delivery-pictures-hidden-en');
    assert.deepEqual([site.asked.length, outside], [0, []]);
  });

  it('shows them through the server when asked to, without those that count', async () => {
    await page.getByRole('button', { name: 'Show images' }).click();
    const bread = frame().getByAltText('Bread');
    await bread.waitFor();
    await page.waitForFunction(() => {
      const frame = document.querySelector<HTMLIFrameElement>('.mail-frame');
      const image = frame?.contentDocument?.querySelector('img');
      return image !== null && image !== undefined && image.complete && image.naturalWidth === 300;
    });
    const source = (await bread.getAttribute('src')) ?? '';
    assert.match(source, new RegExp(`^${rig.system.ready.storage}/picture/`));
    // One that cannot be had leaves its words.
    await frame().locator('.valija-picture').getByText('Gone').waitFor();
    assert.deepEqual(site.asked.map(({ path }) => path).toSorted(), ['/a.png', '/missing.png']);
    assert.deepEqual(outside, []);
    await checkView(page, 'delivery-pictures-shown-en');
    const answer = await fetch(source);
    assert.deepEqual(
      ['content-type', 'content-security-policy', 'x-content-type-options', 'cache-control'].map((name) =>
        answer.headers.get(name),
      ),
      ['image/webp', "sandbox; default-src 'none'", 'nosniff', 'no-store'],
    );
    const forged = source.replace(encodeURIComponent('/a.png'), encodeURIComponent('/b.png'));
    assert.notEqual(forged, source);
    assert.equal((await fetch(forged)).status, 403);
    assert.equal((await fetch(source.replace(/&signature=.*$/, ''))).status, 401);
  });

  it('shows them always for a sender, and no longer', async () => {
    await page.getByRole('button', { name: 'Always from hola@horno.example' }).click();
    await openMail(page, 'Newsletter');
    await frame().getByText('Second').waitFor();
    await page.locator('[data-testid=images-hidden][data-shown=true]').waitFor();
    await frame().getByAltText('Bread').waitFor();
    await page.getByRole('button', { name: 'No longer from hola@horno.example' }).click();
    await openMail(page, 'My card');
    await openMail(page, 'Newsletter');
    await page.locator('[data-testid=images-hidden][data-shown=false]').waitFor();
  });

  it('gets the reader off a list by a mail from the address that it knows', async () => {
    await page.getByTestId('unsubscribe').getByRole('button', { name: 'Unsubscribe' }).click();
    await page.getByTestId('unsubscribed').getByText('Unsubscribed on').waitFor();
    while (rig.sink.mails().length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    const [mail] = rig.sink.mails();
    assert.match(`${mail?.from} ${mail?.to.join(' ')}`, /^<ana@example\.test>.* <off@horno\.example>/);
    assert.match(mail?.message ?? '', /^Subject: Baja 7$/m);
  });

  it('shows a card and puts it into the address book, where the composer finds it', async () => {
    await openMail(page, 'My card');
    const card = page.getByTestId('contact-card');
    await card.getByText('Carpintero, Taller Núñez').waitFor();
    await card.getByText('jose@taller.example · work').waitFor();
    await card.getByTestId('add-contact').click();
    await card.getByTestId('in-contacts').waitFor();
    await checkView(page, 'delivery-card-en');
    await page.getByTestId('compose').click();
    const to = page.getByTestId('compose-to');
    await to.fill('jose n');
    await page.getByRole('option', { name: 'José Núñez' }).waitFor();
    await checkView(page, 'delivery-suggestions-en');
    await to.press('ArrowDown');
    await to.press('Enter');
    await page.locator('.recipient-chip').getByText('José Núñez').waitFor();
    assert.equal(await to.inputValue(), '');
  });

  it('folds what Outlook and Gmail quote, but not what is passed on', async () => {
    await page.goto(`${rig.system.ready.web}/#/inbox`);
    for (const [subject, shown, folded] of [
      ['Re: quoting', 'I agree with all of it.', 'Old words'],
      ['Re: Gmail', 'Yes', 'Old'],
    ] as const) {
      await openMail(page, subject);
      await frame().getByText(shown, { exact: true }).waitFor();
      assert.equal(await frame().getByText(folded, { exact: true }).isVisible(), false, subject);
      await frame().getByText('Quoted text').click();
      await frame().getByText(folded, { exact: true }).waitFor();
    }
    await openMail(page, 'Fwd: Gmail');
    await frame().getByText('Kept').waitFor();
    assert.equal(await frame().locator('details').count(), 0);
  });

  it('says what is stored, in both languages, in light and dark', async () => {
    const looks = [
      ['es', 'dark', 800],
      ['en', 'light', 1280],
      ['es', 'light', 1280],
    ] as const;
    // The others by VALIJA_TESTS=all.
    const wanted = process.env['VALIJA_TESTS'] === 'all' ? looks : looks.slice(0, 1);
    for (const [language, scheme, width] of wanted) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme: scheme });
      await setLanguage(page, rig, language);
      await page.goto(`${rig.system.ready.web}/#/settings/storage`);
      await page.getByTestId('storage').getByText('ana@example.test').waitFor();
      await checkView(page, `delivery-storage-${language}-${scheme}-${width}`);
      await page.goto(`${rig.system.ready.web}/#/inbox`);
      await openMail(page, 'Newsletter');
      await frame().getByText('Second').waitFor();
      await page.getByTestId('images-hidden').waitFor();
      await checkView(page, `delivery-newsletter-${language}-${scheme}-${width}`);
    }
  });
});
