import type { Page } from 'playwright-core';
import { openMail } from '../client-rig.ts';
import { SEED_MAILS } from './seed.ts';
import { goTo, leaveByEscape, type Stop } from './stop.ts';

/** The inbox, with the focus in its list. */
async function openInbox(page: Page, web: string): Promise<void> {
  await goTo(page, web, 'inbox', '[data-testid=message-row]');
  await page.locator(`[data-testid=message-list][data-loaded="${SEED_MAILS}"]`).waitFor();
}

async function pressMenu(page: Page, key: string): Promise<void> {
  await page.getByTestId('message-row').first().focus();
  await page.keyboard.press('x');
  await page.keyboard.press(key);
  await page.locator('.menu:popover-open').waitFor();
}

const untick = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
};

const MAILS = [
  ['simple', 'Offsite on the 12th'],
  ['text-files', 'Revised floor plans'],
  ['designed', 'pan de centeno'],
  ['phishing', 'Your parcel'],
  ['picture', 'Photos from Sunday'],
  ['long-words', 'Donaudampf'],
] as const;

/** The list, the reader, the composer, and what opens above them. */
export const MAIL_TOUR: readonly Stop[] = [
  { name: 'inbox', open: openInbox },
  ...MAILS.map(([name, subject]): Stop => ({
    name: `mail-${name}`,
    open: async (page, web) => {
      await openInbox(page, web);
      await openMail(page, subject);
      if (!['text-files', 'long-words'].includes(name))
        await page.locator('.mail-frame[data-filled]').waitFor();
      // Read in the list too.
      await page.locator('[data-open=true][data-unread=false]').waitFor({ state: 'attached' });
    },
  })),
  {
    name: 'mail-details',
    open: async (page) => await page.locator('.mail-head .link-button').first().click(),
    leave: leaveByEscape,
  },
  {
    name: 'link-dialog',
    open: async (page, web) => {
      await openInbox(page, web);
      await openMail(page, 'Your parcel');
      await page.frameLocator('.mail-frame').locator('a[href]').first().click();
      await page.locator('dialog:modal').waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'viewer',
    open: async (page, web) => {
      await openInbox(page, web);
      await openMail(page, 'Donaudampf');
      await page.locator('.attachments .icon-button').first().click();
      await page.locator('.viewer-text').waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'remind-dialog',
    open: async (page, web) => {
      await openInbox(page, web);
      await openMail(page, 'Photos from Sunday');
      await page.keyboard.press('h');
      await page.locator('dialog:modal').waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'snooze-dialog',
    open: async (page) => {
      await page.keyboard.press('b');
      await page.locator('dialog:modal').waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'palette',
    open: async (page, web) => {
      await openInbox(page, web);
      await page.keyboard.press('Control+k');
      await page.locator('dialog:modal [role=option]').first().waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'selected',
    open: async (page, web) => {
      await openInbox(page, web);
      await page.getByTestId('message-row').first().focus();
      await page.keyboard.press('x');
      await page.keyboard.press('Shift+ArrowDown');
      await page.locator('[aria-selected=true]').nth(1).waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'move-menu',
    hanging: true,
    open: async (page, web) => {
      await openInbox(page, web);
      await pressMenu(page, 'v');
    },
    leave: untick,
  },
  {
    name: 'label-menu',
    like: true,
    hanging: true,
    open: async (page, web) => {
      await openInbox(page, web);
      await pressMenu(page, 'l');
    },
    leave: untick,
  },
  {
    name: 'account-menu',
    hanging: true,
    open: async (page, web) => {
      await openInbox(page, web);
      await page.locator('.avatar-button').click();
      await page.locator('.menu:popover-open').waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'help',
    open: async (page, web) => {
      await openInbox(page, web);
      await page.keyboard.press('?');
      await page.locator('dialog:modal').waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'search-suggestions',
    from: 720,
    hanging: true,
    open: async (page, web) => {
      await openInbox(page, web);
      await page.getByTestId('search').fill('fro');
      await page.locator('[role=listbox]').first().waitFor();
    },
    leave: async (page) => {
      await page.getByTestId('search').fill('');
      await page.keyboard.press('Escape');
    },
  },
  {
    name: 'search-found',
    open: async (page, web) => await goTo(page, web, 'search?q=the', '[data-testid=message-row]'),
  },
  {
    name: 'search-none',
    like: true,
    open: async (page, web) => await goTo(page, web, 'search?q=zzzzzzzz', '.blank'),
  },
  {
    name: 'search-help',
    like: true,
    open: async (page, web) => await goTo(page, web, 'search', '[data-testid=search-help]'),
  },
  {
    name: 'drafts',
    like: true,
    open: async (page, web) => await goTo(page, web, 'drafts', '[data-testid=message-row]'),
  },
  {
    name: 'waiting',
    open: async (page, web) => await goTo(page, web, 'waiting', '[data-testid=waiting-mail]'),
  },
  {
    name: 'reminders',
    open: async (page, web) => await goTo(page, web, 'reminders', '[data-testid=reminder]'),
  },
  { name: 'empty-trash', like: true, open: async (page, web) => await goTo(page, web, 'trash', '.blank') },
  { name: 'no-such-page', like: true, open: async (page, web) => await goTo(page, web, 'nowhere', '.blank') },
];
