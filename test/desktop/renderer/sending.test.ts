import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { MailError } from '../../../common/errors.ts';
import type { SenderState } from '../../../common/shapes/sender.ts';
import { missingComponent } from '../../harness/component.ts';
import { runValija } from '../../harness/system.ts';
import { checkView, setLanguage } from './check-view.ts';
import { openMail, signIn, startClientRig, waitForRows, waitForValue, type ClientRig } from './client-rig.ts';
import { writeSample } from './sample-mails.ts';
import { PREFLIGHT, QUEUE, makeSentMail, makeStoppedMail, makeUnproven } from './sending-samples.ts';
import { stubCalls } from './stub-calls.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');
const WRONG = 'nobody@far.test';

/** Two PCs of one user; the next hop refuses every recipient. */
describe('mail that waits, that fails, and that is to be remembered', { skip }, () => {
  let rig: ClientRig;
  let here: Page;
  let there: Page;
  before(async () => {
    const mail = {
      from: 'Bea <bea@ok.test>',
      to: 'ana@example.test',
      subject: 'The plan',
      ago: 1,
      text: 'Hi',
    };
    rig = await startClientRig([[writeSample(mail, Date.now())], []], 'start', ['-f', 'RCPT']);
    [here, there] = await Promise.all([rig.openPage(), rig.openPage()]);
    await Promise.all([signIn(here, rig), signIn(there, rig)]);
    await here.getByTestId('check-now').click();
    await waitForRows(here, 1);
    await waitForRows(there, 1);
  });
  after(async () => await rig?.stop());

  const write = async (page: Page, to: string, subject: string): Promise<void> => {
    await page.getByTestId('compose').click();
    await page.getByTestId('compose-to').fill(`${to},`);
    await page.getByTestId('compose-subject').fill(subject);
    await page.getByTestId('compose-body').fill('Shall we say one o’clock?');
  };
  const findIdentity = async (address: string): Promise<{ id: string; account: string }> => {
    const { json } = await runValija(rig.system, ['sender', 'list'], rig.user);
    const found = (json as { senders: SenderState[] }).senders.find((one) => one.address === address);
    assert.ok(found !== undefined, address);
    return { id: found.identity, account: found.account };
  };
  const place = (page: Page, name: string) => page.locator(`[data-box=${name}]`);

  it('is sent later at one PC, and taken back at another', async () => {
    await write(here, WRONG, 'Lunch on Monday');
    await here.getByTestId('way-line').waitFor();
    await here.getByTestId('compose-later').click();
    await here.locator('[data-when=tomorrow]:focus, [data-when=evening]:focus').waitFor();
    await checkView(here, 'sending-later-en');
    await here.locator('[data-when=tomorrow]').click();
    await here.getByTestId('notice').getByText('tomorrow').waitFor();
    // The other PC hears of it by itself.
    await place(there, 'waiting').click();
    const card = there.getByTestId('waiting-mail').filter({ hasText: 'Lunch on Monday' });
    await card.waitFor();
    await checkView(there, 'sending-waiting-en');
    await card.getByTestId('waiting-change').click();
    await there.locator('[data-when=monday], [data-when=tomorrow]').last().click();
    await there.getByTestId('notice').getByText('It leaves').waitFor();
    await card.getByTestId('waiting-back').click();
    await waitForValue(there, 'compose-subject', 'Lunch on Monday');
    await place(here, 'waiting').waitFor({ state: 'detached' });
    await place(here, 'drafts').locator('.nav-count').waitFor();
    assert.deepEqual(rig.sink.mails(), []);
  });

  it('can be undone from another PC while its time lasts', async () => {
    await write(here, WRONG, 'Too early');
    await here.getByTestId('compose-send').click();
    const notice = there.getByTestId('notice').filter({ hasText: 'Too early' });
    await notice.getByRole('button', { name: 'Undo' }).click();
    await waitForValue(there, 'compose-subject', 'Too early');
    await there.keyboard.press('Escape');
  });

  it('shows live that a recipient failed, in plain words and in the server’s own', async () => {
    await write(here, WRONG, 'To nobody');
    await here.getByTestId('compose-send').click();
    await place(here, 'waiting').click();
    await here
      .getByTestId('waiting-mail')
      .filter({ hasText: 'To nobody' })
      .getByTestId('waiting-now')
      .click();
    // What said that it waits goes, and nothing went wrong on the way.
    await here.getByTestId('notice').getByText('It is on its way.').waitFor();
    await here.getByTestId('notice-count').waitFor({ state: 'detached' });
    assert.equal(await here.locator('.notice-problem').count(), 0);
    await place(here, 'sent').locator('.nav-count').waitFor();
    await place(here, 'sent').click();
    const row = here.getByTestId('message-row').filter({ hasText: 'To nobody' });
    await row.locator('[data-send=failed]').waitFor();
    await row.click();
    const status = here.getByTestId('send-status');
    await status.locator('.recipient[data-state=failed]').getByText(WRONG).waitFor();
    await status.getByText('Not delivered', { exact: true }).waitFor();
    await status.getByText('What the server said').click();
    await status
      .locator('code')
      .getByText(/^5\d\d /)
      .waitFor();
    await checkView(here, 'sending-failed-en');
  });

  it('is remembered: by key, when it is due, and until it is done', async () => {
    await place(here, 'inbox').click();
    await openMail(here, 'The plan');
    // A minute is the least that can be chosen: the test does not wait that long.
    await here.route(/\/trpc\/remind\.set/, async (route) => {
      const soon = new Date(Date.now() + 1500).toISOString();
      const body = (route.request().postData() ?? '').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, soon);
      await route.continue({ postData: body });
    });
    await here.keyboard.press('h');
    await here.getByRole('checkbox', { name: 'Only if nobody answers' }).check();
    await checkView(here, 'sending-remind-en');
    await here.locator('[data-when=tomorrow]').click();
    const due = there.getByTestId('notice').filter({ hasText: 'Reminder: The plan' });
    await place(there, 'reminders').locator('.nav-count').waitFor();
    await due.getByRole('button', { name: 'Open' }).click();
    await there.getByTestId('message-subject').getByText('The plan').waitFor();
    await checkView(there, 'sending-reminders-en');
    // Keys walk the cards as they walk rows.
    await there.locator('.reader').focus();
    await there.keyboard.press('j');
    await there.locator('.later-open:focus').waitFor();
    await there.getByTestId('reminder-done').click();
    await place(here, 'reminders').locator('.nav-count').waitFor({ state: 'detached' });
  });

  it('is refused or doubted before it is sent, with what helps', async () => {
    const page = await rig.openPage();
    await signIn(page, rig);
    const asked = await stubCalls(page, PREFLIGHT);
    await write(page, `${WRONG}, ana@null.test`, 'Doubtful');
    const sender = page.getByTestId('sender-problem');
    await sender.getByText('This mail cannot leave like this.').waitFor();
    assert.equal(await page.locator('.recipient-chip[data-bad=true]').count(), 2);
    await checkView(page, 'sending-refused-en');
    await page.getByTestId('send-code').click();
    await page.getByTestId('sender-code').fill('ABCD-2345');
    await sender.getByRole('button', { name: 'Confirm' }).click();
    await sender.waitFor({ state: 'detached' });
    await page.getByTestId('way-line').getByText('Leaves through smtp.gmx.net as ana@gmx.net').waitFor();
    await page.getByTestId('send-all-the-same').click();
    await page
      .locator('[data-testid=recipient-problem][data-reason=suppressed]')
      .waitFor({ state: 'detached' });
    const changes = asked.filter(({ name }) => /confirm|remove/.test(name)).map(({ input }) => input);
    assert.match(JSON.stringify(changes), /"code":"ABCD-2345"\}.*\{"addresses":\["nobody@far.test"\]\}/);
    await page.context().close();
  });

  it('shows what waits at another server and what came back, and can be tried at once', async () => {
    const page = await rig.openPage();
    await signIn(page, rig);
    const asked = await stubCalls(page, { 'mail.show': makeSentMail, ...QUEUE });
    await page.goto(`${rig.system.ready.web}/#/sent/m1`);
    const status = page.getByTestId('send-status');
    await status.getByText('1 of 3 recipients did not get it').waitFor();
    await status
      .locator('.recipient[data-state=deferred]')
      .getByText(/Next try in 1\d minutes/)
      .waitFor();
    await status.getByText('came back', { exact: true }).waitFor();
    await checkView(page, 'sending-status-en');
    await page.getByTestId('queued-retry').click();
    await page.getByTestId('notice').getByText('It is tried again now.').waitFor();
    assert.deepEqual(asked.find(({ name }) => name === 'queue.retry')?.input, { ids: ['queue_1-2'] });
    await page.context().close();
  });

  it('says who stopped a mail, and lets an address that failed before be tried again', async () => {
    const page = await rig.openPage();
    await signIn(page, rig);
    const { 'suppression.list': suppressions } = PREFLIGHT;
    let allowed = false;
    const asked = await stubCalls(page, {
      ...QUEUE,
      'mail.show': makeStoppedMail,
      'suppression.list': () => (allowed ? { suppressions: [] } : suppressions()),
      'suppression.remove': () => {
        allowed = true;
        return { removed: 1 };
      },
    });
    await page.goto(`${rig.system.ready.web}/#/sent/m2`);
    const status = page.getByTestId('send-status');
    await status.getByText('3 of 4 recipients did not get it').waitFor();
    await status.getByText('An administrator cancelled this mail.').waitFor();
    assert.equal(await status.getByText('It was taken out of the queue.').count(), 1);
    await checkView(page, 'sending-stopped-en');
    await status.getByTestId('allow-again').click();
    await page.getByTestId('notice').getByText('Mail to nobody@far.test is tried again.').waitFor();
    await status.getByTestId('allow-again').waitFor({ state: 'detached' });
    const changes = asked.filter(({ name }) => name === 'suppression.remove').map(({ input }) => input);
    assert.deepEqual(changes, [{ addresses: ['nobody@far.test'] }]);
    await page.context().close();
  });

  it('takes the first tap on a telephone, and a code that was sent before', async () => {
    const phone = { width: 390, height: 844 };
    const page = await rig.openPage({ viewport: phone, hasTouch: true, isMobile: true });
    await signIn(page, rig);
    const identity = await findIdentity('ana@example.test');
    const asked = await stubCalls(page, {
      ...makeUnproven(identity, null),
      'sender.sendCode': () => {
        throw new MailError('too-soon', 'a moment ago', { reason: 'sender-code', retryAfter: 2 });
      },
    });
    await page.getByTestId('compose').click();
    await page.getByTestId('compose-to').pressSequentially('somebody.with.a.long.name@ok.test,');
    const send = page.getByTestId('send-code');
    const box = await send.boundingBox();
    assert.ok(box !== null);
    // At its lower edge, which the line of the addresses would leave when it loses the focus.
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height - 3);
    await page.getByTestId('sender-code').waitFor();
    await page.getByText('A code was sent a moment ago.').waitFor();
    assert.equal(asked.filter(({ name }) => name === 'sender.sendCode').length, 1);
    assert.ok(await send.isDisabled(), 'another code cannot be asked for yet');
    await page.locator('[data-testid=send-code]:enabled').waitFor();
    await stubCalls(page, makeUnproven(identity, new Date(Date.now() - 600_000).toISOString()));
    await page.goto(`${rig.system.ready.web}/#/settings/accounts`);
    const unproven = page.getByTestId('unproven-sender');
    await unproven.getByText('A mail with a code went to ana@example.test').waitFor();
    await unproven.getByTestId('sender-code').waitFor();
    await checkView(page, 'sending-unproven-en-390');
    await page.context().close();
  });

  it('looks right in Spanish, in the dark and on a telephone', async () => {
    await there.emulateMedia({ colorScheme: 'dark' });
    await setLanguage(there, rig, 'es');
    await place(there, 'sent').click();
    await there.getByTestId('message-row').filter({ hasText: 'To nobody' }).click();
    await there.getByTestId('send-status').getByText('No se entregó').waitFor();
    await checkView(there, 'sending-failed-es-dark');
    await there.setViewportSize({ width: 390, height: 844 });
    await there.goto(`${rig.system.ready.web}/#/reminders`);
    await there.getByText('No hay recordatorios').waitFor();
    await checkView(there, 'sending-reminders-es-390');
    await there.goto(`${rig.system.ready.web}/#/settings/programs`);
    await there.getByTestId('program-name').fill('Escáner');
    await there.getByTestId('program-add').click();
    assert.match(
      (await there.getByTestId('program-password').textContent()) ?? '',
      /^[a-z0-9]{5}(?:-[a-z0-9]{5}){3}$/,
    );
    await there.getByTestId('program-made').getByText('STARTTLS').or(there.getByText('ninguno')).waitFor();
    await checkView(there, 'sending-programs-es-390');
    await there.getByTestId('program-noted').click();
    await there.getByTestId('program').getByRole('button').click();
    await there.getByTestId('program-remove-yes').click();
    await there.getByTestId('program').waitFor({ state: 'detached' });
  });
});
