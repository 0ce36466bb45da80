import type { Page } from 'playwright-core';

/** Who reads mail in both programs. */
export const READER = { name: 'ana', password: 'a long password 1', maildrop: 'secret' };

/** What the measurements see of a program's page. */
export interface Seen {
  /** Rows of the list that are there. */
  countListed(): number;
  /** Tells which mail is shown with its text; null while none is. */
  findShownMail(): string | null;
}

/** A mail program in a browser. */
export interface MailProgram {
  name: 'valija' | 'roundcube';
  url: string;
  /** All that a browser talks to, by port of localhost. */
  ports: readonly number[];
  /** How to see it: source of an object of the kind `Seen`, run in its page. */
  seen: string;
  signIn(page: Page): Promise<void>;
  /** Where a person clicks to open the mail in the n-th row, 0 the newest. */
  findRow(at: number): string;
  /** Writes and sends a short mail; done when the program is back at the list. */
  send(page: Page, number: number): Promise<void>;
}

/** `web` and `storage`: addresses of the two servers. */
export function describeValija(web: string, storage: string): MailProgram {
  return {
    name: 'valija',
    url: `${web}/`,
    ports: [web, storage].map((url) => Number(new URL(url).port)),
    // The body stands in the page, or in a frame where it is HTML.
    seen: `{
      countListed: () => Number(document.querySelector('[data-testid=message-list]')?.dataset.loaded ?? 0),
      findShownMail: () => {
        const body = document.querySelector('[data-testid=message-body]');
        const frame = body?.tagName === 'IFRAME' ? body : body?.querySelector('iframe');
        const text = (frame ? frame.contentDocument?.body : body)?.textContent ?? '';
        return text.trim() === '' ? null : location.hash;
      },
    }`,
    signIn: async (page) => {
      await page.getByTestId('login-user').fill(READER.name);
      await page.getByTestId('login-password').fill(READER.password);
      await page.getByTestId('login-submit').click();
    },
    findRow: (at) => `[data-testid=message-row][aria-rowindex="${at + 1}"]`,
    send: async (page, number) => {
      await page.getByTestId('compose').first().click();
      await page.getByTestId('compose-to').fill(`somebody${number}@far.test,`);
      await page.getByTestId('compose-subject').fill(`Measured ${number}`);
      await page.getByTestId('compose-body').click();
      await page.keyboard.insertText(`A short mail with the number ${number}.`);
      await page.getByTestId('compose-send').click();
      await page.getByTestId('compose-send').waitFor({ state: 'detached', timeout: 60_000 });
    },
  };
}

export function describeRoundcube(web: string): MailProgram {
  const listed = '#messagelist tbody tr';
  return {
    name: 'roundcube',
    url: `${web}/?_task=mail`,
    ports: [Number(new URL(web).port)],
    seen: `{
      countListed: () => document.querySelectorAll('${listed}').length,
      findShownMail: () => {
        const shown = document.querySelector('#messagecontframe')?.contentDocument;
        const text = shown?.querySelector('#messagebody')?.textContent ?? '';
        return text.trim() === '' ? null : shown.location.search;
      },
    }`,
    signIn: async (page) => {
      await page.locator('#rcmloginuser').fill(READER.name);
      await page.locator('#rcmloginpwd').fill(READER.maildrop);
      await page.locator('#rcmloginsubmit').click();
    },
    findRow: (at) => `${listed}:nth-child(${at + 1}) td.subject`,
    send: async (page, number) => {
      await page.locator('a.compose').first().click();
      await page.locator('#composebody').waitFor({ timeout: 60_000 });
      await page.locator('.recipient-input input').first().fill(`somebody${number}@far.test,`);
      await page.locator('#compose-subject').fill(`Measured ${number}`);
      await page.locator('#composebody').fill(`A short mail with the number ${number}.`);
      await page.locator('button.send').first().click();
      await page.locator(listed).first().waitFor({ timeout: 60_000 });
    },
  };
}
