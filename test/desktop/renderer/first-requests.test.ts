import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import { signIn, startClientRig, waitForRows, type ClientRig } from './client-rig.ts';
import { writeSample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');

describe('the first requests of a start', { skip }, () => {
  let rig: ClientRig;
  let page: Page;
  /** What is asked until `shown`, as `METHOD path`; streams and what is loaded after the list are not of the start. */
  const listRequests = async (act: () => Promise<unknown>, shown: () => Promise<unknown>) => {
    const asked: string[] = [];
    const note = (request: { method(): string; url(): string; postData(): string | null }): void => {
      const { pathname } = new URL(request.url());
      if (!request.url().startsWith('data:'))
        asked.push(`${request.method()} ${pathname.replace(/app-\w+/, 'app')}`);
    };
    page.on('request', note);
    await act();
    await shown();
    page.off('request', note);
    return asked;
  };
  const goTo = async (hash: string): Promise<void> => {
    // Another place of the same page would not load it anew.
    await page.goto('about:blank');
    await page.goto(`${rig.system.ready.web}/${hash}`);
  };
  const LIST = 'POST /trpc/mail.list,mailbox.list,sending.waiting,remind.list';
  before(async () => {
    const subjects = ['One', 'Two'];
    const mails = subjects.map((subject, ago) =>
      writeSample({ from: 'bea@ok.test', to: 'ana@example.test', subject, ago, text: subject }, Date.now()),
    );
    rig = await startClientRig([mails, []]);
    page = await rig.openPage({ reducedMotion: 'reduce' });
    await signIn(page, rig);
    await page.getByTestId('check-now').click();
    await waitForRows(page, 2);
  });
  after(async () => await rig?.stop());

  it('are five, the last of which is under way before the script is there', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/assets/app-*.js', async (route) => (await held, await route.continue()));
    // What the former page still loads is not of this start.
    await page.goto('about:blank');
    const answered = page.waitForResponse(/mail\.list/);
    const asked = await listRequests(
      async () => {
        await page.goto(rig.system.ready.web ?? '', { waitUntil: 'commit' });
        assert.equal((await answered).status(), 200);
        release();
      },
      async () => await waitForRows(page, 2),
    );
    await page.unroute('**/assets/app-*.js');
    const first = [
      'GET /',
      'GET /assets/app.js',
      'GET /health',
      'POST /session/refresh',
      `${LIST},snooze.list`,
    ];
    assert.deepEqual(asked.slice(0, 5).sort(), first.sort());
    assert.equal(asked.filter((one) => one.includes('mail.list')).length, 1, asked.join('\n'));
    assert.ok(!asked.some((one) => one.startsWith('OPTIONS')), asked.join('\n'));
  });

  it('ask for the place that the address names, as the person reads lists', async () => {
    const sent = await listRequests(
      async () => await goTo('#/sent'),
      async () => await waitForRows(page, 0),
    );
    assert.deepEqual(
      sent.filter((one) => one.includes('mail.list')),
      [LIST],
    );
    await goTo('#/settings/appearance');
    const saved = page.waitForResponse(/profile\.change/);
    await page.getByLabel('Group conversations').check();
    await saved;
    const grouped = await listRequests(
      async () => await goTo('#/inbox'),
      async () => await waitForRows(page, 2),
    );
    assert.deepEqual(
      grouped.filter((one) => one.includes('mail.list')),
      [`${LIST},snooze.list`],
    );
  });

  it('are made again by the client where they failed', async () => {
    let failures = 0;
    await page.route(/mail\.list/, async (route) => {
      failures += 1;
      await (failures === 1 ? route.abort() : route.fallback());
    });
    await goTo('#/inbox');
    await waitForRows(page, 2);
    assert.equal(failures, 2);
    await page.unroute(/mail\.list/);
  });

  it('ask once who is there, and show the sign-in to who is not', async () => {
    await page.getByTestId('sign-out').first().click();
    await page.getByTestId('login-user').waitFor();
    const asked = await listRequests(
      async () => await page.reload(),
      async () => await page.getByTestId('login-user').waitFor(),
    );
    assert.equal(asked.filter((one) => one === 'POST /session/refresh').length, 1);
    assert.ok(!asked.some((one) => one.includes('mail.list')));
  });
});
