import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Language } from '../../../common/shapes/profile.ts';
import { missingComponent } from '../../harness/component.ts';
import { runValija } from '../../harness/system.ts';
import { checkView, setLanguage } from './check-view.ts';
import { signIn, startClientRig, type ClientRig } from './client-rig.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

describe('the profile in the client', { skip }, () => {
  let rig: ClientRig;
  let page: Page;
  before(async () => {
    rig = await startClientRig([[], []]);
    page = await rig.openPage();
    await signIn(page, rig);
  });
  after(async () => await rig?.stop());

  const go = async (path: string, where: Page = page): Promise<void> => {
    await where.goto(`${rig.system.ready.web}/#/${path}`);
  };
  const byId = (id: string, where: Page = page) => where.getByTestId(id);
  const openComposer = async (): Promise<void> => {
    await go('inbox');
    await byId('compose').click();
    await byId('compose-body').waitFor();
  };

  it('signs mails by their identity, and swaps only the signature when From changes', async () => {
    await go('settings/identities');
    for (const [at, words] of ['Ruiz at work', 'Ana · {{email}}'].entries()) {
      await byId('identity-card').nth(at).getByRole('button', { name: /^Edit/ }).click();
      await byId('identity-name').fill(at === 1 ? 'Ana' : 'Ana Ruiz');
      await byId('compose-body').click();
      await page.keyboard.type(words);
      await byId('signature-preview')
        .getByText(at === 1 ? 'Ana · ana@example.test' : words)
        .waitFor();
      await byId('identity-save').click();
      await byId('identity-add').waitFor();
    }
    await openComposer();
    const body = byId('compose-body');
    await byId('compose-from').selectOption({ label: 'Ana <ana@example.test>' });
    await body.getByText('Ana · ana').waitFor();
    assert.match(await body.innerText(), /Ana · ana@example\.test/);
    await byId('compose-body').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('Hello there');
    // Typing goes on while the signature changes: not a word of it is lost.
    await byId('compose-from').evaluate((field) => {
      const select = field as HTMLSelectElement;
      const other = [...select.options].find(({ label }) => label.startsWith('Ana Ruiz'));
      select.value = other?.value ?? '';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await page.keyboard.type(' and there');
    await body.getByText('Ruiz at work').waitFor();
    assert.match(await body.innerText(), /^Hello there and there\s+--\s+Ruiz at work\s*$/);
    for (let step = 0; step < 10; step += 1) await page.keyboard.press('Backspace');
    assert.match(await body.innerText(), /^Hello there\s+--\s+Ruiz at work\s*$/);
    await body.getByText('Ruiz at work').click();
    await page.keyboard.press('End');
    await page.keyboard.type(', room 3');
    await byId('compose-from').selectOption({ label: 'Ana <ana@example.test>' });
    await page.waitForTimeout(200);
    assert.match(await body.innerText(), /Ruiz at work, room 3/, 'what a person changed stays');
  });

  it('puts a template into the mail, with its variables', async () => {
    await go('settings/templates');
    await byId('template-add').click();
    await byId('template-name').fill('Thanks');
    await page.getByLabel('Subject').fill('Thank you');
    await byId('compose-body').click();
    await page.keyboard.type('Yours, {{name}}');
    await byId('template-save').click();
    await byId('template-card').getByText('Thanks').waitFor();
    await openComposer();
    await byId('compose-template').click();
    await byId('templates-dialog').getByLabel('Find a template').fill('than');
    await page.keyboard.press('Enter');
    await byId('compose-body').getByText('Yours, Ana').waitFor();
    assert.equal(await byId('compose-subject').inputValue(), 'Thank you');
  });

  it('keeps people and groups by keyboard, and a group is a recipient', async () => {
    await go('contacts/');
    await byId('contact-add').click();
    await byId('contact-name').fill('Bea López');
    await byId('contact-email').fill('bea@uni.example');
    await page.keyboard.press('Enter');
    await byId('contact-details').getByRole('heading', { name: 'Bea López' }).waitFor();
    await byId('group-add').click();
    await byId('group-name').fill('Lab');
    await byId('group-member').fill('bea');
    await page.keyboard.press('Enter');
    await byId('group-member').fill('x@other.example');
    await page.keyboard.press('Enter');
    await byId('group-save').click();
    await byId('group-write').waitFor();
    await openComposer();
    await byId('compose-to').pressSequentially('lab');
    await byId('suggestions').getByText('Lab (2)').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.recipient-chip').nth(1).waitFor();
    assert.deepEqual(await page.locator('.recipient-chip > span').allInnerTexts(), [
      'Bea López',
      'x@other.example',
    ]);
    await go('contacts/');
    await byId('contact-row').first().focus();
    await page.keyboard.press('Enter');
    await byId('contact-write').waitFor();
  });

  it('asks whose change holds where another PC changed the same field', async () => {
    await go('contacts/');
    await byId('contact-row').first().click();
    await byId('contact-edit').click();
    const { code, stderr } = await runValija(
      rig.system,
      ['contact', 'edit', 'bea@uni.example', '--title', 'Dr.', '--note', 'From there'],
      rig.user,
    );
    assert.equal(code, 0, stderr);
    await page.getByLabel('Title').fill('Prof.');
    await byId('contact-save').click();
    const asked = byId('conflict');
    await asked.waitFor();
    assert.equal(await asked.getByRole('group').count(), 1, 'the note was changed there only');
    await byId('conflict-save').click();
    await byId('contact-details').getByText('Prof.').waitFor();
    await byId('contact-details').getByText('From there').waitFor();
  });

  it('shows what changed, undoes one change, and previews a restore', async () => {
    await go('settings/history');
    const line = byId('history-line').filter({ hasText: 'Bea López' }).first();
    await line.getByText('Prof.').waitFor();
    await line.getByTestId('history-undo').click();
    await page.getByText(/was undone/).waitFor();
    await go('contacts/');
    await byId('contact-row').filter({ hasText: 'Bea' }).click();
    await byId('contact-details').getByText('Dr.').waitFor();
  });

  it('says in words what a setting was and is', async () => {
    await go('settings/appearance');
    await page.getByRole('radio', { name: 'Dark' }).check();
    await page.getByRole('checkbox', { name: 'Group conversations' }).click();
    await go('settings/history');
    const change = (name: string) => byId('history-line').filter({ hasText: name }).first().locator('dd');
    await change('Theme').waitFor();
    assert.equal(await change('Theme').innerText(), 'As the system → Dark');
    assert.equal(await change('Group conversations').innerText(), 'no → yes');
    for (const name of ['Theme', 'Group conversations']) {
      await byId('history-line').filter({ hasText: name }).first().getByTestId('history-undo').click();
      await page
        .getByText(/was undone/)
        .first()
        .waitFor();
    }
  });

  it('goes out as a file and comes back', async () => {
    await go('settings/transfer');
    const download = page.waitForEvent('download');
    await byId('profile-export').click();
    const path = await (await download).path();
    await byId('profile-file').setInputFiles(path);
    await byId('profile-imported')
      .getByText(/^0 new items/)
      .waitFor();
    const mail = 'From: a@b.example\r\nSubject: Brought along\r\nMessage-ID: <1@b>\r\n\r\nHi\r\n';
    await byId('mail-file').setInputFiles({
      name: 'one.eml',
      mimeType: 'message/rfc822',
      buffer: Buffer.from(mail),
    });
    await byId('mail-imported').getByText('1 mail was imported.').waitFor();
    const file = (name: string, text: string) => ({
      name,
      mimeType: 'message/rfc822',
      buffer: Buffer.from(text),
    });
    await byId('mail-file').setInputFiles([
      file('packed.zip', 'PK\u0003\u0004 and so on'),
      file('two.eml', mail.replace('Brought', 'Also brought')),
    ]);
    await byId('mail-imported').getByText('1 mail was imported.').waitFor();
    // That the second one came in does not hide that the first did not.
    await page.getByRole('alert').waitFor();
    await page.getByText('packed.zip', { exact: true }).waitFor();
  });

  const looks: [Language, 'light' | 'dark', number][] = [
    ['en', 'light', 1280],
    ['es', 'dark', 390],
  ];
  // In one look accessibility.test.ts sees them.
  for (const [language, colorScheme, width] of process.env['VALIJA_TESTS'] === 'all' ? looks : []) {
    it(`has no fault that axe finds: ${language}, ${colorScheme}, ${width}`, async () => {
      const own = await rig.openPage({
        viewport: { width, height: 860 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      await signIn(own, rig);
      await setLanguage(own, rig, language);
      const name = (view: string): string => `profile-${language}-${colorScheme}-${width}-${view}`;
      await go('contacts/', own);
      await byId('contact-row', own).first().waitFor();
      await checkView(own, name('contacts'));
      await byId('contact-row', own).first().click();
      await byId('contact-details', own).waitFor();
      await byId('contact-edit', own).click();
      await checkView(own, name('contact-form'));
      if (width < 720) return await own.close();
      await go('settings/identities', own);
      await byId('identity-card', own).first().getByRole('button').first().click();
      await byId('compose-body', own).waitFor();
      await checkView(own, name('identity'));
      for (const section of ['history', 'transfer']) {
        await go(`settings/${section}`, own);
        await own.getByRole('heading', { level: 1 }).waitFor();
        if (section === 'history') await byId('history-line', own).first().waitFor();
        await checkView(own, name(section));
      }
      await own.close();
    });
  }

  it('takes thousands of contacts and shows only those in sight', async () => {
    const cards = Array.from(
      { length: 3000 - 1 },
      (_, at) =>
        `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Person ${at}\r\nEMAIL:p${at}@many.example\r\nEND:VCARD\r\n`,
    ).join('');
    await go('contacts/');
    await byId('contacts-file').setInputFiles({
      name: 'many.vcf',
      mimeType: 'text/vcard',
      buffer: Buffer.from(cards),
    });
    await page.locator('[data-testid=contact-list][data-count="3000"]').waitFor();
    assert.ok((await byId('contact-row').count()) < 40);
    await byId('contact-find').fill('person 2998');
    await page.locator('[data-testid=contact-list][data-count="1"]').waitFor();
    await byId('contact-row').click();
    await byId('contact-details').getByText('p2998@many.example').waitFor();
  });
});
