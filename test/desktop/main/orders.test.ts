import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { MenuItemConstructorOptions } from 'electron';
import type { Page } from 'playwright-core';
import type { NativeOrder } from '../../../desktop/native-api/native-api.ts';
import { missingComponent } from '../../harness/component.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { runMain, type RunningMain } from '../electron-double/run-main.ts';
import { buildSmallClient } from '../electron-double/small-client.ts';

/** Collects the page's orders from now on. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: unknown[] = [];
    const stop = window.valija?.onOrder((order) => seen.push(order));
    Object.assign(window, { seen, stop });
  });
}

async function readOrders(page: Page, count: number): Promise<NativeOrder[]> {
  await page.waitForFunction(
    (count) => (window as unknown as { seen: unknown[] }).seen.length >= count,
    count,
  );
  return await page.evaluate(() => (window as unknown as { seen: NativeOrder[] }).seen);
}

describe('links, menu and news, against a double in Chromium', { skip: missingComponent('chromium') }, () => {
  const dir = makeTempDir('orders');
  let run: RunningMain;
  let page: Page;
  before(async () => {
    const main = await buildSmallClient(join(dir.path, 'client'));
    mkdirSync(join(dir.path, 'client', 'dictionaries'));
    writeFileSync(join(dir.path, 'client', 'dictionaries', 'es-3-0.bdic'), 'words');
    const computer = { home: join(dir.path, 'home'), languages: ['es-MX'], isPackaged: true };
    run = runMain(main, computer, [
      '--server=http://localhost:1',
      'valija://msg/first',
      'valija://app/evil',
      'mailto:ana@example.org?subject=Hola&attach=/etc/passwd',
    ]);
    page = await run.openPage();
  });
  after(async () => {
    await run.quit();
    dir.remove();
  });

  it('hands over what it was started with once somebody listens, and only that', async () => {
    await listen(page);
    assert.deepEqual(await readOrders(page, 2), [
      { kind: 'open', mail: 'first' },
      { kind: 'compose', mail: { to: ['ana@example.org'], cc: [], bcc: [], subject: 'Hola', body: '' } },
    ]);
  });

  it('takes links from a second start and from the system, and never its options', async () => {
    run.app.emit('second-instance', {}, [
      'valija',
      '--server=https://evil.org',
      '--lab',
      '--',
      'valija://msg/second',
    ]);
    let prevented = false;
    run.app.emit('open-url', { preventDefault: () => (prevented = true) }, 'valija://msg/third');
    run.app.emit('open-url', { preventDefault: () => undefined }, 'file:///etc/passwd');
    const orders = await readOrders(page, 4);
    assert.deepEqual(orders.slice(2), [
      { kind: 'open', mail: 'second' },
      { kind: 'open', mail: 'third' },
    ]);
    assert.equal(prevented, true);
    assert.equal(
      (await page.evaluate(async () => await window.valija?.start()))?.server,
      'http://localhost:1',
    );
  });

  it('has a menu in the language of the system, whose items order from the page', async () => {
    const [file] = run.done.menu;
    assert.equal(file?.label, 'Archivo');
    const items = file?.submenu as { label?: string; click?: () => void }[];
    items.find(({ label }) => label === 'Comprobar correo')?.click?.();
    assert.deepEqual((await readOrders(page, 5)).at(-1), { kind: 'check' });
    assert.equal(run.done.tray?.tip, 'Valija');
  });

  it('takes valija: links when it is installed, and mailto: links when the person wants that', async () => {
    assert.deepEqual([...run.done.protocols], [['valija', ['--']]]);
    const submenu = run.done.menu[0]?.submenu as MenuItemConstructorOptions[];
    const item = submenu.find(({ label }) => label === 'Abrir enlaces de correo con Valija');
    assert.equal(item?.checked, false);
    item.click?.({ checked: true } as never, undefined, undefined as never);
    assert.deepEqual(run.done.protocols.get('mailto'), ['--']);
    item.click?.({ checked: false } as never, undefined, undefined as never);
    assert.equal(run.done.protocols.has('mailto'), false);
    assert.equal((await run.window).options.webPreferences?.devTools, false);
  });

  it('checks spelling by the dictionaries that came along, in the languages that a right click offers', async () => {
    const facts = run.sessions[0]?.facts.spellChecker;
    assert.deepEqual(facts, {
      enabled: true,
      url: 'https://dictionaries.invalid/',
      languages: ['es'],
      learnt: [],
    });
    const placed = join(dir.path, 'home', 'Valija', 'Dictionaries', 'es-3-0.bdic');
    assert.equal(readFileSync(placed, 'utf8'), 'words');
    const { contents } = await run.window;
    const params = {
      isEditable: true,
      selectionText: '',
      linkURL: 'mailto:ana@example.org?subject=x',
      mediaType: 'none',
      hasImageContents: false,
      misspelledWord: 'coreo',
      dictionarySuggestions: ['correo'],
      editFlags: { canCut: true, canCopy: true, canPaste: true },
      x: 1,
      y: 1,
    };
    contents.emit('context-menu', {}, params);
    const items = run.done.popups.at(-1) ?? [];
    const click = (label: string, list = items): void =>
      list.find((item) => item.label === label)?.click?.({} as never, undefined, undefined as never);
    click('Añadir al diccionario');
    assert.deepEqual(facts.learnt, ['coreo']);
    const spelling = items.find(({ label }) => label === 'Ortografía');
    click('español', spelling?.submenu as MenuItemConstructorOptions[]);
    assert.deepEqual([facts.enabled, facts.languages], [false, []]);
    assert.match(readFileSync(join(dir.path, 'home', 'Valija', 'settings.json'), 'utf8'), /"spelling":\[\]/);
    click('Mensaje nuevo a esta dirección');
    const mail = { to: ['ana@example.org'], cc: [], bcc: [], subject: 'x', body: '' };
    assert.deepEqual((await readOrders(page, 6)).at(-1), { kind: 'compose', mail });
  });

  it('goes on without its window where the person wants that, and comes back when it is started again', async () => {
    const opened = await run.window;
    const submenu = run.done.menu[0]?.submenu as MenuItemConstructorOptions[];
    const item = submenu.find(({ label }) => label === 'Seguir en marcha al cerrar la ventana');
    assert.equal(item?.checked, false);
    item.click?.({ checked: true } as never, undefined, undefined as never);
    opened.askClose();
    assert.equal(opened.window.isVisible(), false);
    assert.equal(opened.isDestroyed(), false);
    run.app.emit('second-instance', {}, ['valija']);
    assert.equal(opened.window.isVisible(), true);
    assert.match(
      readFileSync(join(dir.path, 'home', 'Valija', 'settings.json'), 'utf8'),
      /"background":true/,
    );
  });

  it('stops sending when the page stops listening', async () => {
    await page.evaluate(() => (window as unknown as { stop(): void }).stop());
    run.app.emit('second-instance', {}, ['valija://msg/later']);
    await listen(page);
    assert.deepEqual(await readOrders(page, 1), [{ kind: 'open', mail: 'later' }]);
  });

  it('shows the number of unread mails, and a notification only to who looks elsewhere', async () => {
    const account = { id: 'a1', name: 'Universidad' };
    const notice = { title: 'Ana', body: `Hola\n${'x'.repeat(5000)}`, mail: 'm9', account };
    await page.evaluate(async (notice) => await window.valija?.announce({ unread: 3, notice }), notice);
    assert.equal(run.done.badge, 3);
    assert.equal(run.done.tray?.tip, 'Valija: 3 sin leer');
    assert.equal(run.done.notifications.length, 0);
    run.focused.value = false;
    await page.evaluate(async (notice) => await window.valija?.announce({ unread: 4, notice }), notice);
    assert.deepEqual(run.done.notifications[0]?.options, {
      title: 'Ana',
      body: `Hola ${'x'.repeat(195)}`,
      groupId: 'a1',
      groupTitle: 'Universidad',
      subtitle: 'Universidad',
    });
    run.done.notifications[0].click();
    assert.deepEqual((await readOrders(page, 2)).at(-1), { kind: 'open', mail: 'm9' });
    await page.evaluate(async () => await window.valija?.clearSession());
    assert.equal(run.done.badge, 0);
    assert.equal(run.done.notifications[0].closed, true);
  });
});
