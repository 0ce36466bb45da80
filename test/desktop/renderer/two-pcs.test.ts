import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { EMPTY_CONTACT } from '../../../common/contact/empty-contact.ts';
import { missingComponent } from '../../harness/component.ts';
import { runValija } from '../../harness/system.ts';
import { signIn, startClientRig, type ClientRig } from './client-rig.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

describe('an item that another PC changes while it is open here', { skip }, () => {
  let rig: ClientRig;
  let page: Page;
  before(async () => {
    rig = await startClientRig([[], []]);
    page = await rig.openPage();
    await signIn(page, rig);
  });
  after(async () => await rig?.stop());

  const open = async (place: string): Promise<void> => {
    await page.goto(`${rig.system.ready.web}/#/${place}`);
  };
  /** What the other PC does. */
  const there = async (...args: string[]): Promise<void> => {
    const { code, stderr } = await runValija(rig.system, args, rig.user);
    assert.equal(code, 0, stderr);
  };
  const card = (name: string) => page.getByTestId('template-card').filter({ hasText: name });

  for (const [what, change, seen, said] of [
    ['changed', ['edit', 'changed', '--subject', 'It matters'], 'It matters', /changed this in the meantime/],
    ['removed', ['remove', 'removed'], null, /“removed” was removed/],
  ] as const) {
    it(`is not removed unseen, and the question stays, where it was ${what}`, async () => {
      await there('template', 'add', what, '--subject', 'Yours');
      await open('settings/templates');
      await card(what)
        .getByRole('button', { name: /^Remove/ })
        .click();
      await there('template', ...change);
      await (seen === null ? card(what).waitFor({ state: 'detached' }) : card(seen).waitFor());
      await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByText(said).waitFor();
      if (seen !== null) await card(seen).waitFor();
    });
  }

  it('keeps its dialog where it is called otherwise there', async () => {
    await there('contact-group', 'add', 'Lab');
    await open('contacts');
    await page.getByRole('button', { name: /^Lab/ }).click();
    await page.getByTestId('group-edit').click();
    await page.getByTestId('group-name').fill('Laboratory');
    await there('contact-group', 'edit', 'Lab', '--name', 'Library');
    await page.getByRole('button', { name: /^Library/ }).waitFor({ state: 'attached' });
    await page.getByTestId('group-save').click();
    await page.getByTestId('conflict').getByText('Yours: Laboratory').waitFor();
    await page.getByTestId('conflict-save').click();
    await page.getByRole('button', { name: /^Laboratory/ }).waitFor();
  });

  it('is shown where an administrator gives it to everybody', async () => {
    const admin = await rig.system.makeAdmin();
    await open('contacts');
    await page.getByTestId('contact-find').waitFor();
    const share = async (name: string): Promise<void> => {
      const args = ['layer', 'add', 'contacts', '--value', JSON.stringify({ ...EMPTY_CONTACT, name })];
      const { code, stderr } = await runValija(rig.system, args, admin);
      assert.equal(code, 0, stderr);
    };
    await share('Help desk');
    await page.getByRole('button', { name: /^Organisation/ }).click();
    await page.getByText('Help desk').first().waitFor();
    // By now nothing else of the profile is on its way.
    await share('Library');
    await page.getByText('Library').first().waitFor();
  });

  it('is asked about where it is a rule too, and what only the other changed stays changed', async () => {
    await there('rule', 'add', '--name', 'Bills', '--if', 'subject contains bill', '--do', 'flag');
    await open('settings/rules');
    const bills = page.getByTestId('rule-card').filter({ hasText: 'Bills' });
    const edit = async (): Promise<void> => await bills.getByRole('button', { name: 'Edit' }).click();
    await edit();
    await page.getByTestId('rule-value').fill('mine');
    await there('rule', 'edit', 'Bills', '--if', 'subject contains theirs', '--do', 'flag');
    await page.getByTestId('rule-save').click();
    await page.getByTestId('conflict').getByText('What it does', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Take all of theirs' }).click();
    await bills.filter({ hasText: 'theirs' }).waitFor();
    await edit();
    await page.getByTestId('rule-value').fill('both');
    await there('rule', 'disable', 'Bills');
    await page.getByTestId('rule-save').click();
    await bills.filter({ hasText: 'both' }).waitFor();
    assert.equal(await bills.getByRole('switch').isChecked(), false);
  });

  it('is saved once, however Enter is pressed where the person is asked', async () => {
    await there('template', 'add', 'Both', '--subject', 'As it was');
    await open('settings/templates');
    await card('Both').getByRole('button', { name: /^Edit/ }).click();
    await page.getByLabel('Subject', { exact: true }).fill('Mine');
    await there('template', 'edit', 'Both', '--subject', 'Theirs');
    let changes = 0;
    page.on('request', (request) => {
      changes += request.url().split('profile.change').length - 1;
    });
    await page.getByTestId('template-save').click();
    await page.getByTestId('conflict').getByRole('radio').first().press('Enter');
    await page.keyboard.press('Escape');
    await page.getByTestId('conflict').waitFor({ state: 'detached' });
    assert.equal(changes, 1);
  });
});

describe('a rule that is tried before it is done', { skip }, () => {
  let rig: ClientRig;
  before(async () => {
    rig = await startClientRig([[], []]);
  });
  after(async () => await rig?.stop());

  it('is told what is wrong with what is there, and neither with its name nor with what is added', async () => {
    const page = await rig.openPage();
    await signIn(page, rig);
    await page.goto(`${rig.system.ready.web}/#/settings/rules/new`);
    const problems = page.locator('.field-problem');
    await page.getByTestId('rule-try').click();
    await problems.first().waitFor();
    await page.getByTestId('rule-value').fill('bea');
    await page.getByTestId('rule-action').getByLabel('Mailbox').selectOption({ index: 1 });
    await page.getByTestId('rule-try').click();
    await page.getByText('Fits 0 of the last 0 mails.').waitFor();
    await page.getByRole('button', { name: 'Add condition' }).click();
    assert.deepEqual(await problems.allInnerTexts(), []);
    await page.getByTestId('rule-name').fill('Bea');
    await page.getByTestId('rule-save').click();
    await problems.filter({ hasText: 'Say what to look for.' }).waitFor();
    await page.getByRole('radio', { name: 'As Sieve' }).check({ force: true });
    await page.getByRole('textbox', { name: 'As Sieve' }).waitFor();
    assert.deepEqual(await problems.allInnerTexts(), []);
    await page.getByTestId('rule-save').click();
    await problems.filter({ hasText: 'Write the script.' }).waitFor();
  });
});
