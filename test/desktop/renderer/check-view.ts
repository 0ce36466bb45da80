import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { keepPicture, type ClientRig } from './client-rig.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Keeps a picture of the view; it has no fault that axe finds and is not wider than the window. */
export async function checkView(page: Page, name: string): Promise<void> {
  await keepPicture(page, name);
  // What a mail's own HTML looks like is its sender's business; without frames the legacy mode finds the same in half the time.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(RULES)
    .exclude('.mail-frame')
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
  assert.deepEqual(found, [], name);
  const [wider, taller] = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return [scrollWidth - innerWidth, scrollHeight - innerHeight];
  });
  assert.ok(wider <= 0, `${name} is ${wider} px wider than the window`);
  // What is hidden far below would scroll the whole window, with its bars, when it is looked for.
  assert.ok(taller <= 0, `${name} is ${taller} px taller than the window`);
}

/** Chosen on the settings page, as a person does it. */
export async function setLanguage(page: Page, rig: ClientRig, language: 'en' | 'es'): Promise<void> {
  await page.goto(`${rig.system.ready.web}/#/settings/appearance`);
  await page.getByRole('radio', { name: language === 'es' ? 'Español' : 'English' }).check({ force: true });
  await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
  await page.goto(`${rig.system.ready.web}/#/inbox`);
  await page.getByTestId('message-list').waitFor();
}
