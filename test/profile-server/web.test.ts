import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { makeTempDir } from '../harness/tempdir.ts';
import { type RunningServer, startServer } from './start-server.ts';

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

describe('the web client as served', () => {
  const dir = makeTempDir('web-root');
  const root = join(dir.path, 'root');
  let running: RunningServer;
  before(async () => {
    mkdirSync(join(root, 'assets'), { recursive: true });
    writeFileSync(join(root, 'index.html'), '<!doctype html><title>Valija</title>');
    writeFileSync(join(root, 'frame.html'), '<!doctype html><title>Mail</title>');
    writeFileSync(join(root, 'assets/app-1a2b.js'), 'let a = 1;');
    writeFileSync(join(root, 'assets/app-1a2b.js.br'), brotliCompressSync('let a = 1;'));
    writeFileSync(join(root, '.secret.js'), 'no');
    writeFileSync(join(dir.path, 'outside.js'), 'no');
    running = await startServer({ webRoot: root });
  });
  after(async () => {
    await running.stop();
    dir.remove();
  });

  /** By node:http, which sends the path and the Host as they are given. */
  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
    await new Promise((resolve, reject) => {
      const { port, host } = new URL(running.url);
      const call = request(
        { host: '127.0.0.1', port, path, method, headers: { host, ...headers } },
        (res) => {
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk));
          res.on('end', () =>
            resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks) }),
          );
        },
      );
      call.on('error', reject);
      call.end();
    });

  test('any place in the client shows its page, under a policy that names the servers', async () => {
    const before = await get('/');
    const home = await running.enrol('storage-server');
    await home.client.part.announce.mutate({ url: 'https://store.example.org/base', submission: null });
    for (const path of ['/', '/index.html', '/mail/inbox', '/settings/accounts']) {
      const page = await get(path);
      assert.equal(page.status, 200, path);
      assert.match(page.body.toString(), /<title>Valija/);
      assert.equal(page.headers['cache-control'], 'no-cache');
      const policy = String(page.headers['content-security-policy']);
      assert.match(policy, /(^|; )connect-src 'self' https:\/\/store\.example\.org(;|$)/);
      assert.match(policy, /(^|; )default-src 'none'(;|$)/);
      assert.match(policy, /(^|; )script-src 'self'(;|$)/);
      assert.doesNotMatch(policy, /unsafe|\*/);
      // The page connects there while it still loads its script.
      assert.equal(page.headers['server-timing'], 'home;desc="https://store.example.org"');
    }
    const known = { 'if-none-match': String(before.headers.etag) };
    assert.equal((await get('/', known)).status, 200, 'a new policy is a new page');
    const now = { 'if-none-match': String((await get('/')).headers.etag) };
    assert.equal((await get('/', now)).status, 304);
  });

  test('the page for the HTML of a mail runs nothing and loads nothing but the pictures of storage-servers', async () => {
    const frame = await get('/frame');
    assert.match(frame.body.toString(), /<title>Mail/);
    const policy = String(frame.headers['content-security-policy']);
    assert.match(
      policy,
      /^default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:(?: https?:\/\/[\w.:-]+\/picture\/)*; /,
    );
    assert.doesNotMatch(policy, /script-src|connect-src|https?:\/\/[^ ;]*(?<!\/picture\/)[ ;]|\*/);
  });

  test('hashed files stay for ever and come compressed as the build left them', async () => {
    const plain = await get('/assets/app-1a2b.js');
    assert.equal(plain.body.toString(), 'let a = 1;');
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.equal(plain.headers['content-type'], 'text/javascript; charset=utf-8');
    assert.match(String(plain.headers['cache-control']), /immutable/);
    const packed = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' });
    assert.equal(packed.headers['content-encoding'], 'br');
    assert.match(String(packed.headers.vary), /Accept-Encoding/);
    assert.equal(brotliDecompressSync(packed.body).toString(), 'let a = 1;');
    const refused = await get('/assets/app-1a2b.js', { 'accept-encoding': 'br;q=0, gzip' });
    assert.equal(refused.headers['content-encoding'], undefined);
    const head = await get('/assets/app-1a2b.js', {}, 'HEAD');
    assert.deepEqual([head.status, head.headers['content-length'], head.body.length], [200, '10', 0]);
  });

  test('nothing outside the folder is served, whatever the path says', async () => {
    const paths = [
      '/../outside.js',
      '/assets/../../outside.js',
      '/%2e%2e/outside.js',
      '/..%2foutside.js',
      '/.secret.js',
      '/assets/none.js',
      '/assets',
      '//etc/passwd.txt',
      '/assets/app-1a2b.js%00.txt',
    ];
    for (const path of paths) {
      const answer = await get(path);
      assert.ok(!answer.body.includes('no\n') && answer.body.toString() !== 'no', path);
      if (path !== '/assets') assert.equal(answer.status, 404, path);
    }
  });

  test('another name of this machine leads to the public address, and nowhere else', async () => {
    const { port, origin } = new URL(running.url);
    for (const [path, place] of [
      ['/mail?x=1', `${origin}/mail?x=1`],
      ['/.//evil.example/', `${origin}//evil.example/`],
    ]) {
      const answer = await get(path ?? '', { host: `127.0.0.1:${port}` });
      assert.deepEqual([answer.status, answer.headers.location], [307, place]);
    }
    assert.equal((await get('/', { host: `evil.example:${port}` })).status, 403);
  });
});
