import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, Socket, type AddressInfo, type Server } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { MailError } from '../../common/errors.ts';
import { fetchGuarded } from '../../server-kit/egress/guarded-fetch.ts';
import { makeEgressGuard, type EgressGuard } from '../../server-kit/egress/guard.ts';
import { makeAuthority } from '../harness/certificate.ts';
import { makeTempDir } from '../harness/tempdir.ts';

describe('one HTTP request through the egress guard', () => {
  const temp = makeTempDir('guarded-fetch');
  const authority = makeAuthority(temp.path);
  const guard = makeEgressGuard({ allowNetworks: ['127.0.0.0/8', '::1/128'], dns: null });
  const servers: Server[] = [];
  const listen = async (server: Server): Promise<number> => {
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const serve = async (listener: RequestListener): Promise<string> =>
    `http://127.0.0.1:${await listen(createHttp(listener))}`;
  before(() => authority.trust());
  after(() => {
    for (const server of servers) server.close();
    temp.remove();
  });
  const limits = { timeoutMs: 5000, maxBytes: 1000 };
  const codeOf = async (asking: Promise<unknown>): Promise<string> => {
    try {
      await asking;
      return 'none';
    } catch (error) {
      assert.ok(error instanceof MailError, String(error));
      assert.doesNotMatch(error.message, /secret/, 'only the host is named');
      return error.code;
    }
  };

  test('sends what it is given and hands back status, headers and body', async () => {
    const url = await serve((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => {
        res.writeHead(400, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] });
        res.end(
          JSON.stringify([req.method, req.url, req.headers['x-test'], Buffer.concat(chunks).toString()]),
        );
      });
    });
    const what = { method: 'POST', headers: { 'x-test': 'yes' }, body: 'a=ñ', ...limits };
    const response = await fetchGuarded(guard, `${url}/path?q=1`, what);
    assert.equal(response.status, 400);
    assert.deepEqual(await response.json(), ['POST', '/path?q=1', 'yes', 'a=ñ']);
    assert.deepEqual(response.headers.getSetCookie(), ['a=1', 'b=2']);
  });

  test('follows no redirect', async () => {
    const url = await serve((_req, res) => {
      res.writeHead(302, { location: 'http://169.254.169.254/' });
      res.end();
    });
    assert.equal((await fetchGuarded(guard, url, { method: 'GET', ...limits })).status, 302);
  });

  test('has limits, and an error for each way to fail', async () => {
    const get = (url: string, change: Partial<typeof limits> = {}): Promise<Response> =>
      fetchGuarded(guard, url, { method: 'GET', ...limits, ...change });
    const large = await serve((_req, res) => void res.end('x'.repeat(1001)));
    assert.equal(await codeOf(get(`${large}/?secret`)), 'too-large');
    const endless = await serve((_req, res) => {
      res.writeHead(200);
      const timer = setInterval(() => res.write('x'), 20);
      res.on('close', () => clearInterval(timer));
    });
    assert.equal(await codeOf(get(`${endless}/?secret`, { timeoutMs: 300, maxBytes: 1e6 })), 'timeout');
    const silent = await listen(createTcp(() => undefined));
    assert.equal(await codeOf(get(`http://127.0.0.1:${silent}/?secret`, { timeoutMs: 200 })), 'timeout');
    const mute = `https://127.0.0.1:${silent}/?secret`;
    assert.equal(await codeOf(get(mute, { timeoutMs: 200 })), 'timeout', 'during the handshake too');
    const closing = await listen(createTcp((socket) => socket.destroy()));
    assert.equal(await codeOf(get(`http://127.0.0.1:${closing}/?secret`)), 'dropped');
    const other = await listen(createTcp((socket) => void socket.end('220 mail.example.org ESMTP\r\n')));
    assert.equal(await codeOf(get(`http://127.0.0.1:${other}/?secret`)), 'protocol');
    assert.equal(await codeOf(get('http://10.1.2.3/?secret')), 'host-not-allowed');
    assert.equal(await codeOf(get('https://169.254.169.254/?secret')), 'host-not-allowed');
    const half = await serve((_req, res) => {
      res.writeHead(200, { 'content-length': '100' });
      res.write('half');
      setImmediate(() => res.destroy());
    });
    assert.equal(await codeOf(get(`${half}/?secret`)), 'dropped', 'half an answer is none');
  });

  test('does not wait longer for a name than for anything else, and leaves no connection behind', async () => {
    const late = Promise.withResolvers<Socket>();
    const slow: EgressGuard = { ...guard, connect: async () => await late.promise };
    const asked = fetchGuarded(slow, 'http://slow.example.org/?secret', {
      method: 'GET',
      ...limits,
      timeoutMs: 50,
    });
    const waited = await Promise.race([codeOf(asked), setTimeout(5000, 'still waiting')]);
    assert.equal(waited, 'timeout');
    const socket = new Socket();
    late.resolve(socket);
    await late.promise;
    await setTimeout(0);
    assert.ok(socket.destroyed);
  });

  test('checks the certificate and its name', async () => {
    const answer: RequestListener = (_req, res) => void res.end('safe');
    const right = authority.issue(['localhost']);
    const port = await listen(createHttps({ cert: right.cert, key: right.key }, answer));
    const get = (url: string): Promise<Response> => fetchGuarded(guard, url, { method: 'GET', ...limits });
    assert.equal(await (await get(`https://localhost:${port}/`)).text(), 'safe');
    assert.equal(await codeOf(get(`https://127.0.0.1:${port}/?secret`)), 'tls', 'that name is not in it');
    const wrong = authority.issue(['other.example.org']);
    const elsewhere = await listen(createHttps({ cert: wrong.cert, key: wrong.key }, answer));
    assert.equal(await codeOf(get(`https://localhost:${elsewhere}/?secret`)), 'tls');
  });
});
