import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { after, before, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { secure } from '../../../storage-server/pop3/tls.ts';
import { shareContext } from '../../../storage-server/pop3/tls-sessions.ts';
import { makeAuthority, type Authority } from '../../harness/certificate.ts';
import { missingComponent } from '../../harness/component.ts';
import { makeTempDir } from '../../harness/tempdir.ts';

describe('TLS sessions', { skip: missingComponent('openssl') }, () => {
  const temp = makeTempDir('tls-sessions');
  let authority: Authority;
  let server: Server;
  before(async () => {
    authority = makeAuthority(temp.path);
    authority.trust();
    const { cert, key } = authority.issue(['localhost']);
    server = createServer({ cert, key }, (socket) => socket.end('x'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => {
    server.close();
    temp.remove();
  });

  /** Whether the connection resumed an earlier session; the ticket for the next comes with the first byte. */
  async function visit(host: string): Promise<boolean> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    const secured: TLSSocket = await secure(socket, host, 5000, new AbortController().signal);
    const reused = secured.isSessionReused();
    assert.equal(secured.authorized, true);
    secured.resume();
    await once(secured, 'close');
    return reused;
  }

  test('are resumed with the same server, and with no other name', async () => {
    assert.deepEqual(
      [await visit('localhost'), await visit('localhost'), await visit('localhost')],
      [false, true, true],
    );
    await assert.rejects(
      visit('mail.example'),
      (error) => error instanceof MailError && error.reason === 'certificate-name',
    );
    assert.equal(await visit('localhost'), true);
  });

  test('end when the process trusts others', async () => {
    const context = shareContext();
    assert.equal(shareContext(), context);
    await visit('localhost');
    authority.trust();
    assert.notEqual(shareContext(), context);
    assert.equal(await visit('localhost'), false);
  });
});
