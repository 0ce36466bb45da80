import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import { runValija } from '../../harness/system.ts';
import { checkView } from './check-view.ts';
import { signIn, startClientRig, waitForRows, type ClientRig } from './client-rig.ts';
import { writeSample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');
const SUBJECTS = ['One', 'Two', 'Three', 'Four', 'Five'];

describe('keys on a row that has the focus, with no mail open', { skip }, () => {
  let rig: ClientRig;
  let page: Page;
  const row = (subject: string) => page.getByTestId('message-row').filter({ hasText: subject });
  const focused = async (): Promise<string> =>
    (await page.locator('[role=row]:focus .row-subject').textContent()) ?? '';
  before(async () => {
    const mails = SUBJECTS.map((subject, at) =>
      writeSample(
        { from: 'B <b@ok.test>', to: 'ana@example.test', subject, ago: at + 1, text: subject },
        Date.now(),
      ),
    );
    rig = await startClientRig([mails, []]);
    page = await rig.openPage();
    await signIn(page, rig);
    await page.getByTestId('check-now').click();
    await waitForRows(page, SUBJECTS.length);
  });
  after(async () => await rig?.stop());

  it('flag and mark it', async () => {
    await row('One').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('s');
    await row('Two').locator('.row-flag[aria-pressed=true]').waitFor();
    await page.keyboard.press('Shift+I');
    await page.locator('[data-unread=false]').filter({ hasText: 'Two' }).waitFor();
    await page.keyboard.press('Shift+U');
    await page.locator('[data-unread=true]').filter({ hasText: 'Two' }).waitFor();
    await page.keyboard.press('s');
    await row('Two').locator('.row-flag[aria-pressed=false]').waitFor();
    assert.equal(await page.getByTestId('message-subject').count(), 0);
  });

  it('take it away, and the focus goes to the next', async () => {
    for (const [key, gone, next, box] of [
      ['e', 'Two', 'Three', 'archive'],
      ['!', 'Three', 'Four', 'junk'],
      ['Delete', 'Four', 'Five', 'trash'],
      ['#', 'Five', 'One', 'trash'],
    ] as const) {
      await page.keyboard.press(key);
      await row(gone).waitFor({ state: 'detached' });
      await page.locator('[role=row]:focus').filter({ hasText: next }).waitFor();
      assert.equal(await focused(), next);
      assert.ok(await page.locator(`[data-box=${box}]`).isVisible());
    }
    await page.keyboard.press('z');
    await row('Five').waitFor();
  });

  it('ask before they delete for ever', async () => {
    await page.locator('[data-box=trash]').click();
    await row('Four').focus();
    await page.keyboard.press('#');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete for ever' }).click();
    await page.getByText('Nothing here.').waitFor();
  });

  it('mean the open mail when the focus is elsewhere, and the focused row when it is on another', async () => {
    await page.locator('[data-box=inbox]').click();
    await row('One').click();
    await page.getByTestId('message-subject').filter({ hasText: 'One' }).waitFor();
    await page.locator('.reader-scroller').focus();
    await page.keyboard.press('s');
    await row('One').locator('.row-flag[aria-pressed=true]').waitFor();
    await row('Five').focus();
    await page.keyboard.press('s');
    await row('Five').locator('.row-flag[aria-pressed=true]').waitFor();
    await row('One').locator('.row-flag[aria-pressed=true]').waitFor();
  });

  it('and the pointer: what is ticked is dragged onto a mailbox', async () => {
    for (const subject of ['One', 'Five']) await row(subject).locator('.row-tick').click();
    await row('One').dragTo(page.locator('[data-box=archive]'));
    await page.getByText('2 mails archived.').waitFor();
    await row('One').waitFor({ state: 'detached' });
    await page.keyboard.press('z');
    await row('One').waitFor();
    await row('Five').waitFor();
    assert.equal(await page.locator('[data-over]').count(), 0);
  });

  it('snooze it: it is out of the way, elsewhere to be found, and undone it is back', async () => {
    await row('Five').focus();
    await page.keyboard.press('b');
    await checkView(page, 'snooze-dialog');
    await page.locator('[data-when=tomorrow]').click();
    await row('Five').waitFor({ state: 'detached' });
    await page.locator('[role=row]:focus').filter({ hasText: 'One' }).waitFor();
    await page.locator('[data-box=snoozed]').click();
    const card = page.getByTestId('snoozed').filter({ hasText: 'Five' });
    await card.waitFor();
    await checkView(page, 'snoozed');
    await page.keyboard.press('z');
    await card.waitFor({ state: 'detached' });
    await page.locator('[data-box=inbox]').click();
    await row('Five').waitFor();
  });

  it('what was snoozed comes back while one looks on: above what is newer, unread, and said', async () => {
    await row('Five').focus();
    await page.keyboard.press('Shift+I');
    await page.locator('[data-unread=false]').filter({ hasText: 'Five' }).waitFor();
    const id = (await row('Five').getAttribute('data-id')) ?? '';
    const { code } = await runValija(
      rig.system,
      ['snooze', id, '--until', new Date().toISOString()],
      rig.user,
    );
    assert.equal(code, 0);
    await page.getByTestId('notice').filter({ hasText: 'Back in the Inbox: Five' }).waitFor();
    const first = page.getByTestId('message-row').first();
    await first.filter({ hasText: 'Five' }).getByRole('img', { name: 'Back from snooze' }).waitFor();
    assert.equal(await first.getAttribute('data-unread'), 'true');
  });

  it('leave "g s" alone: it goes to Sent', async () => {
    await row('Five').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.locator('[data-box=sent][aria-current]').waitFor();
  });
});
