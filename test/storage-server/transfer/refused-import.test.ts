import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { drain } from '../../../storage-server/draft/draft-routes.ts';
import { readImport } from '../../../storage-server/transfer/read-import.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

const temp = makeTempDir('refused-import');
after(() => temp.remove());

test('what is left of a refused import is read, so that whoever sends it hears why', async (t) => {
  const read: boolean[] = [];
  const server = createServer((req, res) => {
    void (async () => {
      const findings = readImport(req, { place: { dir: temp.path }, name: 'file', now: Date.now() });
      await assert.rejects(findings.next(), { code: 'invalid', reason: 'import-zip' });
      await drain(req);
      read.push(req.complete);
      res.writeHead(400).end();
    })();
  });
  server.listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sending = request({ port, host: '127.0.0.1', method: 'POST' });
  const failed: Error[] = [];
  sending.on('error', (error) => failed.push(error));
  sending.end(Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(8 << 20)]));
  const [answer] = (await once(sending, 'response')) as [{ statusCode: number; resume(): void }];
  answer.resume();
  assert.deepEqual([answer.statusCode, read, failed], [400, [true], []]);
});
