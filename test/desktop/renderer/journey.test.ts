import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import {
  ADDRESSES,
  keepPicture,
  openMail,
  saveDraft,
  signIn,
  startClientRig,
  waitForRows,
  waitForSubject,
  type ClientRig,
} from './client-rig.ts';
import { SAMPLES, writeSample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

const PICTURE = {
  name: 'map.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAD0lEQVR42mNgSEsAIQgFABQ2Axn26xz3AAAAAElFTkSuQmCC',
    'base64',
  ),
};

describe('two PCs, one user', { skip }, () => {
  let rig: ClientRig;
  let first: Page;
  let second: Page;
  before(async () => {
    const now = Date.now();
    const written = SAMPLES.toSorted((a, b) => b.ago - a.ago);
    const own = (address: string) =>
      written.filter((one) => one.to.includes(address)).map((one) => writeSample(one, now));
    const others = written
      .filter((one) => !one.to.includes(ADDRESSES[1]))
      .map((one) => writeSample(one, now));
    rig = await startClientRig([others, own(ADDRESSES[1])]);
    first = await rig.openPage();
    second = await rig.openPage();
  });
  after(async () => await rig?.stop());

  it('shows the mail of all accounts in one inbox, with chips, on both', async () => {
    await signIn(first, rig);
    await first.getByTestId('check-now').click();
    await waitForRows(first, SAMPLES.length);
    await signIn(second, rig);
    await waitForRows(second, SAMPLES.length);
    for (const page of [first, second]) {
      const subjects = await page.getByTestId('message-row').locator('.row-subject').allTextContents();
      assert.equal(subjects[0], 'Offsite on the 12th: the room is ours');
      const chips = await page.getByTestId('message-row').locator('.chip').allTextContents();
      assert.deepEqual([...new Set(chips)].sort(), ['correo.example', 'example.test']);
    }
    const ends = await second
      .locator('.row-chips')
      .evaluateAll((cells) => cells.map((cell) => Math.round(cell.getBoundingClientRect().right)));
    assert.equal(new Set(ends).size, 1, 'chips end in one line');
    await keepPicture(second, 'journey-inbox');
  });

  it('shows a flag set on one PC on the other within 2 s', async () => {
    const row = (page: Page) => page.getByTestId('message-row').filter({ hasText: 'Contract draft' });
    await row(first).hover();
    await row(first).locator('.row-flag').click();
    await row(second).locator('.row-flag[aria-pressed=true]').waitFor({ timeout: 2000 });
  });

  it('marks as read on both what is opened on one', async () => {
    await openMail(first, 'Revised floor plans');
    const row = second.getByTestId('message-row').filter({ hasText: 'Revised floor plans' });
    await second.waitForFunction(
      () => document.querySelector('[data-unread=false]')?.textContent.includes('Revised') === true,
      null,
      { timeout: 2000 },
    );
    assert.equal(await row.getAttribute('data-unread'), 'false');
    await first.getByText('Quoted text, 3 lines').waitFor();
  });

  it('downloads an attachment with the bytes that were sent', async () => {
    const [download] = await Promise.all([
      first.waitForEvent('download'),
      first.getByRole('button', { name: /Download floor-plans-rev-C.pdf/ }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'floor-plans-rev-C.pdf');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    assert.ok(Buffer.concat(chunks).equals(Buffer.alloc(482_113, 'plan ')));
  });

  it('keeps a draft on the server: a reload and the other PC go on with it', async () => {
    await first.getByTestId('compose').click();
    await first.getByTestId('compose-to').fill('marta@oliveira.example');
    await first.getByTestId('compose-subject').fill('The plan for the 12th');
    await first.getByTestId('compose-body').click();
    await first.keyboard.type('Dear Marta, here is the plan.');
    await first.locator('[data-testid=saved][data-saving=saved]').waitFor();
    for (let step = 0; step < 5; step += 1) await first.keyboard.press('ArrowLeft');
    await first.keyboard.type('old ');
    // What was typed last leaves with the page, and the cursor stays.
    await first.reload();
    await first.getByTestId('compose-body').getByText('here is the old plan').waitFor();
    assert.equal(await first.getByTestId('compose-subject').inputValue(), 'The plan for the 12th');
    await first.keyboard.type('er');
    await first.getByTestId('compose-body').getByText('here is the old erplan').waitFor();
    for (let step = 0; step < 6; step += 1) await first.keyboard.press('Backspace');
    await saveDraft(first);
    await second.locator('[data-box=drafts]').click();
    await second.getByTestId('message-row').filter({ hasText: 'The plan for the 12th' }).click();
    await second.getByTestId('compose-body').getByText('here is the plan').waitFor();
  });

  it('shows pictures in the text, also from the draft', async () => {
    const picture = second.getByTestId('compose-body').locator('img');
    await second.getByTestId('compose-pictures').setInputFiles(PICTURE);
    await picture.waitFor();
    await second.getByTestId('draft-upload').waitFor({ state: 'detached' });
    await saveDraft(second);
    await second.reload();
    await second.waitForFunction(
      () => document.querySelector<HTMLImageElement>('[data-testid=compose-body] img')?.naturalWidth === 2,
    );
    assert.equal(await second.getByTestId('draft-file').count(), 0, 'it is seen in the text');
  });

  it('goes on in a window of its own, which closes with the mail', async () => {
    await first.locator('[data-box=inbox]').click();
    await first.getByTestId('compose').click();
    await first.getByTestId('compose-subject').fill('Alone');
    const [own] = await Promise.all([
      first.waitForEvent('popup'),
      first.getByTestId('compose-alone').click(),
    ]);
    await waitForSubject(own, 'Alone');
    assert.equal(await own.locator('.top-bar').isVisible(), false);
    const closed = own.waitForEvent('close');
    await own.getByRole('button', { name: 'Discard draft' }).click();
    await closed;
  });

  it('attaches a file, undoes a sending, sends, and shows what became of it', async () => {
    const file = { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.alloc(2_500_000, 'step\n') };
    await second.getByTestId('compose-files').setInputFiles(file);
    await second.getByTestId('draft-file').filter({ hasText: 'plan.txt' }).waitFor();
    await second.getByTestId('compose-send').click();
    await second.getByTestId('notice').getByRole('button', { name: 'Undo' }).click();
    await second.getByTestId('compose-body').getByText('here is the plan').waitFor();
    await second.getByTestId('compose-send').click();
    await second.locator('[data-box=sent]').click();
    await openMail(second, 'The plan for the 12th');
    await second.locator('.recipient[data-state=accepted]').waitFor({ state: 'attached', timeout: 40_000 });
    const [mail] = rig.sink.mails();
    assert.deepEqual(
      mail?.to.map((one) => one.split('>')[0]),
      ['<marta@oliveira.example'],
    );
    assert.match(mail?.message ?? '', /here is the plan/);
    assert.match(mail?.message ?? '', /filename="?plan\.txt/);
    const [, name = ''] =
      /<img[^>]*src=(?:3D)?"cid:(att_\w+)/.exec(mail?.message.replace(/=\r?\n/g, '') ?? '') ?? [];
    assert.match(mail?.message ?? '', /multipart\/related/);
    assert.match(mail?.message ?? '', new RegExp(`content-id: <${name}@example\\.test>`, 'i'));
    assert.equal(rig.sink.mails().length, 1);
    await keepPicture(second, 'journey-sent');
  });

  it('asks before it sends a mail without subject and text', async () => {
    await second.getByTestId('compose').click();
    await second.getByTestId('compose-to').fill('marta@oliveira.example');
    await second.getByTestId('compose-send').click();
    const ask = second.getByRole('dialog', { name: 'Send without subject and text?' });
    await ask.getByRole('button', { name: 'Cancel' }).click();
    await ask.waitFor({ state: 'detached' });
    await second.getByTestId('compose-send').click();
    await second.getByTestId('send-empty').click();
    const left = second.getByTestId('notice-count');
    const before = await left.textContent();
    await second.waitForFunction(
      (was) => document.querySelector('[data-testid=notice-count]')?.textContent !== was,
      before,
    );
    await second.getByTestId('notice').getByRole('button', { name: 'Undo' }).click();
    await second.getByTestId('compose-send').waitFor();
    await second.getByRole('button', { name: 'Discard draft' }).click();
  });

  it('answers with the quote, from the account that got the mail', async () => {
    await second.locator('[data-box=inbox]').click();
    await openMail(second, 'Offsite on the 12th');
    await second.getByRole('button', { name: 'Reply', exact: true }).click();
    await second.getByTestId('compose-body').getByText('the venue is confirmed').waitFor();
    assert.equal(
      await second.getByTestId('compose-subject').inputValue(),
      'Re: Offsite on the 12th: the room is ours',
    );
    const from = await second
      .locator('.composer-line select')
      .evaluate((select) => (select as HTMLSelectElement).selectedOptions[0]?.textContent);
    assert.match(from ?? '', /ana@example\.test/);
    await second.getByTestId('compose-from').selectOption({ label: ADDRESSES[1] });
    await second.getByTestId('sender-doubt').getByText('came to ana@example.test').waitFor();
    await second.getByTestId('compose-body').focus();
    await second.keyboard.press('Control+Home');
    await second.keyboard.type('The plan is attached.');
    await second.keyboard.press('Control+Enter');
    // Its own address first, then the file that is missing.
    await second.getByTestId('send-sender').click();
    await second.getByTestId('send-attachment').waitFor();
    await second.keyboard.press('Escape');
    await second.getByTestId('sender-use').click();
    await second.getByTestId('sender-doubt').waitFor({ state: 'detached' });
    await second.getByRole('button', { name: 'Discard draft' }).click();
  });

  it('shows mail that arrives while both look', async () => {
    const late = {
      from: 'Late <late@example.test>',
      to: ADDRESSES[0],
      subject: 'Just arrived',
      ago: 0,
      text: 'Hello',
    };
    rig.dovecot.deliver('first', [writeSample(late, Date.now())]);
    await first.locator('[data-box=inbox]').click();
    // The least time between two polls of an account is 5 s: the first try may be too soon.
    const row = first.getByTestId('message-row').filter({ hasText: 'Just arrived' });
    for (let tries = 0; tries < 10 && (await row.count()) === 0; tries += 1) {
      await first.getByTestId('check-now').click();
      await row.waitFor({ timeout: 2000 }).catch(() => undefined);
    }
    await row.waitFor();
    await second.getByTestId('message-row').filter({ hasText: 'Just arrived' }).waitFor({ timeout: 2000 });
  });

  it('moves to Trash at once, undoes it, and deletes for ever only after asking', async () => {
    const row = first.getByTestId('message-row').filter({ hasText: 'Your parcel is waiting' });
    await openMail(first, 'Your parcel is waiting');
    await first.keyboard.press('#');
    await row.waitFor({ state: 'detached' });
    await first.keyboard.press('z');
    await row.waitFor();
    await second.getByTestId('message-row').filter({ hasText: 'Your parcel is waiting' }).waitFor();
    await row.click();
    await first.getByTestId('message-subject').filter({ hasText: 'Your parcel' }).waitFor();
    await first.keyboard.press('#');
    await first.locator('[data-box=trash]').click();
    await openMail(first, 'Your parcel is waiting');
    await first.getByRole('button', { name: 'Delete for ever' }).click();
    await first.getByRole('dialog').getByRole('button', { name: 'Delete for ever' }).click();
    await first.getByText('Nothing here.').waitFor();
  });

  it('signs out and leaves nothing: no cookie, no storage, no cache', async () => {
    await first.getByTestId('sign-out').click();
    await first.getByText('Signed out. Valija kept nothing on this computer.').waitFor();
    const context = first.context();
    assert.deepEqual(await context.cookies(), []);
    const left = await first.evaluate(async () => ({
      storage: localStorage.length + sessionStorage.length,
      caches: await caches.keys(),
      databases: await indexedDB.databases(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      hash: location.hash,
    }));
    assert.deepEqual(left, { storage: 0, caches: [], databases: [], workers: 0, hash: '' });
    await first.reload();
    await first.getByTestId('login-user').waitFor();
    // The other PC stays.
    await second.locator('[data-box=inbox]').click();
    await second.getByTestId('message-row').first().waitFor();
  });

  it('is signed out from the other PC within seconds', async () => {
    const third = await rig.openPage();
    await signIn(third, rig);
    await third.goto(`${rig.system.ready.web}/#/settings/security`);
    await third.getByRole('button', { name: 'End all others' }).click();
    await second.getByText('Your session ended. Sign in again.').waitFor({ timeout: 15_000 });
    assert.deepEqual(
      await second
        .context()
        .cookies()
        .then((list) => list.filter(({ value }) => value !== '')),
      [],
    );
  });
});
