import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { missingComponent } from '../../harness/component.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { runMain, type RunningMain } from '../electron-double/run-main.ts';
import { buildSmallClient } from '../electron-double/small-client.ts';

const SERVER = 'http://localhost:1';

/** A file that comes in, as main sees it. */
class ItemDouble extends EventEmitter {
  received = 0;
  asked: object | null = null;
  readonly #chain: string[];
  readonly #name: string;

  constructor(chain: string[], name: string) {
    super();
    this.#chain = chain;
    this.#name = name;
  }

  getURLChain = (): string[] => this.#chain;
  getFilename = (): string => this.#name;
  getTotalBytes = (): number => 100;
  getReceivedBytes = (): number => this.received;
  setSaveDialogOptions = (options: object): void => void (this.asked = options);
}

const makeItem = (chain: string[], name = 'report.pdf'): ItemDouble => new ItemDouble(chain, name);

describe('the page is confined, against a double in Chromium', { skip: missingComponent('chromium') }, () => {
  const dir = makeTempDir('confined');
  let run: RunningMain;
  let page: Page;
  before(async () => {
    const main = await buildSmallClient(join(dir.path, 'client'));
    run = runMain(main, { home: join(dir.path, 'home') }, [`--server=${SERVER}`]);
    page = await run.openPage();
  });
  after(async () => {
    await run.quit();
    dir.remove();
  });

  /** Clicks a link as the page would, and waits until main has decided. */
  async function follow(href: string, target = ''): Promise<void> {
    await page.evaluate(
      ([href, target]) => {
        const link = document.createElement('a');
        Object.assign(link, { href, target, rel: 'noopener' });
        document.body.append(link);
        link.click();
        link.remove();
      },
      [href, target] as const,
    );
    // A round through page and main: what the click began has been decided by then.
    await page.evaluate(async () => await window.valija?.start());
  }

  async function waitFor(holds: () => boolean): Promise<void> {
    for (let tries = 0; !holds() && tries < 200; tries += 1)
      await page.evaluate(async () => await window.valija?.start());
    assert.ok(holds());
  }

  it('refuses to leave the page', async () => {
    for (const href of ['http://evil.example/', 'valija://msg/x', 'http://localhost:2/', '/assets/app.js']) {
      await follow(href);
      assert.equal(page.url(), 'http://valija-app.localhost/', href);
    }
    assert.deepEqual(run.sessions[0]?.facts.calledOut, []);
    assert.deepEqual(run.done.opened, []);
    assert.equal(await page.evaluate('started'), 'object');
  });

  it('refuses frames of anything but the empty page for mail', async () => {
    for (const src of ['http://evil.example/', '/', 'data:text/html,x']) {
      const text = await page.evaluate(async (src) => {
        const frame = document.createElement('iframe');
        const loaded = new Promise((resolve) => {
          frame.addEventListener('load', resolve);
          setTimeout(resolve, 300);
        });
        frame.src = src;
        document.body.append(frame);
        await loaded;
        const title = frame.contentDocument?.title ?? 'foreign';
        frame.remove();
        return title;
      }, src);
      assert.notEqual(text, 'small', src);
    }
    assert.deepEqual(run.sessions[0]?.facts.calledOut, []);
  });

  it('opens no window of its own: pages go to the browser, files are downloaded, the rest is refused', async () => {
    await follow('https://example.org/a', '_blank');
    await waitFor(() => run.done.opened.length === 1);
    await follow(`${SERVER}/mail/m1/part/1.2?sig=s`, '_blank');
    await waitFor(() => run.done.downloads.length === 1);
    await follow('https://bank.com@evil.example/', '_blank');
    await follow('valija://msg/x', '_blank');
    await page.evaluate(() => void window.open('file:///etc/passwd'));
    await follow(`${SERVER}/mail/m1/raw?sig=s`);
    await waitFor(() => run.done.downloads.length === 2);
    assert.deepEqual(run.done.opened, ['https://example.org/a']);
    assert.deepEqual(run.done.downloads, [`${SERVER}/mail/m1/part/1.2?sig=s`, `${SERVER}/mail/m1/raw?sig=s`]);
    assert.equal(page.url(), 'http://valija-app.localhost/');
  });

  it('denies every permission but writing to the clipboard and reaching the servers', () => {
    const facts = run.sessions[0]?.facts;
    const ask = (permission: string, url: string, isMainFrame: boolean): boolean[] => {
      let asked = false;
      const details = { requestingUrl: url, isMainFrame };
      facts?.askPermission?.(null as never, permission as never, (granted) => (asked = granted), details);
      const checked = facts?.checkPermission?.(null, permission as never, url, { isMainFrame });
      return [asked, checked === true];
    };
    const allowed = [
      'clipboard-sanitized-write',
      'local-network-access',
      'local-network',
      'loopback-network',
    ];
    const denied = [
      'geolocation',
      'media',
      'notifications',
      'clipboard-read',
      'openExternal',
      'fileSystem',
      'hid',
      'usb',
    ];
    for (const permission of allowed) {
      assert.deepEqual(ask(permission, 'valija://app/', true), [true, true], permission);
      assert.deepEqual(ask(permission, 'valija://app/frame', false), [false, false], permission);
      assert.deepEqual(ask(permission, 'https://evil.example/', true), [false, false], permission);
      assert.deepEqual(ask(permission, '', true), [false, false], permission);
    }
    for (const permission of denied)
      assert.deepEqual(ask(permission, 'valija://app/', true), [false, false], permission);
    assert.equal(facts?.checkDevice?.({} as never), false);
  });

  it('fetches no dictionaries from strangers', () => {
    assert.deepEqual(run.sessions[0]?.facts.spellChecker, {
      enabled: false,
      url: 'https://dictionaries.invalid/',
      languages: [],
      learnt: [],
    });
  });

  it('lets only files of the servers be downloaded', () => {
    const decide = (chain: string[]): boolean => {
      let prevented = false;
      const item = makeItem(chain);
      run.sessions[0]?.session.emit('will-download', { preventDefault: () => (prevented = true) }, item);
      item.emit('done', {}, 'completed');
      return !prevented;
    };
    assert.equal(decide([`${SERVER}/mail/m1/raw?sig=s`]), true);
    assert.equal(decide(['blob:valija://app/1']), true);
    assert.equal(decide([`${SERVER}/mail/m1/raw`, 'https://evil.example/x.exe']), false);
    assert.equal(decide(['https://evil.example/x.exe']), false);
    assert.equal(decide([]), false);
  });

  it('asks where a file is to go, under a name that is safe, and shows how far it is', async () => {
    const { progress } = await run.window;
    const item = makeItem([`${SERVER}/mail/m1/part/2?sig=s`], '../..\u202egnp.exe');
    run.sessions[0]?.session.emit('will-download', { preventDefault: () => assert.fail() }, item);
    assert.deepEqual(item.asked, {
      title: 'Save Attachment',
      defaultPath: join(dir.path, 'home', 'Downloads', '_..gnp.exe'),
      properties: ['showOverwriteConfirmation', 'createDirectory'],
    });
    item.received = 25;
    item.emit('updated', {}, 'progressing');
    item.emit('done', {}, 'interrupted');
    assert.deepEqual(progress.slice(-2), [0.25, -1]);
    assert.deepEqual(run.done.errorBoxes, ['Valija: _..gnp.exe could not be saved.']);
  });
});
