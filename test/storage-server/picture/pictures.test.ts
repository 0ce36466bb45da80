import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import type { MailError } from '../../../common/errors.ts';
import { DAY } from '../../../common/time.ts';
import { makeEgressGuard } from '../../../server-kit/egress/guard.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { makeTurns } from '../../../storage-server/picture/limit-turns.ts';
import { makePictures, type Pictures } from '../../../storage-server/picture/make-pictures.ts';
import { openPictureCache } from '../../../storage-server/picture/picture-cache.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { startPictureSite, type PictureSite } from './picture-site.ts';

const KEY = Buffer.alloc(32, 3);
const clock = { at: Date.now(), now: () => clock.at };

describe('pictures from elsewhere', () => {
  const directory = makeTempDir('pictures');
  let site: PictureSite;
  let pictures: Pictures;
  before(async () => {
    site = await startPictureSite();
    pictures = await open(['127.0.0.1/32']);
  });
  after(async () => {
    await pictures?.stop();
    await site?.stop();
    directory.remove();
  });
  const open = async (allowNetworks: string[]): Promise<Pictures> =>
    await makePictures({
      dataDir: directory.path,
      blobKey: KEY,
      clock,
      egress: makeEgressGuard({ allowNetworks, dns: null }),
      log: silentLogger,
    });
  const failOf = async (path: string): Promise<string> => {
    try {
      await pictures.open('ana', path.startsWith('http') ? path : site.url + path);
      return 'shown';
    } catch (error) {
      const { code, reason } = error as MailError;
      return reason === null ? code : `${code}/${reason}`;
    }
  };

  it('are drawn anew as WebP of their size, asked for without anything about the reader', async () => {
    const drawn = await pictures.open('ana', `${site.url}/a.png`);
    const { format, width, height } = await sharp(drawn).metadata();
    assert.deepEqual([format, width, height], ['webp', 300, 200]);
    const { headers } = site.asked.at(-1)!;
    const names = Object.keys(headers).toSorted();
    assert.deepEqual(names, ['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
    assert.doesNotMatch(headers['user-agent'] ?? '', /ana|node|linux/i);
  });

  it('are made as small as they are shown', async () => {
    const { width, height } = await sharp(await pictures.open('ana', `${site.url}/wide.png`)).metadata();
    assert.deepEqual([width, height], [1600, 40]);
  });

  it('come through redirects, whatever type their server claims, without its cookies', async () => {
    await pictures.open('ana', `${site.url}/?to=/%3Fto=/lying.png`);
    assert.deepEqual(
      site.asked.slice(-3).map(({ headers }) => headers.cookie),
      [undefined, undefined, undefined],
    );
  });

  for (const [path, fails] of [
    ['/counter.png', 'invalid/picture-counter'],
    ['/line.png', 'shown'],
    ['/a.svg', 'invalid/picture'],
    ['/page', 'invalid/picture'],
    ['/half.png', 'invalid/picture'],
    ['/bomb.png', 'invalid/picture'],
    ['/large.png', 'too-large'],
    ['/missing', 'protocol'],
    ['/?to=ftp://127.0.0.1/a.png', 'protocol/redirects'],
    ['/?to=https://user:secret@127.0.0.1/a.png', 'protocol/redirects'],
    ['/?to=http://10.1.2.3/a.png', 'host-not-allowed/network'],
    ['/?to=http://169.254.169.254/latest', 'host-not-allowed/network'],
    ['http://[::1]/a.png', 'host-not-allowed/network'],
  ] as const) {
    it(`${path}: ${fails}`, async () => assert.equal(await failOf(path), fails));
  }

  it('end a circle of redirects', async () => {
    const path = encodeURIComponent(`${site.url}/?to=${encodeURIComponent('/b.png')}`);
    assert.equal(await failOf(`/?to=${path}`), 'shown');
    const before = site.asked.length;
    const circle = `${site.url}/circle?to=circle`;
    assert.equal(await failOf(`/x?to=${encodeURIComponent(circle)}`), 'protocol');
    assert.ok(site.asked.length - before <= 6);
  });

  it('are asked for once by each user and kept over a restart; what failed is not asked for again at once', async () => {
    const times = (path: string): number => site.asked.filter((one) => one.path === path).length;
    await Promise.all([1, 2, 3].map(async () => await pictures.open('ana', `${site.url}/b.png?once`)));
    assert.equal(times('/b.png?once'), 1);
    await pictures.open('ben', `${site.url}/b.png?once`);
    assert.equal(times('/b.png?once'), 2);
    assert.deepEqual(
      [await failOf('/missing?1'), await failOf('/missing?1'), times('/missing?1')],
      ['protocol', 'protocol', 1],
    );
    await pictures.stop();
    pictures = await open(['127.0.0.1/32']);
    await pictures.open('ana', `${site.url}/b.png?once`);
    assert.equal(times('/b.png?once'), 2);
    const files = readdirSync(join(directory.path, 'pictures'));
    assert.ok(files.every((file) => /^[\w-]{43}$/.test(file)));
    assert.equal(statSync(join(directory.path, 'pictures', files[0]!)).mode & 0o777, 0o600);
  });

  it('are not fetched from networks that are not allowed', async () => {
    const strict = await open([]);
    const asked = site.asked.length;
    await assert.rejects(strict.open('ana', `${site.url}/b.png?strict`), { code: 'host-not-allowed' });
    assert.equal(site.asked.length, asked);
    await strict.stop();
  });
});

describe('the cache of pictures', () => {
  const directory = makeTempDir('picture-cache');
  after(() => directory.remove());
  const open = async () => await openPictureCache({ dataDir: directory.path, key: KEY, clock, most: 1000 });

  it('lets those go that were not used for the longest', async () => {
    const cache = await open();
    const holds = async (address: string): Promise<boolean> => (await cache.get('ana', address)) !== null;
    for (const address of ['a', 'b', 'c']) await cache.put('ana', address, Buffer.alloc(300, address));
    assert.equal(await holds('a'), true);
    await cache.put('ana', 'd', Buffer.alloc(300));
    assert.deepEqual(
      [await holds('a'), await holds('b'), await holds('c'), await holds('d')],
      [true, false, true, true],
    );
    await cache.put('ana', 'e', Buffer.alloc(2000));
    assert.equal(await holds('e'), false);
  });

  it('forgets what nobody wanted for a month', async () => {
    assert.notEqual(await (await open()).get('ana', 'a'), null);
    clock.at += 31 * DAY;
    assert.equal(await (await open()).get('ana', 'a'), null);
  });
});

describe('turns', () => {
  it('go round between users, and refuse who asks for too much', async () => {
    const take = makeTurns({ each: 1, all: 2, waiting: 3 });
    const order: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const work = (name: string) => async () => {
      order.push(name);
      await promise;
    };
    const all = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2'].map((name) => take(name[0]!, work(name)));
    await assert.rejects(take('a', work('a5')), { code: 'too-soon' });
    assert.deepEqual(order, ['a1', 'b1']);
    resolve();
    await Promise.all(all);
    assert.deepEqual(order.toSorted(), ['a1', 'a2', 'a3', 'a4', 'b1', 'b2']);
    assert.ok(order.indexOf('b2') < order.indexOf('a4'));
  });
});
