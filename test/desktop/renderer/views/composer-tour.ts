import { openMail } from '../client-rig.ts';
import { LONG_WORD } from './seed.ts';
import { goTo, leaveByEscape, type Stop } from './stop.ts';

/** Writing: a new mail, what is asked while it is written, an answer. */
export const COMPOSER_TOUR: readonly Stop[] = [
  {
    name: 'composer',
    open: async (page, web) => {
      await goTo(page, web, 'inbox', '[data-testid=message-row]');
      await page.getByTestId('compose').click();
      await page.getByTestId('compose-body').waitFor();
    },
  },
  {
    name: 'composer-filled',
    open: async (page) => {
      await page
        .getByTestId('compose-to')
        .fill(`marta@oliveira.example, ${LONG_WORD}@schiff.example, not an address,`);
      await page.getByTestId('compose-subject').fill(`About ${LONG_WORD}`);
      const file = {
        name: `${LONG_WORD}${LONG_WORD}.pdf`,
        mimeType: 'application/pdf',
        buffer: Buffer.alloc(9000, 'x'),
      };
      await page.getByTestId('compose-files').setInputFiles([file, { ...file, name: 'plan.pdf' }]);
      await page.getByTestId('draft-file').nth(1).waitFor();
    },
  },
  {
    name: 'composer-suggestions',
    hanging: true,
    open: async (page) => {
      await page.getByTestId('compose-to').pressSequentially('b');
      await page.getByTestId('suggestions').waitFor();
    },
    leave: async (page) => await page.getByTestId('compose-to').fill(''),
  },
  {
    name: 'templates-dialog',
    open: async (page) => {
      await page.getByTestId('compose-template').click();
      await page.getByTestId('templates-dialog').waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'when-dialog',
    open: async (page) => {
      await page.getByTestId('compose-later').click();
      await page.getByTestId('when-dialog').waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'composer-refused',
    open: async (page) => {
      await page.getByTestId('compose-send').click();
      await page.locator('.composer [role=alert]').first().waitFor();
    },
    leave: async (page) => await page.getByRole('button', { name: /^(?:Discard|Descartar)/ }).click(),
  },
  {
    name: 'composer-reply',
    open: async (page, web) => {
      await goTo(page, web, 'inbox', '[data-testid=message-row]');
      await openMail(page, 'Offsite on the 12th');
      await page.keyboard.press('r');
      await page.getByTestId('compose-body').waitFor();
    },
    leave: async (page) => await page.getByRole('button', { name: /^(?:Discard|Descartar)/ }).click(),
  },
];
