import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import { saveDraft, signIn, startClientRig, waitForSubject, type ClientRig } from './client-rig.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

describe('a session that is ended from elsewhere', { skip }, () => {
  let rig: ClientRig;
  let other: Page;
  let page: Page;
  const endOthers = async (): Promise<void> => {
    await other.goto(`${rig.system.ready.web}/#/settings/security`);
    await other.reload();
    await other.getByRole('button', { name: 'End all others' }).click();
    await other.getByText('session ended.').waitFor();
  };
  const write = async (): Promise<void> => {
    await signIn(page, rig);
    await page.getByTestId('compose').click();
    await page.getByTestId('compose-subject').fill('A plan');
  };
  before(async () => {
    rig = await startClientRig([[], []]);
    other = await rig.openPage();
    page = await rig.openPage();
    await signIn(other, rig);
  });
  after(async () => await rig?.stop());

  it('is told, and that the draft is safe when the server has it', async () => {
    await write();
    await page.locator('.saved').filter({ hasText: 'Saved at' }).waitFor();
    await endOthers();
    await page.getByText('Your session ended. Sign in again; your draft is safe.').waitFor();
  });

  it('is told without a word of the draft when the server does not have it', async () => {
    await write();
    // From now on nothing is saved.
    await page.route('**/trpc/draft.save*', async (route) => await route.abort());
    await endOthers();
    await page.getByText('Your session ended. Sign in again.', { exact: true }).waitFor();
    await page.unroute('**/trpc/draft.save*');
    // It waits in the window for who wrote it, with the cursor where it was.
    await page.getByTestId('login-user').fill(rig.user.user);
    await page.getByTestId('login-password').fill(rig.user.password);
    await page.getByTestId('login-submit').click();
    await page.locator('[data-testid=compose-subject]:focus').waitFor();
    await waitForSubject(page, 'A plan');
    await page.keyboard.type('et');
    await waitForSubject(page, 'A planet');
    await saveDraft(page);
    await endOthers();
    await page.getByText('Your session ended. Sign in again; your draft is safe.').waitFor();
  });

  it('says nothing of a draft where none was written', async () => {
    await signIn(page, rig);
    await page.getByTestId('compose').click();
    await page.getByTestId('compose-to').waitFor();
    await endOthers();
    await page.getByText('Your session ended. Sign in again.', { exact: true }).waitFor();
  });

  it('is told to who comes back later', async () => {
    await signIn(page, rig);
    await page.goto('about:blank');
    await endOthers();
    await page.goto(rig.system.ready.web ?? '');
    await page.getByText('Your session ended. Sign in again.', { exact: true }).waitFor();
  });

  it('is not told to who comes for the first time', async () => {
    const fresh = await rig.openPage();
    await fresh.goto(rig.system.ready.web ?? '');
    await fresh.getByTestId('login-user').waitFor();
    if ((await fresh.locator('.sign-in-notice').count()) > 0) throw new Error('told of a session');
  });
});
