import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { missingComponent } from '../../harness/component.ts';
import { startClientRig, waitForRows, type ClientRig } from './client-rig.ts';
import { writeSample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

describe('arriving', { skip }, () => {
  let rig: ClientRig;
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
});
