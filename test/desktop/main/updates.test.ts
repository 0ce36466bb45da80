import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, request, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { AppUpdater, NsisUpdater } from 'electron-updater';
import { chooseFeed, followUpdates } from '../../../desktop/main/update/follow-updates.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

test('only the organisation says where new versions come from, and never to a computer of many people', () => {
  const feed = 'https://mail.uni.example/valija/';
  const table: [Parameters<typeof chooseFeed>[0], string | null][] = [
    [{ feed, isPackaged: true, lab: false }, feed],
    [{ feed, isPackaged: true, lab: true }, null],
    [{ feed, isPackaged: false, lab: false }, null],
    [{ feed: null, isPackaged: true, lab: false }, null],
  ];
  for (const [facts, expected] of table) assert.equal(chooseFeed(facts), expected);
});

/** electron-updater itself, with Node in the place of Electron's network: what it is given is loaded, checked and kept. */
describe('electron-updater as it is set up, against a real feed', () => {
  const dir = makeTempDir('updates');
  const load = createRequire(import.meta.url);
  const setup = Buffer.from('the new setup program');
  let answer: RequestListener = (_req, res) => res.writeHead(404).end();
  const server = createServer((req, res) => answer(req, res));
  let feed = '';
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    feed = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    // It asks for Electron as soon as it is loaded, whose package is only a path to a binary that is not here.
    const path = load.resolve('electron');
    const exports = { net: { request }, session: { fromPartition: () => ({}) } };
    load.cache[path] = { id: path, filename: path, loaded: true, exports, children: [], paths: [] } as never;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
    dir.remove();
  });

  /** What a feed offers, and whether the file is what it says. */
  function offer(version: string, file: Buffer): void {
    const sha512 = createHash('sha512').update(setup).digest('base64');
    const text = `version: ${version}\nfiles:\n  - url: valija.exe\n    sha512: ${sha512}\n    size: ${setup.length}\n`;
    answer = (req, res) => {
      if (/^\/latest.*\.yml/.test(req.url ?? '')) res.end(text);
      else if (req.url?.startsWith('/valija.exe?') === true || req.url === '/valija.exe') res.end(file);
      else res.writeHead(404).end();
    };
  }

  async function makeUpdater(name: string): Promise<AppUpdater> {
    const { NsisUpdater } = load('electron-updater') as {
      NsisUpdater: new (...args: unknown[]) => NsisUpdater;
    };
    const { ElectronHttpExecutor } = load('electron-updater/out/electronHttpExecutor') as {
      ElectronHttpExecutor: new () => object;
    };
    const config = join(dir.path, `${name}.yml`);
    writeFileSync(config, `provider: generic\nurl: ${feed}\nupdaterCacheDirName: ${name}\n`);
    const app = {
      version: '0.1.0',
      name: 'valija',
      isPackaged: true,
      appUpdateConfigPath: config,
      userDataPath: dir.path,
      baseCachePath: dir.path,
      whenReady: async () => undefined,
      relaunch: () => undefined,
      quit: () => undefined,
      onQuit: () => undefined,
    };
    const updater = new NsisUpdater(null, app);
    Object.assign(updater, { httpExecutor: new ElectronHttpExecutor() });
    return updater;
  }

  test('a newer version is fetched and told of, and waits for the end of the program', async () => {
    offer('0.2.0', setup);
    const updater = await makeUpdater('newer');
    const told = Promise.withResolvers<string>();
    updater.on('error', told.reject);
    const stop = followUpdates(updater, feed, told.resolve);
    assert.equal(await told.promise, '0.2.0');
    stop();
    assert.equal(updater.autoInstallOnAppQuit, true);
    assert.ok(readdirSync(join(dir.path, 'newer', 'pending')).includes('valija.exe'));
  });

  test('an older one, and one that is not what the feed says, are not taken', async () => {
    for (const [name, version, file] of [
      ['older', '0.0.9', setup],
      ['changed', '0.2.0', Buffer.from('another setup program')],
    ] as const) {
      offer(version, file);
      const updater = await makeUpdater(name);
      const ended = Promise.withResolvers<string>();
      updater.on('update-not-available', () => ended.resolve('none'));
      updater.on('error', ({ message }) => ended.resolve(message));
      const stop = followUpdates(updater, feed, () => ended.resolve('taken'));
      assert.match(await ended.promise, name === 'older' ? /^none$/ : /sha512 checksum mismatch/);
      stop();
      assert.equal(existsSync(join(dir.path, name, 'pending', 'valija.exe')), false);
    }
  });
});
