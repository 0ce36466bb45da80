import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import { startClientRig, waitForRows, type ClientRig } from './client-rig.ts';
import { writeSample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

describe('arriving', { skip }, () => {
  let rig: ClientRig;
  let shared: Page;
  before(async () => {
    const mail = { from: 'B <b@ok.test>', to: 'ana@example.test', subject: 'Hi', ago: 1, text: 'Hi' };
    rig = await startClientRig([[writeSample(mail, Date.now())], []]);
  });
  after(async () => await rig?.stop());
  const arrive = async (language: string | null) => {
    const page = await rig.openPage();
    await page.goto(rig.system.ready.web ?? '');
    if (language !== null) await page.getByRole('button', { name: language }).click();
    await page.getByTestId('login-user').fill(rig.user.user);
    await page.getByTestId('login-password').fill(rig.user.password);
    await page.getByTestId('login-submit').click();
    await page.getByTestId('check-now').waitFor();
    return page;
  };

  it('keeps the language that was picked at the sign-in, here and on the next computer', async () => {
    const page = await arrive('Español');
    await page.getByTestId('check-now').click();
    await waitForRows(page, 1);
    await page.getByRole('heading', { name: 'Recibidos' }).waitFor();
    // The second one reads it from the profile.
    const other = await arrive(null);
    await other.getByRole('heading', { name: 'Recibidos' }).waitFor();
  });

  it('begins in the list, and offers to skip to it', async () => {
    const page = await arrive('English');
    await page.locator('[role=row]:focus').waitFor();
    await page.locator('.brand').focus();
    await page.keyboard.press('Shift+Tab');
    while ((await page.locator('.skip-link:focus').count()) === 0) await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('[role=row]:focus').waitFor();
  });

  it('says that there is no such page, and leads to the inbox', async () => {
    const page = await arrive(null);
    await waitForRows(page, 1);
    await page.goto(`${rig.system.ready.web}/#/nowhere`);
    await page.getByText('There is no such page.').waitFor();
    assert.equal(await page.getByText('0 mails').count(), 0);
    await page.getByRole('link', { name: 'Go to Inbox' }).click();
    await waitForRows(page, 1);
  });

  it('finds a command by a few letters, in either language, and does it with the row that had the focus', async () => {
    shared = await arrive('English');
    const page = shared;
    await page.locator('[role=row]:focus').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByTestId('palette-input').waitFor();
    await page.keyboard.type('mrk unread');
    await page
      .getByRole('option', { name: 'Mark as unread' })
      .and(page.locator('[aria-selected=true]'))
      .waitFor();
    await page.getByTestId('palette-input').fill('archivar');
    await page.keyboard.press('Enter');
    await page.getByTestId('notice').filter({ hasText: '1 mail archived.' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByTestId('palette-input').fill('ajustes');
    await page.keyboard.press('Escape');
    await page.keyboard.press('z');
    await waitForRows(page, 1);
  });

  it('takes the key that somebody chose from the command that had it, on every computer', async () => {
    const page = shared;
    await page.goto(`${rig.system.ready.web}/#/settings/keyboard`);
    const row = page.getByTestId('key-archive');
    await row.getByRole('button').click();
    await page.getByTestId('key-recorder').press('Escape');
    assert.ok(await row.getByRole('button').evaluate((button) => button === document.activeElement));
    await row.getByRole('button').click();
    await page.getByTestId('key-recorder').press('Tab');
    await page.getByRole('button', { name: 'Without a key' }).waitFor();
    await page.getByTestId('key-recorder').press('Control+t');
    await page.getByText('Ctrl+T has its own meaning').waitFor();
    await page.getByTestId('key-recorder').press('j');
    await page.getByText('j belongs to: Next mail.').waitFor();
    await page.getByRole('button', { name: 'Take it' }).click();
    await row.getByText('Yours').waitFor();
    await page.getByTestId('key-next').getByText('No key').waitFor();
    const other = await arrive(null);
    await other.locator('[role=row]:focus').waitFor();
    await other.keyboard.press('j');
    await other.getByTestId('notice').filter({ hasText: '1 mail archived.' }).waitFor();
    await other.keyboard.press('z');
    await waitForRows(other, 1);
    await page.getByRole('button', { name: 'All keys as they came' }).click();
    await row.locator('kbd').filter({ hasText: 'e' }).waitFor();
  });

  it('announces new mail by account, with a dot on the tab', async () => {
    const page = shared;
    await page.goto(`${rig.system.ready.web}/#/inbox`);
    await page.context().grantPermissions(['notifications']);
    // Nobody is looking, and what the system would show is noted.
    await page.evaluate(() => {
      document.hasFocus = () => false;
      const noted: string[] = [];
      const fake = function (title: string, { body }: { body: string }): void {
        noted.push(`${title}: ${body}`);
      };
      Object.assign(fake, { permission: 'granted', requestPermission: async () => 'granted' });
      Object.assign(window, { Notification: fake, noted });
    });
    const noted = async () => await page.evaluate(() => (window as unknown as { noted: string[] }).noted);
    const icon = async () => await page.locator('link[rel=icon]').getAttribute('href');
    const bring = async (subject: string): Promise<void> => {
      const mail = { from: 'Eva <eva@ok.test>', to: 'ana@example.test', subject, ago: 0, text: 'Hi' };
      rig.dovecot.deliver('first', [writeSample(mail, Date.now())]);
      await page.getByTestId('check-now').click();
      await page.getByTestId('message-row').filter({ hasText: subject }).waitFor();
    };
    await bring('Dinner');
    await page.waitForFunction(() => (window as unknown as { noted: string[] }).noted.length > 0);
    assert.deepEqual(await noted(), ['Eva: Dinner']);
    assert.match((await icon()) ?? '', /circle[^>]*d2382b/);
    await page.goto(`${rig.system.ready.web}/#/settings/notifications`);
    await page.getByText('This browser shows notifications').waitFor();
    await page.getByLabel('ana@example.test').uncheck();
    await page.goto(`${rig.system.ready.web}/#/inbox`);
    await bring('Lunch');
    await page.waitForTimeout(700);
    assert.deepEqual(await noted(), ['Eva: Dinner']);
  });

  it('says when the server is away, counts until it asks again, and goes on by itself', async () => {
    const page = shared;
    await page.context().setOffline(true);
    await page
      .getByTestId('offline')
      .getByText(/Trying again in \d+ s\./)
      .waitFor();
    await page.context().setOffline(false);
    await page.getByTestId('offline').waitFor({ state: 'detached' });
  });
});
