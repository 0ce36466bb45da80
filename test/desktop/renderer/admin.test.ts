import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { startChromium, type TestBrowser } from '../../harness/chromium.ts';
import { missingComponent } from '../../harness/component.ts';
import { startDovecot, type Dovecot } from '../../harness/dovecot.ts';
import { findFreePort } from '../../harness/ports.ts';
import { runValija, startSystem, type Credentials, type System } from '../../harness/system.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { checkView } from './check-view.ts';

const SECTIONS = [
  'overview',
  'users',
  'groups',
  'health',
  'health/providers',
  'queue',
  'storage',
  'parts',
  'policy',
  'audit',
  'alerts',
  'rooms',
] as const;
const OF_GROUP = ['Overview', 'Users', 'Groups', 'Accounts’ health', 'Policies'];
const USERS = ['ana', 'bea', 'carla'] as const;

describe('the admin area', { skip: missingComponent('chromium', 'dovecot') }, () => {
  let system: System;
  let dovecot: Dovecot;
  let chromium: TestBrowser;
  let admin: Credentials;
  let broken: number;
  const temp = makeTempDir('admin-area');
  const passwordOf = (user: string): Credentials => ({ user, password: `a long password of ${user}` });
  before(async () => {
    dovecot = await startDovecot({ users: { ana: 'pop-secret', bea: 'pop-secret', carla: 'pop-secret' } });
    system = await startSystem({ mode: 'start' });
    admin = await system.makeAdmin();
    chromium = await startChromium();
    broken = await findFreePort();
  });
  after(async () => {
    await chromium?.close();
    await system?.stop();
    await dovecot?.stop();
    temp.remove();
  });

  const open = async (who: Credentials, place: string, options: object = {}): Promise<Page> => {
    const pc = await chromium.openPc({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await pc.newPage();
    await page.goto(`${system.ready.web}/#/admin/${place}`);
    await page.getByTestId('login-user').fill(who.user);
    await page.getByTestId('login-password').fill(who.password);
    await page.getByTestId('login-submit').click();
    await page.locator('.admin h1').waitFor();
    return page;
  };
  const addBrokenAccounts = async (): Promise<void> => {
    const file = join(temp.path, 'pop-secret');
    writeFileSync(file, 'pop-secret');
    for (const user of USERS) {
      const place = ['--pop3-host', '127.0.0.1', '--pop3-port', String(broken), '--pop3-tls', 'none'];
      const login = ['--pop3-user', user, '--pop3-password-file', file, '--no-test', '--send', 'relay'];
      const email = `${user}@uni.example`;
      const added = await runValija(
        system,
        ['account', 'add', '--email', email, ...place, ...login],
        passwordOf(user),
      );
      assert.equal(added.code, 0, added.stderr);
      await runValija(system, ['check'], passwordOf(user));
    }
  };

  it('an admin brings three users from a file, sees their provider broken and mends it for all', async () => {
    const page = await open(admin, 'users');
    const csv = join(temp.path, 'users.csv');
    const lines = USERS.map((name) => `${name};${name} of Physics;Physics;${name}@uni.example;en`);
    writeFileSync(csv, ['name;display_name;group;email;language', ...lines].join('\n'));
    await page.getByTestId('user-import').click();
    await page.getByTestId('import-file').setInputFiles(csv);
    await page.getByText('3 added, 0 changed, 0 as they were.').waitFor();
    await checkView(page, 'admin-import');
    await page.getByTestId('import-run').click();
    await page.getByTestId('import-codes').waitFor();
    const rows = page.getByTestId('import-outlook').locator('tbody tr');
    const codes = await rows.evaluateAll((all) =>
      all.map((row) => [...row.children].map((cell) => cell.textContent)),
    );
    await page.getByTestId('import-done').click();
    await page.getByText('The codes are shown only now.').waitFor();
    await page.getByTestId('import-codes').click();
    await page.getByTestId('import-done').click();
    await page.getByText('4 users').waitFor();
    for (const [name = '', , code = ''] of codes) {
      const came = await runValija(system, ['register', '--invite', code], passwordOf(name));
      assert.equal(came.code, 0, came.stderr);
    }
    await addBrokenAccounts();
    await page.goto(`${system.ready.web}/#/admin/health/troubled`);
    await page.getByText('3 accounts').waitFor();
    await page.goto(`${system.ready.web}/#/admin/health/providers`);
    await page.getByTestId('heat-map').locator('[data-level=all]').first().waitFor();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByTestId('mend').click();
    await page.getByTestId('mend-port').fill(String(dovecot.port));
    await page.getByLabel('Encryption').selectOption('none');
    await page.getByTestId('mend-try').click();
    await page.getByText('3 accounts of 3 users would change.').waitFor();
    await checkView(page, 'admin-mend');
    await page.getByTestId('mend-run').click();
    await page.getByText('3 accounts were changed and are tried now.').waitFor();
    for (const user of USERS) {
      const checked = await runValija(system, ['check'], passwordOf(user));
      assert.equal(checked.code, 0, checked.stderr);
    }
    await page.goto(`${system.ready.web}/#/admin/health/ok`);
    await page.getByTestId('admin-health').getByText('3 accounts').waitFor();
    await page.goto(`${system.ready.web}/#/admin/audit`);
    await page.getByText('account.mend').first().waitFor();
    await page.getByTestId('audit-verify').click();
    await page.getByTestId('audit-verified').filter({ hasText: 'The log is whole' }).waitFor();
    await page.context().close();
  });

  it('a dialog does its work once, however often its button is pressed', async () => {
    const page = await open(admin, 'groups');
    const { promise: pressed, resolve: goOn } = Promise.withResolvers<void>();
    let asked = 0;
    await page.route('**/trpc/group.add*', async (route) => {
      asked += route.request().url().split('group.add').length - 1;
      await pressed;
      await route.continue();
    });
    await page.getByTestId('group-add').click();
    await page.getByTestId('group-name').fill('Chemistry');
    await page.getByTestId('group-save').dblclick();
    goOn();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('Chemistry').waitFor();
    assert.equal(asked, 1);
    // Refused, it keeps the keyboard's place.
    await page.getByTestId('group-add').click();
    await page.getByTestId('group-name').fill('Chemistry');
    await page.getByTestId('group-save').press('Enter');
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await page.locator('[data-testid=group-save]:focus').waitFor();
    await page.context().close();
  });

  it('an admin gives everybody an account, an address, a rule, a text, a choice and a contact, all by forms', async () => {
    const page = await open(admin, 'policy');
    const give = async (part: string, fill: (dialog: Locator) => Promise<void>): Promise<void> => {
      await page.getByTestId(`give-${part}`).getByRole('button').click();
      const dialog = page.getByRole('dialog');
      await fill(dialog);
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
    };
    await give('accounts', async (dialog) => {
      await dialog.getByLabel('Server').fill('pop.physics.example');
      await dialog.getByRole('radio', { name: 'Through the provider' }).check();
      await dialog.getByTestId('layer-smtp-host').fill('smtp.physics.example');
      await checkView(page, 'admin-give-account');
    });
    await give('identities', async (dialog) => {
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('This is not an e-mail address.').waitFor();
      await checkView(page, 'admin-give-identity');
      await dialog.getByTestId('layer-address').fill('{{user}}@lab.example');
      await dialog.getByLabel('Users may not change it').check();
      await dialog.getByLabel('Reason').fill('All of the lab write so.');
    });
    await give('rules', async (dialog) => {
      await dialog.getByTestId('layer-name').fill('Lists');
      await dialog.getByTestId('rule-value').fill('list@');
      await dialog.getByTestId('rule-action').getByLabel('Mailbox').selectOption('Archive');
      await checkView(page, 'admin-give-rule');
    });
    await give('templates', async (dialog) => {
      await dialog.getByTestId('layer-name').fill('Hello');
      await dialog.getByRole('textbox', { name: 'Text' }).fill('Dear {{name}}');
    });
    await give('preferences', async (dialog) => {
      await dialog.getByLabel('Preference').selectOption({ label: 'Density of the list' });
      await dialog.getByLabel('Value').selectOption({ label: 'Compact' });
    });
    await give('contacts', async (dialog) => {
      await dialog.getByTestId('layer-name').fill('Porter');
      await dialog.getByTestId('contact-email').fill('porter@uni.example');
    });
    const values = new Map<string, unknown>();
    for (const more of [[], ['--part', 'contacts']]) {
      const { json } = await runValija(system, ['layer', 'list', ...more], admin);
      const { items } = json as { items: { part: string; locked: string | null; value: unknown }[] };
      for (const { part, value } of items) values.set(part, value);
      const locked = items.filter((item) => item.locked !== null).map((item) => item.locked);
      if (more.length === 0) assert.deepEqual(locked, ['All of the lab write so.']);
    }
    assert.partialDeepStrictEqual(Object.fromEntries(values), {
      accounts: {
        email: '{{user}}@uni.example',
        pop3: { host: 'pop.physics.example' },
        send: { way: 'smarthost', smtp: { host: 'smtp.physics.example', port: 465, user: '{{user}}' } },
      },
      identities: { name: '{{name}}', address: '{{user}}@lab.example', signature: null },
      rules: { name: 'Lists', enabled: true, position: 1 },
      templates: { name: 'Hello', text: 'Dear {{name}}' },
      preferences: 'compact',
      contacts: { name: 'Porter', emails: [{ address: 'porter@uni.example', kind: null }] },
    });
    assert.match((values.get('rules') as { script: string }).script, /fileinto "Archive";/);
    await page.context().close();
  });

  it('an admin of a group sees only his group', async () => {
    const made = await runValija(system, ['group', 'admin', 'Physics', '--add', 'ana'], admin);
    assert.equal(made.code, 0, made.stderr);
    const page = await open(passwordOf('ana'), 'users');
    await page.getByText('3 users').waitFor();
    const names = await page.locator('.admin-nav .nav-list .nav-name').allTextContents();
    assert.deepEqual(names.slice(0, 5), OF_GROUP);
    assert.ok(!names.includes('Audit log') && !names.includes('Queue'));
    await page.getByRole('button', { name: 'bea of Physics' }).click();
    await page.getByTestId('user-dialog').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Make administrator' }).count(), 0);
    await page.getByTestId('user-reset').click();
    await page.getByTestId('slip-code').waitFor();
    await checkView(page, 'admin-slip');
    await page.getByTestId('slip-done').click();
    // The address of a section that is not theirs opens the first one.
    await page.goto(`${system.ready.web}/#/admin/audit`);
    await page.getByTestId('admin-overview').waitFor();
    await page.context().close();
  });

  // In a wide window accessibility.test.ts looks at them; on a telephone by VALIJA_TESTS=all.
  const looks = [{ language: 'es', colorScheme: 'dark', width: 390 }] as const;
  for (const { language, colorScheme, width } of process.env['VALIJA_TESTS'] === 'all' ? looks : []) {
    it(`no section has a fault that axe finds: ${language}, ${colorScheme}, ${width} px`, async () => {
      const locale = language === 'es' ? 'es-ES' : 'en-GB';
      const page = await open(admin, 'overview', { colorScheme, locale, viewport: { width, height: 800 } });
      await page.goto(`${system.ready.web}/#/settings/appearance`);
      const name = language === 'es' ? 'Español' : 'English';
      await page.getByRole('radio', { name }).check({ force: true });
      for (const section of SECTIONS) {
        await page.goto(`${system.ready.web}/#/admin/${section}`);
        await page
          .getByTestId(`admin-${section.split('/')[0]}`)
          .locator('h1')
          .waitFor();
        await page.waitForFunction(() => document.querySelector('.skeleton') === null);
        await checkView(page, `admin-${language}-${colorScheme}-${width}-${section.replace('/', '-')}`);
      }
      await page.context().close();
    });
  }
});
