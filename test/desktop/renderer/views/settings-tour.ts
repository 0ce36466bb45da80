import { goTo, type Stop } from './stop.ts';

/** A place of the settings and what shows that it is there. */
const at = (name: string, place: string, shown = '.settings-page h1'): Stop => ({
  name: `settings-${name}`,
  open: async (page, web) => await goTo(page, web, `settings/${place}`, shown),
});

/** A button of the open place, and the dialog or form behind it. */
const behind = (name: string, button: string, shown: string): Stop => ({
  name: `settings-${name}`,
  open: async (page) => {
    await page.locator(button).first().click();
    await page.locator(shown).first().waitFor();
  },
  leave: async (page) => {
    // On a page of its own the key would lead back to the mail.
    if (await page.locator('dialog:modal').isVisible()) await page.keyboard.press('Escape');
  },
});

/** Every section of the settings with its forms, and the address book. */
export const SETTINGS_TOUR: readonly Stop[] = [
  at('accounts', 'accounts', '[data-testid=account-card]'),
  behind('account-activity', '[data-testid=account-card] button:has-text("ctivi")', '[data-testid=activity]'),
  behind('account-edit', '.settings-page a[href*="/edit"]', '[data-testid=account-save]'),
  at('account-new', 'accounts/new', '[data-testid=account-email]'),
  {
    name: 'settings-account-by-hand',
    open: async (page) => {
      await page.getByTestId('account-email').fill('ana@gmail.com');
      await page.getByTestId('account-by-hand').click();
      await page.getByTestId('account-host').waitFor();
    },
  },
  at('identities', 'identities', '[data-testid=identity-card]'),
  behind('identity', '[data-testid=identity-card] button', '[data-testid=identity-save]'),
  at('mailboxes', 'mailboxes', '[data-testid=mailbox-line]'),
  behind('mailbox-dialog', '[data-testid=mailbox-add]', '[data-testid=mailbox-name]'),
  behind('label-dialog', '[data-testid=label-add]', '[data-testid=label-name]'),
  at('rules', 'rules', '[data-testid=rule-card]'),
  at('rule-new', 'rules/new', '[data-testid=rule-name]'),
  behind('rule-refused', '[data-testid=rule-save]', '.field-problem'),
  at('templates', 'templates', '[data-testid=template-card]'),
  behind('template', '[data-testid=template-card] button', '[data-testid=template-name]'),
  at('appearance', 'appearance'),
  at('keyboard', 'keyboard'),
  at('notifications', 'notifications'),
  at('storage', 'storage', '.storage-all'),
  at('transfer', 'transfer'),
  at('history', 'history', '[data-testid=history-line]'),
  at('programs', 'programs', '[data-testid=programs]'),
  at('security', 'security', '[data-testid=session-card]'),
  {
    name: 'contacts',
    open: async (page, web) => await goTo(page, web, 'contacts/', '[data-testid=contact-row]'),
  },
  {
    name: 'contact',
    open: async (page) => {
      await page.getByTestId('contact-row').first().click();
      await page.getByTestId('contact-details').waitFor();
    },
  },
  {
    name: 'contact-form',
    open: async (page) => {
      await page.getByTestId('contact-edit').click();
      await page.getByTestId('contact-form').waitFor();
    },
  },
];
