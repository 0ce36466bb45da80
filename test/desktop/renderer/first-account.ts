import type { Page } from 'playwright-core';

/** Id of the first account on the page of accounts, which stays open. */
export async function firstAccount(page: Page): Promise<string> {
  await page.getByTestId('account-card').first().getByRole('button', { name: 'Edit' }).click();
  await page.getByTestId('account-save').waitFor();
  const id = /accounts\/([^/]+)\/edit/.exec(page.url())?.[1] ?? '';
  await page.goBack();
  await page.getByTestId('account-card').first().waitFor();
  return decodeURIComponent(id);
}
