import type { Stop } from './stop.ts';

/** Before the sign-in. */
export const SIGN_IN_TOUR: readonly Stop[] = [
  {
    name: 'sign-in',
    open: async (page, web) => {
      await page.goto(web);
      await page.getByTestId('login-user').waitFor();
    },
  },
  {
    name: 'sign-in-wrong',
    open: async (page) => {
      await page.getByTestId('login-user').fill('nobody');
      await page.getByTestId('login-password').fill('wrong');
      await page.getByTestId('login-submit').click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'register',
    open: async (page) => {
      await page.getByRole('button', { name: /Create an account|Crear una cuenta/ }).click();
      await page.locator('.sign-in-form input').nth(1).waitFor();
    },
    leave: async (page) => await page.reload(),
  },
  {
    name: 'redeem',
    open: async (page) => {
      await page.locator('.sign-in-switch button').last().click();
      await page.getByTestId('redeem-code').waitFor();
    },
    leave: async (page) => await page.reload(),
  },
];
