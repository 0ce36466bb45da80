import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import { runValija } from '../../harness/system.ts';
import { openMail, signIn, startClientRig, waitForRows, type ClientRig } from './client-rig.ts';
import { keepAnswer } from './keep-answer.ts';
import { writeSample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

describe('what the server tells while its answer is on the way', { skip }, () => {
  let rig: ClientRig;
  let here: Page;
  let there: Page;
  before(async () => {
    const mails = ['One', 'Two', 'Three'].map((subject, at) =>
      writeSample(
        { from: 'Bea <bea@ok.test>', to: 'ana@example.test', subject, ago: at + 1, text: subject },
        Date.now(),
      ),
    );
    rig = await startClientRig([mails, []]);
    here = await rig.openPage();
    await signIn(here, rig);
    await here.getByTestId('check-now').click();
    await waitForRows(here, 3);
    there = await rig.openPage();
    await signIn(there, rig);
    await waitForRows(there, 3);
  });
  after(async () => await rig?.stop());
  const row = (subject: string) => here.getByTestId('message-row').filter({ hasText: subject });

  it('a mail that this client is moving is in the list of its new place at once, and stays there', async () => {
    const asking = Promise.withResolvers<void>();
    const move = await keepAnswer(here, 'mail.move', asking.promise);
    await openMail(here, 'One');
    await here.keyboard.press('#');
    await here.locator('[data-box=trash]').click();
    await row('One').waitFor();
    const told = here.waitForResponse(/mail\.changes/);
    asking.resolve();
    await told;
    move.letGo();
    await row('One').waitFor();
  });

  it('a mail that another PC moved is in the list that is being read', async () => {
    const list = await keepAnswer(here, 'mail.list');
    await here.locator('[data-box=archive]').click();
    await list.answered;
    const told = here.waitForResponse(/mail\.changes/);
    await openMail(there, 'Two');
    await there.keyboard.press('e');
    await told;
    list.letGo();
    await row('Two').waitFor();
  });

  it('a mail that another PC deleted for ever stays away where the server refuses to move it', async () => {
    const asking = Promise.withResolvers<void>();
    const move = await keepAnswer(here, 'mail.move', asking.promise);
    move.letGo();
    for (const page of [here, there]) {
      await page.locator('[data-box=trash]').click();
      await openMail(page, 'One');
    }
    await here.keyboard.press('e');
    await row('One').waitFor({ state: 'detached' });
    const told = here.waitForResponse(/mail\.changes/);
    await there.getByRole('button', { name: 'Delete for ever' }).click();
    await there.getByRole('dialog').getByRole('button', { name: 'Delete for ever' }).click();
    await told;
    const back = here.waitForResponse(/mail\.changes/);
    asking.resolve();
    await here.getByRole('button', { name: 'Retry' }).waitFor();
    await back;
    await row('One').waitFor({ state: 'detached' });
  });

  it('a reminder that was set while the stream was broken and became due is counted once it is back', async () => {
    const page = await rig.openPage();
    const away = Promise.withResolvers<void>();
    const again = Promise.withResolvers<void>();
    let streams = 0;
    await page.route(/event\.watch/, async (route) => {
      streams += 1;
      if (streams > 1) {
        again.resolve();
        await away.promise;
        return await route.fallback();
      }
      const headers = { 'content-type': 'text/event-stream', 'access-control-allow-origin': '*' };
      await route.fulfill({ status: 200, headers, body: 'event: connected\ndata: {}\n\n' });
    });
    await signIn(page, rig);
    await waitForRows(page, 1);
    await again.promise;
    const { json } = await runValija(rig.system, ['search', 'Three'], rig.user);
    const [mail] = (json as { mails: { id: string }[] }).mails;
    const at = new Date(Date.now() + 1500).toISOString();
    const { code, stderr } = await runValija(
      rig.system,
      ['remind', 'set', mail?.id ?? '', '--at', at],
      rig.user,
    );
    assert.equal(code, 0, stderr);
    const isDue = async (): Promise<boolean> => {
      const { json: told } = await runValija(rig.system, ['remind', 'list'], rig.user);
      return (told as { reminders: { state: string }[] }).reminders.some(({ state }) => state === 'due');
    };
    while (!(await isDue())) await page.waitForTimeout(200);
    const reminders = page.locator('[data-box=reminders]');
    assert.doesNotMatch(await reminders.innerText(), /1/);
    away.resolve();
    await reminders.filter({ hasText: '1' }).waitFor();
  });

  it('what another PC changed in the profile while the change before it is being read is shown', async () => {
    const add = async (name: string): Promise<void> => {
      const { code, stderr } = await runValija(
        rig.system,
        ['template', 'add', name, '--subject', name],
        rig.user,
      );
      assert.equal(code, 0, stderr);
    };
    const card = (page: Page, name: string) => page.getByTestId('template-card').filter({ hasText: name });
    for (const page of [here, there]) await page.goto(`${rig.system.ready.web}/#/settings/templates`);
    await add('Known');
    for (const page of [here, there]) await card(page, 'Known').waitFor();
    const read = await keepAnswer(here, 'profile.read');
    await add('First');
    await read.answered;
    await add('Second');
    await card(there, 'Second').waitFor();
    read.letGo();
    await card(here, 'Second').waitFor();
  });
});
