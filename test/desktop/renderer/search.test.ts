import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import { checkView } from './check-view.ts';
import { openMail, signIn, startClientRig, waitForRows, type ClientRig } from './client-rig.ts';
import { SAMPLES, writeSample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

describe('the search', { skip }, () => {
  let rig: ClientRig;
  let page: Page;
  before(async () => {
    const mails = SAMPLES.toSorted((a, b) => b.ago - a.ago).map((one) => writeSample(one, Date.now()));
    rig = await startClientRig([mails, []]);
    page = await rig.openPage({ reducedMotion: 'reduce' });
    await signIn(page, rig);
    await page.getByTestId('check-now').click();
    await waitForRows(page, SAMPLES.length);
  });
  after(async () => await rig?.stop());
  const subjects = async (): Promise<string[]> => await page.locator('.row-subject').allTextContents();

  it('is reached by a key, finds on Enter, and leads to what was found', async () => {
    await page.keyboard.press('/');
    await page.locator('[data-testid=search]:focus').waitFor();
    await page.keyboard.type('subject:offsite');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Found: subject:offsite' }).waitFor();
    await waitForRows(page, 1);
    assert.deepEqual(await subjects(), ['Offsite on the 12th: the room is ours']);
    await page.locator('[role=row]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('message-subject').filter({ hasText: 'Offsite' }).waitFor();
    await checkView(page, 'search-found');
  });

  it('shows at once what is done with what was found, and where it is', async () => {
    const row = page.getByTestId('message-row').filter({ hasText: 'Offsite' });
    await row.hover();
    await row.locator('.row-flag').click();
    await row.locator('.row-flag[aria-pressed=true]').waitFor();
    const isMove = (answer: { url(): string }): boolean => answer.url().includes('mail.move');
    const archived = page.waitForResponse(isMove);
    await page.keyboard.press('e');
    await row.locator('.chip-place').getByText('Archive').waitFor();
    await archived;
    // It is shown before it is done; a reload right then would stop it.
    const back = page.waitForResponse(isMove);
    await page.keyboard.press('z');
    await row.locator('.chip-place').waitFor({ state: 'detached' });
    await back;
  });

  it('survives a reload, says when there is nothing, and what is wrong with a query', async () => {
    await page.reload();
    await waitForRows(page, 1);
    assert.equal(await page.getByTestId('search').inputValue(), 'subject:offsite');
    await page.getByTestId('search').fill('zxqvwy');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing was found. Try fewer or other words.').waitFor();
    await page.getByTestId('search').fill('before:yesteryear');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('before').first().waitFor();
    await page.getByTestId('search').focus();
    await page.keyboard.press('Escape');
    await waitForRows(page, SAMPLES.length);
  });

  it('looks again by itself while the index is behind', async () => {
    let behind = true;
    await page.route(/search\.find/, async (route) => {
      const response = await route.fetch();
      const body = JSON.parse(await response.text()) as { result?: { data?: object } }[] | object;
      for (const one of [body].flat() as { result?: { data?: object } }[])
        if (behind && one.result?.data)
          Object.assign(one.result.data, { mails: [], next: null, total: null });
      behind = false;
      await route.fulfill({ response, json: body });
    });
    await page.getByTestId('search').fill('subject:offsite -nothing');
    await page.keyboard.press('Enter');
    await waitForRows(page, 1);
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByTestId('search').focus();
    await page.keyboard.press('Escape');
    await waitForRows(page, SAMPLES.length);
  });

  it('tells how to search, with examples that work', async () => {
    await page.getByRole('button', { name: 'How to search' }).click();
    await page.getByTestId('search-help').waitFor();
    await checkView(page, 'search-help');
    const examples = await page.locator('.search-help .link-button').allTextContents();
    for (const example of examples) {
      await page.goto(`${rig.system.ready.web}/#/search?q=${encodeURIComponent(example)}`);
      await page.getByRole('heading', { name: `Found: ${example}` }).waitFor();
      await page.locator('[data-testid=message-list]').first().waitFor();
      assert.equal(await page.getByRole('alert').count(), 0, example);
    }
  });

  it('has its place in a small window too', async () => {
    const small = await rig.openPage({ viewport: { width: 390, height: 800 }, reducedMotion: 'reduce' });
    await signIn(small, rig);
    await small.getByRole('button', { name: 'How to search' }).click();
    await small.getByTestId('search-help').waitFor();
    await checkView(small, 'search-small');
    await small.getByTestId('search').fill('contract');
    await small.keyboard.press('Enter');
    await small.getByTestId('message-row').filter({ hasText: 'Contract draft' }).waitFor();
    await checkView(small, 'search-small-found');
    await openMail(small, 'Contract draft');
    await small.context().close();
  });

  it('marks in each row why it was found', async () => {
    await page.getByTestId('search').fill('room');
    await page.keyboard.press('Enter');
    const row = page.getByTestId('message-row').filter({ hasText: 'Offsite' });
    await row
      .locator('.row-subject mark')
      .filter({ hasText: /^room$/ })
      .waitFor();
    await checkView(page, 'search-marked');
  });

  it('suggests while one types, by keys alone', async () => {
    await page.getByTestId('search').fill('marta');
    const suggestion = page
      .getByTestId('suggestion')
      .filter({ hasText: /Marta|marta/ })
      .first();
    await suggestion.waitFor();
    await checkView(page, 'search-suggestions');
    await page.keyboard.press('ArrowDown');
    await page.locator('[data-testid=suggestion][aria-selected=true]').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Found: / }).waitFor();
    await page.getByTestId('message-row').filter({ hasText: 'Offsite' }).waitFor();
    await page.getByTestId('suggestion').first().waitFor({ state: 'hidden' });
    await page.getByTestId('search').fill('mar');
    await page.getByTestId('suggestion').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('suggestion').first().waitFor({ state: 'hidden' });
    assert.equal(await page.getByTestId('search').inputValue(), 'mar');
  });
});
