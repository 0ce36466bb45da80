import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startChromium, type TestBrowser } from '../../harness/chromium.ts';
import { missingComponent } from '../../harness/component.ts';
import { runValija, startSystem, type System } from '../../harness/system.ts';
import { keepPicture } from './client-rig.ts';

const skip = missingComponent('chromium');

describe('registering by invitation', { skip }, () => {
  let system: System;
  let chromium: TestBrowser;
  const openPage = async (): Promise<Page> => {
    const page = await (await chromium.openPc({ viewport: { width: 1280, height: 800 } })).newPage();
    page.setDefaultTimeout(15_000);
    return page;
  };
  const makeInvite = async (): Promise<string> => {
    const admin = await system.makeAdmin();
    const { json, stderr } = await runValija(system, ['invite'], admin);
    const made = json as { code: string } | undefined;
    assert.ok(made !== undefined, stderr);
    return made.code;
  };
  const fill = async (page: Page, name: string): Promise<void> => {
    await page.getByTestId('login-user').fill(name);
    await page.getByTestId('login-password').fill('a long password 1');
  };
  before(async () => {
    system = await startSystem({ mode: 'start', env: { VALIJA_REGISTRATION: 'invite' } });
    chromium = await startChromium();
  });
  after(async () => {
    await chromium?.close();
    await system?.stop();
  });

  it('still takes the setup code for the first user', async () => {
    const page = await openPage();
    await page.goto(system.ready.web ?? '');
    await page.getByRole('button', { name: 'Create an account' }).click();
    await page.getByLabel('Setup code').waitFor();
    await page.getByTestId('register-invite').waitFor();
  });

  it('asks for the code, says when it is wrong, and takes it', async () => {
    const invite = await makeInvite();
    const page = await openPage();
    await page.goto(system.ready.web ?? '');
    await page.getByRole('button', { name: 'Create an account' }).click();
    await fill(page, 'bea');
    await page.getByTestId('register-invite').fill('nonsense');
    await page.getByTestId('login-submit').click();
    await page.getByRole('alert').waitFor();
    await page.getByTestId('register-invite').fill(invite);
    await keepPicture(page, 'register-invite');
    await page.getByTestId('login-submit').click();
    await page.getByText('Welcome, bea').waitFor();
  });

  it('takes the code from the address and does not leave it there', async () => {
    const invite = await makeInvite();
    const page = await openPage();
    await page.goto(`${system.ready.web}/#/register?invite=${encodeURIComponent(invite)}`);
    await page.locator(`[data-testid=register-invite]`).waitFor();
    assert.equal(await page.getByTestId('register-invite').inputValue(), invite);
    assert.equal(new URL(page.url()).hash, '');
    await fill(page, 'carla');
    await page.getByTestId('login-submit').click();
    await page.getByText('Welcome, carla').waitFor();
  });
  it('is offered as soon as the server answers, also where it did not at first', async () => {
    const page = await openPage();
    let refused = 0;
    await page.route(/session\.options/, async (route) => {
      refused += 1;
      await (refused === 1 ? route.abort() : route.continue());
    });
    await page.goto(system.ready.web ?? '');
    await page.getByRole('button', { name: 'Create an account' }).waitFor();
    assert.ok(refused > 1);
  });

  it('lets in whom an administrator has prepared, also where registration is closed', async () => {
    const admin = await system.makeAdmin();
    const added = await runValija(system, ['user', 'add', 'dora'], admin);
    const closed = await runValija(system, ['policy', 'set', 'registration=closed'], admin);
    assert.equal(closed.code, 0, closed.stderr);
    const page = await openPage();
    await page.goto(system.ready.web ?? '');
    await page.getByRole('button', { name: 'Create an account' }).click();
    await fill(page, 'dora');
    await page.getByTestId('register-invite').fill((added.json as { code: string }).code);
    await page.getByTestId('login-submit').click();
    await page.getByText('Welcome, dora').waitFor();
  });
});
