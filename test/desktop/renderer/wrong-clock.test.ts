import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import { runValija } from '../../harness/system.ts';
import { formatFields } from '../../../desktop/renderer/later/date-fields.ts';
import { openMail, signIn, startClientRig, type ClientRig } from './client-rig.ts';
import { writeSample } from './sample-mails.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');
const HOUR = 3_600_000;

/** A PC whose clock is so many milliseconds ahead. */
async function openWrongPc(rig: ClientRig, ahead: number): Promise<Page> {
  const page = await rig.openPage({ timezoneId: 'UTC' });
  await page.addInitScript((difference) => {
    const read = Date.now.bind(Date);
    globalThis.Date = class extends Date {
      constructor(...given: []) {
        super(...((given.length === 0 ? [read() + difference] : given) as []));
      }
      static override now = () => read() + difference;
    } as DateConstructor;
  }, ahead);
  return page;
}

/** The exchanges of tokens from now on. */
function watchRefreshes(page: Page): string[] {
  const refreshed: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/session/refresh')) refreshed.push(request.url());
  });
  return refreshed;
}

describe('on a PC whose clock is wrong', { skip }, () => {
  let rig: ClientRig;
  const letter = (subject: string): Uint8Array =>
    writeSample({ from: 'Bea <bea@ok.test>', to: 'ana@example.test', subject, ago: 0 }, Date.now());
  before(async () => {
    rig = await startClientRig([[letter('The plan')], []]);
  });
  after(async () => await rig?.stop());

  for (const [name, hours] of [
    ['behind', -3],
    ['ahead', 3],
  ] as const) {
    it(`${name}: tokens are kept, news are news, and what is sent later leaves when it should`, async () => {
      const page = await openWrongPc(rig, hours * HOUR);
      await signIn(page, rig);
      const refreshed = watchRefreshes(page);
      rig.dovecot.deliver('first', [letter(`News ${name}`)]);
      const { code, stderr } = await runValija(rig.system, ['check'], rig.user);
      assert.equal(code, 0, stderr);
      await page
        .getByTestId('status')
        .getByText(/^\d new mails?$/)
        .waitFor();
      await page.getByTestId('compose').click();
      await page.getByTestId('compose-to').fill('bea@ok.test,');
      await page.getByTestId('compose-subject').fill(`Later, ${name}`);
      await page.getByTestId('compose-later').click();
      const set = async (at: number): Promise<void> => {
        const { date, time } = formatFields(at, 'UTC');
        await page.getByTestId('when-date').fill(date);
        await page.getByTestId('when-time').fill(time);
        await page.getByTestId('when-set').click();
      };
      await set(Date.now() - HOUR);
      await page.getByTestId('when-dialog').getByRole('alert').waitFor();
      const due = Date.now() + HOUR;
      await set(due);
      await page
        .getByTestId('notice')
        .getByText(/today|tomorrow/)
        .waitFor();
      const { json } = await runValija(rig.system, ['send', 'waiting'], rig.user);
      const { sends } = json as { sends: { subject: string; at: string }[] };
      const mail = sends.find(({ subject }) => subject === `Later, ${name}`);
      // What was typed has no seconds.
      assert.equal(Date.parse(mail?.at ?? ''), Math.floor(due / 60_000) * 60_000, JSON.stringify(sends));
      assert.deepEqual(refreshed, []);
    });
  }

  it('a file is fetched all the same when its token has ended meanwhile', async () => {
    const page = await openWrongPc(rig, 0);
    await signIn(page, rig);
    await openMail(page, 'The plan');
    let asked = 0;
    const refreshed = watchRefreshes(page);
    await page.route('**/mail/*/raw', async (route) => {
      const authorization = (await route.request().headerValue('authorization')) ?? '';
      asked += 1;
      // The server takes the first for none of its tokens.
      const sent = asked === 1 ? authorization.slice(0, -4) : authorization;
      await route.continue({ headers: { ...route.request().headers(), authorization: sent } });
    });
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Show source…' }).click();
    await page.getByTestId('source').getByText('Subject: The plan').waitFor();
    assert.deepEqual([asked, refreshed.length], [2, 1]);
  });
});
