import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import { openMail, signIn, startClientRig, waitForRows, type ClientRig } from './client-rig.ts';
import { writeSample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

/** Lets the server do what is asked, and keeps the answer of the first such call until it is let go. */
async function keepAnswer(page: Page, name: string) {
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const sent = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  sent.resolve();
  let gate = sent.promise;
  await page.route(
    new RegExp(name.replace('.', '\\.')),
    async (route) => {
      asked.resolve();
      await gate;
      const response = await route.fetch();
      answered.resolve();
      await told.promise;
      await route.fulfill({ response });
    },
    { times: 1 },
  );
  return {
    asked: asked.promise,
    answered: answered.promise,
    letGo: () => told.resolve(),
    /** Keeps the question too; returns how to ask it. */
    keepQuestion: () => {
      const question = Promise.withResolvers<void>();
      gate = question.promise;
      return () => question.resolve();
    },
  };
}

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
    const move = await keepAnswer(here, 'mail.move');
    const ask = move.keepQuestion();
    await openMail(here, 'One');
    await here.keyboard.press('#');
    await here.locator('[data-box=trash]').click();
    await here.getByText('Nothing here.').waitFor();
    const told = here.waitForResponse(/mail\.changes/);
    ask();
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
});
