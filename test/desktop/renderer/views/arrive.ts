import type { Page } from 'playwright-core';
import type { Credentials } from '../../../harness/system.ts';
import type { ClientRig } from '../client-rig.ts';

export interface Look {
  language: 'en' | 'es';
  scheme: 'light' | 'dark';
  width: number;
}

/** A window on a PC where nobody was before, and in it the client as this user sees it; null: before the sign-in. */
export async function arrive(rig: ClientRig, look: Look, user: Credentials | null): Promise<Page> {
  const page = await rig.openPage({
    viewport: { width: look.width, height: look.width > 1000 ? 800 : 700 },
    locale: look.language === 'es' ? 'es-ES' : 'en-GB',
    colorScheme: look.scheme,
    reducedMotion: 'reduce',
  });
  if (user === null) return page;
  await page.goto(`${rig.system.ready.web}/#/settings/appearance`);
  await page.getByTestId('login-user').fill(user.user);
  await page.getByTestId('login-password').fill(user.password);
  await page.getByTestId('login-submit').click();
  // Whoever has no account yet sees no list; the settings everybody has.
  const name = look.language === 'es' ? 'Español' : 'English';
  await page.getByRole('radio', { name }).check({ force: true });
  await page.locator(`html[lang=${look.language}]`).waitFor({ state: 'attached' });
  return page;
}
