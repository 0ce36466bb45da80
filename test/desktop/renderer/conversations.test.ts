import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import { checkView } from './check-view.ts';
import { signIn, startClientRig, waitForRows, type ClientRig } from './client-rig.ts';
import { findPrintFrame, keepPrintFrames } from './print-frame.ts';
import { writeSample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

describe('conversations', { skip }, () => {
  let rig: ClientRig;
  let page: Page;
  const write = (subject: string, ago: number, id: string, answers: string | null): Uint8Array => {
    const headers = answers === null ? [] : [`In-Reply-To: <${answers}>`, `References: <${answers}>`];
    const mail = writeSample(
      { from: 'Bea <bea@ok.test>', to: 'ana@example.test', subject, ago, text: `${id} says`, headers },
      Date.now(),
    );
    return Buffer.from(
      Buffer.from(mail)
        .toString()
        .replace(/^Message-ID: .*$/m, `Message-ID: <${id}>`),
    );
  };
  const row = (subject: string) => page.getByTestId('message-row').filter({ hasText: subject });
  before(async () => {
    const mails = [
      write('Picnic', 5, 'p1@ok.test', null),
      write('Re: Picnic', 4, 'p2@ok.test', 'p1@ok.test'),
      write('Re: Picnic', 3, 'p3@ok.test', 'p2@ok.test'),
      write('Alone', 2, 'a1@ok.test', null),
    ];
    rig = await startClientRig([mails, []]);
    page = await rig.openPage({ reducedMotion: 'reduce' });
    await keepPrintFrames(page);
    await signIn(page, rig);
    await page.getByTestId('check-now').click();
    await waitForRows(page, 4);
  });
  after(async () => await rig?.stop());

  it('are one row each when the person wants that', async () => {
    await page.goto(`${rig.system.ready.web}/#/settings/appearance`);
    await page.getByLabel('Group conversations').check();
    await page.goto(`${rig.system.ready.web}/#/inbox`);
    await waitForRows(page, 2);
    await row('Picnic').locator('.row-count').filter({ hasText: '3' }).waitFor();
    await checkView(page, 'conversations');
  });

  it('show their other mails under the open one', async () => {
    await row('Picnic').click();
    await page.getByTestId('conversation').getByRole('button').nth(2).waitFor();
    await checkView(page, 'conversation-open');
    await page.getByTestId('conversation').getByRole('button').first().click();
    await page
      .getByTestId('message-subject')
      .filter({ hasText: /^Picnic$/ })
      .waitFor();
    await page.keyboard.press('Escape');
  });

  it('are printed as a whole, or one of their mails by itself', async () => {
    const read = async (count: number) => {
      await page
        .locator('[data-testid=print-frame][data-ready]')
        .nth(count - 1)
        .waitFor({ state: 'attached' });
      return await findPrintFrame(page).evaluate((element) => {
        const { body } = (element as HTMLIFrameElement).contentDocument!;
        const mails = [...body.querySelectorAll('.print-mail')].map((one) => one.textContent);
        return { head: body.querySelector('h1')?.textContent, mails };
      });
    };
    await row('Picnic').click();
    await page.getByTestId('conversation').getByRole('button').nth(2).waitFor();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Print conversation…' }).click();
    const whole = await read(1);
    assert.equal(whole.head, 'Picnic');
    assert.deepEqual(
      whole.mails.map((text) => /p\d@ok\.test says/.exec(text)?.[0]),
      ['p1@ok.test says', 'p2@ok.test says', 'p3@ok.test says'],
    );
    await page.keyboard.press('Control+p');
    assert.equal((await read(2)).mails.length, 1);
  });

  it('show the source of a mail', async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Show source…' }).click();
    await page.getByTestId('source').getByText('Message-ID: <p3@ok.test>').waitFor();
    await checkView(page, 'mail-source');
    await page.keyboard.press('Escape');
    await page.getByTestId('source').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
  });

  it('grow when an answer comes, and are moved and brought back as a whole', async () => {
    rig.dovecot.deliver('first', [write('RE: Picnic', 0, 'p4@ok.test', 'p3@ok.test')]);
    await page.getByTestId('check-now').click();
    await row('Picnic').locator('.row-count').filter({ hasText: '4' }).waitFor();
    await row('Picnic').focus();
    await page.keyboard.press('e');
    await page.getByText('4 mails archived.').waitFor();
    await waitForRows(page, 1);
    await page.keyboard.press('z');
    await row('Picnic').locator('.row-count').filter({ hasText: '4' }).waitFor();
  });

  it('leave an answer where it is that the person has not seen yet', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    // Held, not refused: without a connection the client would wait longer and longer before it asks again. The list too:
    // it is read again a moment after what was brought back before.
    await page.route(/mail\.(changes|list)/, async (route) => {
      await held;
      await route.fallback();
    });
    rig.dovecot.deliver('first', [write('RE: Picnic', 0, 'p5@ok.test', 'p4@ok.test')]);
    const checked = page.waitForResponse(/check\.run/);
    await page.getByTestId('check-now').click();
    await checked;
    await row('Picnic').locator('.row-count').filter({ hasText: '4' }).waitFor();
    const moved = page.waitForResponse(/mail\.move/);
    await row('Picnic').focus();
    await page.keyboard.press('e');
    await moved;
    release();
    await row('Picnic').filter({ hasText: 'p5' }).waitFor();
  });

  it('leave an answer where it is whose news came, but not the list that would show it', async () => {
    await page.unroute(/mail\.(changes|list)/);
    rig.dovecot.deliver('first', [
      write('Lunch', 2, 'l1@ok.test', null),
      write('Re: Lunch', 1, 'l2@ok.test', 'l1@ok.test'),
    ]);
    await page.getByTestId('check-now').click();
    await row('Lunch').locator('.row-count').filter({ hasText: '2' }).waitFor();
    const held = Promise.withResolvers<void>();
    await page.route(/mail\.list/, async (route) => {
      await held.promise;
      await route.fallback();
    });
    rig.dovecot.deliver('first', [write('RE: Lunch', 0, 'l3@ok.test', 'l2@ok.test')]);
    const told = page.waitForResponse(/mail\.changes/);
    await page.getByTestId('check-now').click();
    await told;
    await row('Lunch').locator('.row-count').filter({ hasText: '2' }).waitFor();
    const moved = page.waitForResponse(/mail\.move/);
    await row('Lunch').focus();
    await page.keyboard.press('e');
    await moved;
    held.resolve();
    await row('Lunch').filter({ hasText: 'l3' }).waitFor();
  });

  it('a mail that is brought back before the server has moved it is back', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let asked = 0;
    let answered = 0;
    await page.route(/mail\.move/, async (route) => {
      asked += 1;
      if (asked === 1) await held;
      await route.fallback();
    });
    const both = page.waitForEvent(
      'response',
      (response) => /mail\.move/.test(response.url()) && ++answered === 2,
    );
    await row('Alone').focus();
    await page.keyboard.press('e');
    await row('Alone').waitFor({ state: 'detached' });
    await page.keyboard.press('z');
    await row('Alone').waitFor();
    release();
    await both;
    await page.reload();
    await row('Alone').waitFor();
  });
});
