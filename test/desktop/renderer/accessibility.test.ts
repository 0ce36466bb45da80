import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import type { Credentials } from '../../harness/system.ts';
import { startClientRig, waitForRows, type ClientRig } from './client-rig.ts';
import { SAMPLES, writeSample } from './sample-mails.ts';
import { ADMIN_TOUR } from './views/admin-tour.ts';
import { arrive } from './views/arrive.ts';
import { COMPOSER_TOUR } from './views/composer-tour.ts';
import { judgeView, STRAINS } from './views/judge-view.ts';
import { MAIL_TOUR } from './views/mail-tour.ts';
import { fillProfile, writeSeedMails } from './views/seed.ts';
import { SETTINGS_TOUR } from './views/settings-tour.ts';
import { SIGN_IN_TOUR } from './views/sign-in-tour.ts';
import { walkTour, type Stop } from './views/stop.ts';

const skip = missingComponent('chromium', 'dovecot', 'smtp-sink');
/** The second language and the narrow window as one begins in it: minutes more, by VALIJA_TESTS=all. */
const LOOKS = [
  { language: 'es', width: 1280 },
  { language: 'en', width: 800 },
] as const;
const all = process.env['VALIJA_TESTS'] === 'all';
const wanted = all ? LOOKS : LOOKS.slice(0, 1);
/** Longer words in a low window: most of what breaks on a telephone, at 200 % or by wider spacing breaks there too. */
const strains = all ? STRAINS : STRAINS.slice(0, 1);

describe('every view', { skip }, () => {
  let rig: ClientRig;
  before(async () => {
    rig = await startClientRig([writeSeedMails(), []]);
    await fillProfile(rig);
  });
  after(async () => await rig?.stop());

  const judgeTour = async (page: Page, stops: readonly Stop[], width: number): Promise<void> => {
    const faults: string[] = [];
    const own = stops.filter(({ like }) => like !== true || all);
    await walkTour(page, rig.system.ready.web ?? '', own, width, async (stop) => {
      faults.push(...(await judgeView(page, stop, strains)));
    });
    assert.deepEqual(faults, []);
  };
  for (const { language, width } of wanted) {
    const title = `can be read and used in every theme, size and spacing: ${language}, ${width} px`;
    const look = { language, scheme: 'light', width } as const;
    const judge = async (who: () => Promise<Credentials | null>, stops: readonly Stop[]): Promise<void> => {
      const page = await arrive(rig, look, await who());
      await judgeTour(page, stops, width);
      await page.context().close();
    };
    it(`${title}: the sign-in`, async () => await judge(async () => null, SIGN_IN_TOUR));
    it(`${title}: reading`, async () => await judge(async () => rig.user, MAIL_TOUR));
    it(`${title}: writing`, async () => await judge(async () => rig.user, COMPOSER_TOUR));
    it(`${title}: settings`, async () => await judge(async () => rig.user, SETTINGS_TOUR));
    it(`${title}: the admin area`, async () =>
      await judge(async () => await rig.system.makeAdmin(), ADMIN_TOUR));
  }
});

const READ_OUT = [
  /button "Skip to the content"/,
  /banner:\n\s+- .*button "Valija: inbox"/,
  /search:\n\s+- combobox "Search mail"/,
  /navigation "Mailboxes":/,
  /link "Inbox 10 unread"/,
  /separator "Width of the list"/,
  /region "Inbox":\n\s+- heading "Inbox" \[level=1\]/,
  /grid "Inbox":\n\s+- 'row "Select Unread Marta Oliveira Offsite on the 12th: the room is ours Hi Ana, /,
  /img "2 attachments"/,
  /(?:region|complementary|main) "Reading pane"/,
];

describe('with the keyboard alone', { skip }, () => {
  let rig: ClientRig;
  before(async () => {
    const mails = SAMPLES.toSorted((a, b) => b.ago - a.ago).map((one) => writeSample(one, Date.now()));
    rig = await startClientRig([mails, []]);
  });
  after(async () => await rig?.stop());

  it('a person signs in, reads, flags, selects, archives, undoes, writes, sends and signs out', async () => {
    const page = await rig.openPage();
    const { keyboard } = page;
    await page.goto(rig.system.ready.web ?? '');
    await page.getByTestId('login-user').waitFor();
    // The first field has the focus already.
    await keyboard.type(rig.user.user);
    await keyboard.press('Tab');
    await keyboard.type(rig.user.password);
    await keyboard.press('Enter');
    await page.getByTestId('message-list').waitFor();
    await tabTo(page, '[data-testid=check-now]');
    await keyboard.press('Enter');
    await waitForRows(page, SAMPLES.length);

    // What a screen reader says of it: each thing once, in whole words.
    const read = await page.locator('body').ariaSnapshot();
    for (const line of READ_OUT) assert.match(read, line);

    // Up from the first row, or from none where mail came after the sign-in: the first row both times.
    await keyboard.press('k');
    await focusIs(page, 'Offsite on the 12th');
    await keyboard.press('Enter');
    await page.getByTestId('message-subject').filter({ hasText: 'Offsite' }).waitFor();
    await keyboard.press('j');
    await page.getByTestId('message-subject').filter({ hasText: 'Revised' }).waitFor();
    await keyboard.press('s');
    await page.locator('[data-open=true] .row-flag[aria-pressed=true]').waitFor({ state: 'attached' });
    await keyboard.press('u');
    await page.getByText('Pick a mail to read it here.').waitFor();

    await keyboard.press('x');
    await keyboard.press('Shift+ArrowDown');
    await page.getByText('2 selected').first().waitFor();
    await keyboard.press('e');
    await page.getByTestId('notice').filter({ hasText: '2 mails archived.' }).waitFor();
    await waitForRows(page, SAMPLES.length - 2);
    await keyboard.press('z');
    await waitForRows(page, SAMPLES.length);

    await keyboard.press('F6');
    await keyboard.press('F6');
    await page.locator('[data-region]:focus-within').waitFor();

    await keyboard.press('c');
    await page.getByTestId('compose-to').waitFor();
    await keyboard.type('marta@oliveira.example');
    await keyboard.press('Tab');
    await tabTo(page, '[data-testid=compose-subject]');
    await keyboard.type('Written without a mouse');
    await keyboard.press('Tab');
    await keyboard.type('Hello');
    await keyboard.press('Control+Enter');
    await page.getByTestId('notice').filter({ hasText: 'Sending in 8 s.' }).waitFor();
    await keyboard.press('g');
    await keyboard.press('s');
    await page.getByTestId('message-row').filter({ hasText: 'Written without a mouse' }).waitFor();
    await keyboard.press('Control+Shift+Q');
    await page.getByText('Signed out. Valija kept nothing on this computer.').waitFor();
  });
});

/** Presses Tab until the wanted element has the focus, as a person would. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab never reached ${selector}`);
}

async function focusIs(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.textContent.includes(wanted) === true, text);
}
