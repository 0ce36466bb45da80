import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { z } from 'zod';
import { MailError } from '../../common/errors.ts';
import type { Caller } from '../../server-kit/auth/caller.ts';
import { readJson } from '../../server-kit/http/answer.ts';
import { type HttpServer, startHttpServer } from '../../server-kit/http/server.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { type CallContext, makeTrpc } from '../../server-kit/trpc.ts';

const t = makeTrpc<CallContext>();
const router = t.router({
  whoami: t.user.query(({ ctx }) => ctx.caller.user),
  rule: t.admin.query(() => 'ok'),
  serve: t.storage.mutation(({ ctx }) => ctx.caller.part),
  greet: t.open.input(z.object({ name: z.string().max(5) })).query(({ input }) => `hello ${input.name}`),
  break: t.open.query(() => {
    throw new Error('the cause is nobody’s business');
  }),
  conflict: t.user.mutation(() => {
    throw new MailError('conflict', 'stale', { current: { revision: 3 } });
  }),
});

const CALLERS: Record<string, Caller> = {
  user: {
    kind: 'user',
    user: 'user_1',
    session: 's',
    admin: false,
    lab: false,
    labSaves: [],
    address: '',
    expiresAt: Date.now() + 1e6,
  },
  admin: {
    kind: 'user',
    user: 'user_2',
    session: 's',
    admin: true,
    lab: false,
    labSaves: [],
    address: '',
    expiresAt: Date.now() + 1e6,
  },
  storage: { kind: 'part', part: 'storage_1', partKind: 'storage-server', address: '' },
  relay: { kind: 'part', part: 'relay_1', partKind: 'smtp-relay', address: '' },
};

describe('the HTTP face of a part', () => {
  let server: HttpServer;
  let base: string;
  before(async () => {
    server = await startHttpServer({
      name: 'test',
      host: '127.0.0.1',
      port: 0,
      tls: null,
      publicUrl: 'http://localhost:9',
      extraOrigins: [],
      behindProxy: false,
      routes: [
        {
          method: 'POST',
          path: /^\/echo\/(\w+)$/,
          handle: async ({ req, res, match }) => {
            res.end(JSON.stringify([match[1], await readJson(req, 20)]));
          },
        },
        {
          method: 'GET',
          path: /^\/stream$/,
          handle: async ({ res }) => {
            res.writeHead(200, { 'content-type': 'text/event-stream' });
            res.write(': here\n\n');
            await new Promise((resolve) => res.once('close', resolve));
          },
        },
      ],
      router,
      createContext: (caller) => ({ caller, log: silentLogger }),
      authenticate: async (bearer, address) => {
        if (bearer === null) return { kind: 'anonymous', address };
        const caller = CALLERS[bearer];
        if (caller === undefined) throw new MailError('not-signed-in', 'no');
        return caller;
      },
      isHealthy: async () => true,
      metrics: () => 'up 1\n',
      metricsToken: null,
      log: silentLogger,
    });
    base = `http://127.0.0.1:${server.port}`;
  });
  after(async () => await server.close());

  const call = async (path: string, bearer: string | null, body?: unknown) => {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (bearer !== null) headers['authorization'] = `Bearer ${bearer}`;
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(base + path, init);
    const json = (await response.json()) as {
      result?: { data: unknown };
      error?: { data?: { valija: { code: string } } };
    };
    return { status: response.status, data: json.result?.data, code: json.error?.data?.valija.code };
  };

  const cases: [string, string | null, unknown, number, string][] = [
    ['whoami', 'user', undefined, 200, 'user_1'],
    ['whoami', null, undefined, 401, 'not-signed-in'],
    ['whoami', 'forged', undefined, 401, 'not-signed-in'],
    ['whoami', 'storage', undefined, 403, 'forbidden'],
    ['rule', 'user', undefined, 403, 'forbidden'],
    ['rule', 'admin', undefined, 200, 'ok'],
    ['serve', 'storage', {}, 200, 'storage_1'],
    ['serve', 'relay', {}, 403, 'forbidden'],
    ['serve', 'admin', {}, 403, 'forbidden'],
    ['greet?input={"name":"Ana"}', null, undefined, 200, 'hello Ana'],
    ['greet?input={"name":"Anastasia"}', null, undefined, 400, 'invalid'],
    ['conflict', 'user', {}, 409, 'conflict'],
    ['break', null, undefined, 500, 'internal'],
    ['nothing', null, undefined, 404, 'not-found'],
  ];
  for (const [path, bearer, body, status, expected] of cases) {
    test(`${path} as ${bearer ?? 'nobody'}: ${status} ${expected}`, async () => {
      const answer = await call(`/trpc/${path}`, bearer, body);
      assert.equal(answer.status, status);
      assert.equal(answer.code ?? answer.data, expected);
    });
  }

  test('an unknown error says nothing of its cause', async () => {
    const response = await fetch(`${base}/trpc/break`);
    assert.doesNotMatch(await response.text(), /business|stack|test/);
  });
  test('a form of another site changes nothing', async () => {
    const headers = { 'content-type': 'text/plain', authorization: 'Bearer user' };
    const response = await fetch(`${base}/trpc/conflict`, { method: 'POST', headers, body: '{}' });
    assert.equal(response.status, 400);
    const foreign = await fetch(`${base}/health`, { headers: { origin: 'https://evil.example' } });
    assert.equal(foreign.status, 403);
    assert.equal(foreign.headers.get('access-control-allow-origin'), null);
  });
  test('a plain call is the call that it stands for, and changes nothing', async () => {
    const ask = async (path: string, body: string) => {
      const headers = { 'content-type': 'text/plain;charset=UTF-8', origin: 'valija://app' };
      const response = await fetch(`${base}/trpc/${path}`, { method: 'POST', headers, body });
      return { status: response.status, text: await response.text() };
    };
    assert.deepEqual(JSON.parse((await ask('whoami', 'Bearer user\n{}')).text), {
      result: { data: 'user_1' },
    });
    // Bytes and characters differ.
    const named = await ask('greet', 'Bearer user\n{"name":"Zoë"}');
    assert.deepEqual(JSON.parse(named.text), { result: { data: 'hello Zoë' } });
    for (const body of ['{}', '', '\n{}', 'Bearer \n{}', 'Bearer a b\n{}', 'Basic user\n{}'])
      assert.equal((await ask('whoami', body)).status, 400, body);
    // Reached it would be a conflict.
    const changing = await ask('conflict', 'Bearer user\n{}');
    assert.deepEqual([changing.status, /content-type/.test(changing.text)], [400, true]);
    assert.equal((await ask('conflict?batch=1', 'Bearer user\n{"0":{}}')).status, 400);
    assert.equal((await ask('whoami,conflict?batch=1', 'Bearer user\n{"0":{},"1":{}}')).status, 400);
    assert.equal((await ask('whoami', `Bearer user\n${'x'.repeat(1 << 20)}`)).status, 413);
  });
  test('an allowed origin gets CORS without credentials, before the call too', async () => {
    const headers = { origin: 'valija://app', 'access-control-request-method': 'POST' };
    const response = await fetch(`${base}/trpc/whoami`, { method: 'OPTIONS', headers });
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('access-control-allow-origin'), 'valija://app');
    assert.equal(response.headers.get('access-control-allow-credentials'), null);
  });
  test('an unknown host name is refused', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const options = {
        port: server.port,
        host: '127.0.0.1',
        path: '/health',
        headers: { host: 'rebound.example' },
      };
      request(options, (res) => (res.resume(), resolve(res.statusCode)))
        .once('error', reject)
        .end();
    });
    assert.equal(status, 403);
  });
  test('an address that is none is a mistake of the caller, not of ours', async () => {
    for (const path of ['//', 'http://[']) {
      const status = await new Promise<number | undefined>((resolve, reject) => {
        request(
          { port: server.port, host: '127.0.0.1', path },
          (res) => (res.resume(), resolve(res.statusCode)),
        )
          .once('error', reject)
          .end();
      });
      assert.equal(status, 404, path);
    }
  });
  test('routes demand a token, and say what is wrong with a body', async () => {
    assert.equal((await call('/echo/x', null, {})).status, 403);
    const answer = await fetch(`${base}/echo/x`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer user' },
      body: JSON.stringify({ a: 'much too long for this' }),
    });
    assert.equal(answer.status, 413);
    assert.equal((await fetch(`${base}/echo/x`, { headers: { authorization: 'Bearer user' } })).status, 400);
  });
  test('streams of a revoked caller are ended', async () => {
    const response = await fetch(`${base}/stream`, { headers: { authorization: 'Bearer user' } });
    const reader = response.body!.getReader();
    await reader.read();
    server.endWhere((caller) => caller.kind === 'user');
    await assert.rejects(reader.read());
  });
  test('health and metrics answer', async () => {
    assert.equal((await fetch(`${base}/health`)).status, 200);
    assert.equal(await (await fetch(`${base}/metrics`)).text(), 'up 1\n');
  });
});
