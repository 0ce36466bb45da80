import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { ROOT } from '../../../harness/server-process.ts';
import type { Credentials } from '../../../harness/system.ts';
import { startClientRig, type ClientRig } from '../client-rig.ts';
import { ADMIN_TOUR } from './admin-tour.ts';
import { arrive } from './arrive.ts';
import { COMPOSER_TOUR } from './composer-tour.ts';
import { judgeView, STRAINS } from './judge-view.ts';
import { MAIL_TOUR } from './mail-tour.ts';
import { fillProfile, writeSeedMails } from './seed.ts';
import { SETTINGS_TOUR } from './settings-tour.ts';
import { SIGN_IN_TOUR } from './sign-in-tour.ts';
import { waitForFrames } from './strain.ts';
import { walkTour, type Stop } from './stop.ts';

/**
 * `npm run looks`: a picture of every view in each language, light and dark, wide and narrow, to test-output/looks, and sheets of
 * twelve where ImageMagick is there. `--language L` and `--only WORD` take fewer; `--judge` also says what
 * test/desktop/renderer/accessibility.test.ts would find.
 */
const FOLDER = join(ROOT, 'test-output', 'looks');
const SCHEMES = ['light', 'dark'] as const;
const WIDTHS = [1280, 800] as const;
const HEIGHT = { 1280: 800, 800: 600 };

const { values } = parseArgs({
  options: {
    language: { type: 'string' },
    only: { type: 'string', default: '' },
    judge: { type: 'boolean', default: false },
  },
});

/** A tour, and as whom it is made. */
type Tour = readonly [Credentials | null, readonly Stop[]];

/** Returns what did not open; the other views are worth looking at all the same. */
async function takeLooks(rig: ClientRig, language: 'en' | 'es', tours: readonly Tour[]): Promise<string[]> {
  const missed: string[] = [];
  let count = 0;
  for (const [user, stops] of tours) {
    const page = await arrive(rig, { language, scheme: 'light', width: 1280 }, user);
    page.setDefaultTimeout(15_000);
    for (const stop of stops.filter(({ name }) => name.includes(values.only))) {
      const name = `${String(++count).padStart(2, '0')}-${stop.name}`;
      try {
        await walkTour(page, rig.system.ready.web ?? '', [stop], 1280, async () => {
          await takeStop(page, stop, language, name);
          if (values.judge) for (const line of await judgeView(page, stop, STRAINS)) console.log(line);
        });
      } catch (error) {
        missed.push(`${language}: ${(error as Error).message}`);
      }
    }
    await page.context().close();
  }
  return missed;
}

async function takeStop(page: Page, stop: Stop, language: string, name: string): Promise<void> {
  for (const width of stop.hanging === true ? [1280] : WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT[width as 1280 | 800] });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await waitForFrames(page);
      const folder = join(FOLDER, `${language}-${colorScheme}-${width}`);
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`) });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** The pictures of a look side by side. */
function layOut(look: string): void {
  const names = readdirSync(join(FOLDER, look)).sort();
  for (let at = 0; at < names.length; at += 12) {
    const pictures = names.slice(at, at + 12).flatMap((name) => ['-label', name.replace('.png', ''), name]);
    const layout = ['-tile', '4x3', '-geometry', '760x+6+6', '-background', '#888'];
    const sheet = join('..', `sheet-${look}-${at / 12 + 1}.png`);
    execFileSync('montage', [...pictures, ...layout, sheet], { cwd: join(FOLDER, look) });
  }
}

const rig = await startClientRig([writeSeedMails(), []]);
try {
  await fillProfile(rig);
  const admin = await rig.system.makeAdmin();
  const tours: Tour[] = [
    [null, SIGN_IN_TOUR],
    [rig.user, MAIL_TOUR],
    [rig.user, COMPOSER_TOUR],
    [rig.user, SETTINGS_TOUR],
    [admin, ADMIN_TOUR],
  ];
  rmSync(FOLDER, { recursive: true, force: true });
  const languages = (['en', 'es'] as const).filter((one) => (values.language ?? one) === one);
  for (const language of languages) {
    const missed = await takeLooks(rig, language, tours);
    for (const line of missed) console.error(line);
    if (missed.length > 0) process.exitCode = 1;
  }
  for (const look of readdirSync(FOLDER)) {
    try {
      layOut(look);
    } catch (error) {
      console.error(`no sheet of ${look}: ${(error as Error).message.slice(0, 200)}`);
    }
  }
  console.log(FOLDER);
} finally {
  await rig.stop();
}
