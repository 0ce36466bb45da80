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

  it('a mail that this client moved is in the list that was read before', async () => {
    const asking = Promise.withResolvers<void>();
    const move = await keepAnswer(here, 'mail.move', asking.promise);
    await openMail(here, 'One');
    await here.keyboard.press('#');
    await here.locator('[data-box=trash]').click();
    await here.getByText('Nothing here.').waitFor();
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
