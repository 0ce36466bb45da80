import assert from 'node:assert/strict';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { chooseEncoding, compressAnswer } from '../../server-kit/http/compress.ts';

describe('an encoding is chosen by Accept-Encoding (RFC 9110 12.5.3)', () => {
  for (const [accepts, chosen] of [
    [undefined, null],
    ['', null],
    ['identity', null],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['br;q=0, gzip;q=0', null],
    ['*', 'br'],
    ['*;q=0', null],
    ['br;q=0, *', 'zstd'],
    ['GZIP ; Q=0.3', 'gzip'],
    ['zstd;q=nonsense', null],
  ] as const) {
    it(`${accepts} → ${chosen}`, () => assert.equal(chooseEncoding(accepts), chosen));
  }
});

describe('answers', () => {
  const long = JSON.stringify({ rows: Array.from({ length: 200 }, (_, at) => ({ at, text: 'the same' })) });
  let server: Server;
  before(async () => {
    server = createServer((req, res) => {
      compressAnswer(req, res);
      const path = req.url ?? '';
      res.setHeader('vary', 'Origin');
      res.setHeader('content-type', path === '/stream' ? 'text/event-stream' : 'application/json');
      if (path === '/short') res.end('{"a":1}');
      else if (path === '/failing') {
        res.write('{"half":');
        res.writeHead(500, { 'content-type': 'application/json' });
        res.end('{"error":1}');
      } else {
        for (let at = 0; at < long.length; at += 1000) res.write(long.slice(at, at + 1000));
        res.end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => server.close());

  async function get(
    path: string,
    accepts?: string,
  ): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
    const { port } = server.address() as AddressInfo;
    const headers = accepts === undefined ? {} : { 'accept-encoding': accepts };
    return await new Promise((resolve, reject) => {
      request({ port, path, headers }, (res) => {
        const pieces: Buffer[] = [];
        res.on('data', (piece: Buffer) => pieces.push(piece));
        res.on('end', () => resolve({ headers: res.headers, body: Buffer.concat(pieces) }));
      })
        .on('error', reject)
        .end();
    });
  }

  for (const [encoding, undo] of [
    ['br', brotliDecompressSync],
    ['zstd', zstdDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    it(`go out in ${encoding}, whole and much shorter`, async () => {
      const { headers, body } = await get('/long', encoding);
      assert.equal(headers['content-encoding'], encoding);
      assert.equal(headers['vary'], 'Origin, Accept-Encoding');
      assert.ok(body.length < long.length / 8);
      assert.equal(undo(body).toString(), long);
    });
  }

  it('stay as they are for who takes no encoding, when they are short, streams, or already begun', async () => {
    const plain = await get('/long');
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.equal(plain.body.toString(), long);
    const short = await get('/short', 'br');
    assert.equal(short.headers['content-encoding'], undefined);
    assert.equal(short.body.toString(), '{"a":1}');
    const stream = await get('/stream', 'br');
    assert.equal(stream.headers['content-encoding'], undefined);
    assert.equal(stream.headers['transfer-encoding'], 'chunked');
    assert.equal(stream.body.toString(), long);
    const failing = await get('/failing', 'br');
    assert.equal(failing.body.toString(), '{"error":1}');
  });
});
