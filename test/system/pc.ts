import type { BrowserContext, Page } from 'playwright-core';
import type { Dovecot } from '../harness/dovecot.ts';
import type { System } from '../harness/system.ts';

/** Somebody at a PC: the client as one sees it, by the stable marks of the interface. */
export class Pc {
  readonly page: Page;
  /** What the page should never say: script errors and refused resources. */
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  static async sitDown(context: BrowserContext, system: System): Promise<Pc> {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const pc = new Pc(context, page);
    await page.goto(system.ready.web ?? '');
    await page.getByTestId('login-user').waitFor();
    return pc;
  }

  async signIn(user: string, password: string): Promise<void> {
    await this.page.getByTestId('login-user').fill(user);
    await this.page.getByTestId('login-password').fill(password);
    await this.page.getByTestId('login-submit').click();
  }

  /** The account form, from the address to "saved": the settings of a test server are entered by hand. */
  async addAccount(email: string, dovecot: Dovecot, login: string, password: string): Promise<void> {
    const { page } = this;
    await page.getByTestId('account-email').fill(email);
    await page.getByTestId('account-by-hand').click();
    await page.getByTestId('account-password').fill(password);
    await page.getByTestId('account-host').fill(dovecot.host);
    await page.getByLabel('Encryption').first().selectOption('none');
    await page.getByTestId('account-port').fill(String(dovecot.port));
    await page.getByTestId('account-user').fill(login);
    await page.getByTestId('account-save').click();
  }

  row(subject: string) {
    return this.page.getByTestId('message-row').filter({ hasText: subject });
  }

  async openBox(role: string): Promise<void> {
    await this.page.locator(`[data-box="${role}"]`).click();
  }

  /** Cookies and everything that the origin keeps: all of it must be gone after signing out. */
  async listTraces(): Promise<string[]> {
    const cookies = (await this.#context.cookies()).map((cookie) => `cookie ${cookie.name}`);
    const stored = await this.page.evaluate(async () => {
      const databases = await indexedDB.databases();
      return [
        ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
        ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
        ...(await caches.keys()).map((key) => `cache ${key}`),
        ...databases.map((database) => `indexedDB ${database.name}`),
      ];
    });
    return [...cookies, ...stored];
  }
}
