import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import { runValija } from '../../harness/system.ts';
import { openMail, signIn, startClientRig, waitForRows, type ClientRig } from './client-rig.ts';
import { writeSample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');
/** More than a page of a list. */
const COUNT = 60;

describe('mailboxes, labels, rules and whole lists', { skip }, () => {
  let rig: ClientRig;
  let page: Page;
  const sample = (subject: string, ago: number, from = 'Bea <bea@ok.test>'): Uint8Array =>
    writeSample({ from, to: 'ana@example.test', subject, ago, text: `About ${subject}` }, Date.now());
  const row = (subject: string) => page.getByTestId('message-row').filter({ hasText: subject });
  const unreadOf = (box: string) => page.locator(`[data-box="${box}"] .nav-count`);
  const openSettings = async (section: string): Promise<void> => {
    await page.goto(`${rig.system.ready.web}/#/settings/${section}`);
    await page.locator('.settings-page h1').waitFor();
  };
  const openInbox = async (): Promise<void> => {
    await page.goto(`${rig.system.ready.web}/#/inbox`);
    await page.getByTestId('message-row').first().waitFor();
  };
  before(async () => {
    const mails = Array.from({ length: COUNT }, (_, at) =>
      at % 10 === 0 ? sample(`Statement ${at}`, at + 1, 'Bank <no@bank.test>') : sample(`Note ${at}`, at + 1),
    );
    rig = await startClientRig([mails, []]);
    page = await rig.openPage();
    await signIn(page, rig);
    await page.getByTestId('check-now').click();
    await unreadOf('inbox')
      .filter({ hasText: String(COUNT) })
      .waitFor();
    // Read afresh, a list has its first page: before, it has what it had then and all that came since.
    await page.reload();
    await waitForRows(page, 50);
  });
  after(async () => await rig?.stop());

  it('everything of a list is changed at once, and taken back', async () => {
    await unreadOf('inbox')
      .filter({ hasText: String(COUNT) })
      .waitFor();
    await row('Statement 0').focus();
    await page.keyboard.press('*');
    await page.getByTestId('select-everything').click();
    await page.getByText(`${COUNT} selected`).waitFor();
    await page.keyboard.press('Shift+I');
    await page.getByText(`${COUNT} mails changed.`).waitFor();
    await unreadOf('inbox').waitFor({ state: 'detached' });
    await page.keyboard.press('z');
    await unreadOf('inbox')
      .filter({ hasText: String(COUNT) })
      .waitFor();
  });

  it('only what is unread is shown when that is asked for', async () => {
    await row('Note 1').first().click();
    await page.getByTestId('message-subject').filter({ hasText: 'Note 1' }).waitFor();
    await unreadOf('inbox')
      .filter({ hasText: String(COUNT - 1) })
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('only-unread').click();
    await row('Note 2').first().waitFor();
    await page.locator('[data-unread=false]').waitFor({ state: 'detached' });
    await page.getByTestId('only-unread').click();
    await page.locator('[data-unread=false]').first().waitFor();
  });

  it('a label is made, put on mails by keys, found by a click, and renamed everywhere', async () => {
    await row('Statement 0').focus();
    await page.keyboard.press('x');
    await page.keyboard.press('l');
    await page.getByRole('menuitem', { name: 'New label…' }).click();
    await page.getByTestId('label-name').fill('Urgent');
    await page.getByLabel('Red').check();
    await page.getByTestId('label-save').click();
    await row('Statement 0').locator('.label-red').filter({ hasText: 'Urgent' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('navigation').getByRole('link', { name: 'Urgent' }).click();
    await waitForRows(page, 1);
    await openSettings('mailboxes');
    await page.getByTestId('label-line').getByRole('button', { name: /Edit/ }).click();
    await page.getByTestId('label-name').fill('Soon');
    await page.getByTestId('label-save').click();
    await openInbox();
    await row('Statement 0').locator('.label-red').filter({ hasText: 'Soon' }).waitFor();
  });

  it('a mailbox made or removed elsewhere comes and goes here', async () => {
    const run = async (...args: string[]): Promise<void> => {
      const { code, stderr } = await runValija(rig.system, args, rig.user);
      assert.equal(code, 0, stderr);
    };
    const link = page.locator('.nav-link').filter({ hasText: 'Travel' });
    await run('mailbox', 'create', 'Travel');
    await link.waitFor();
    await run('mailbox', 'remove', 'Travel');
    await link.waitFor({ state: 'detached' });
  });

  it('a rule files what arrives: it never shows in the inbox', async () => {
    await openSettings('mailboxes');
    await page.getByTestId('mailbox-add').click();
    await page.getByTestId('mailbox-name').fill('Money');
    // What somebody asked for is not tried again by itself, and he is told so.
    await page.context().setOffline(true);
    await page.getByTestId('mailbox-save').click();
    await page.getByText('No connection. Try again in a moment.').waitFor();
    await page.context().setOffline(false);
    await page.getByTestId('mailbox-save').click();
    await page.getByTestId('mailbox-line').filter({ hasText: 'Money' }).waitFor();
    await openSettings('rules');
    await page.getByTestId('rule-add').click();
    await page.getByTestId('rule-save').click();
    await page.getByText('Give the rule a name.').waitFor();
    await page.getByText('Say what to look for.').first().waitFor();
    await page.getByTestId('rule-name').fill('Bank');
    await page.getByTestId('rule-value').fill('@bank.test');
    // The form is not complete yet: a look at the text takes nothing of it, and what is no form cannot be chosen as one.
    await page.getByRole('radio', { name: 'As Sieve' }).check({ force: true });
    const script = page.getByRole('textbox', { name: 'As Sieve' });
    await script.fill('if true { keep');
    assert.equal(await page.getByRole('radio', { name: 'As a form' }).isDisabled(), true);
    await script.fill('');
    await page.getByRole('radio', { name: 'As a form' }).check({ force: true });
    assert.equal(await page.getByTestId('rule-value').inputValue(), '@bank.test');
    await page.getByLabel('Mailbox', { exact: true }).selectOption('Money');
    await page.getByTestId('rule-try').click();
    await page.getByText(`Fits 6 of the last ${COUNT} mails.`).waitFor();
    await page.getByTestId('rule-save').click();
    await page.getByTestId('rule-card').filter({ hasText: 'Sender contains “@bank.test”' }).waitFor();
    rig.dovecot.deliver('first', [sample('New statement', 0, 'Bank <no@bank.test>')]);
    await openInbox();
    await page.getByTestId('check-now').click();
    await page
      .getByRole('link', { name: /^Money/ })
      .locator('.nav-count')
      .filter({ hasText: '1' })
      .waitFor();
    assert.equal(await row('New statement').count(), 0);
    await page.getByRole('link', { name: /^Money/ }).click();
    await openMail(page, 'New statement');
  });

  it('a rule is applied to mail that is there, and that is taken back', async () => {
    await openSettings('rules');
    await page.getByRole('button', { name: 'More for Bank' }).click();
    await page.getByRole('menuitem', { name: 'Apply to existing mail' }).click();
    await page.getByTestId('rule-apply').click();
    await page.getByText('6 mails changed.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await openInbox();
    await row('Statement 0').waitFor();
  });

  it('a mailbox that is removed leaves its mail in Trash, and its rule says what it could not do', async () => {
    await openSettings('mailboxes');
    await page.getByRole('button', { name: 'More for Money' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await page.getByText('Its mail goes to Trash.').waitFor();
    await page.getByTestId('mailbox-remove').click();
    await page.getByTestId('mailbox-line').filter({ hasText: 'Money' }).waitFor({ state: 'detached' });
    await page.goto(`${rig.system.ready.web}/#/trash`);
    await row('New statement').waitFor();
    rig.dovecot.deliver('first', [sample('Later statement', 0, 'Bank <no@bank.test>')]);
    await openInbox();
    await page.getByTestId('check-now').click();
    await row('Later statement').waitFor();
    await openSettings('rules');
    await page.getByTestId('rule-problems').filter({ hasText: '“Money”' }).waitFor();
  });
});
