import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import type { Source } from '../../../storage-server/pop3/message-sink.ts';
import { MESSAGE_MISBEHAVIOURS } from '../../fakes/pop3-message-misbehaviours.ts';
import { SESSION_MISBEHAVIOURS, type Misbehaviour } from '../../fakes/pop3-misbehaviours.ts';
import { CAPABILITY_MISBEHAVIOURS } from '../../fakes/pop3-capability-misbehaviours.ts';
import { LISTING_MISBEHAVIOURS } from '../../fakes/pop3-listing-misbehaviours.ts';
import { SIGN_IN_MISBEHAVIOURS } from '../../fakes/pop3-sign-in-misbehaviours.ts';
import { startPop3Server } from '../../fakes/pop3-server.ts';
import { makeAuthority, type Authority } from '../../harness/certificate.ts';
import { missingComponent } from '../../harness/component.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { openTestSession } from './connect.ts';

const ALL = [
  ...SESSION_MISBEHAVIOURS,
  ...MESSAGE_MISBEHAVIOURS,
  ...CAPABILITY_MISBEHAVIOURS,
  ...SIGN_IN_MISBEHAVIOURS,
  ...LISTING_MISBEHAVIOURS,
];

interface Outcome {
  error: MailError | null;
  got: Map<number, Buffer>;
  skipped: Map<number, MailError>;
}

/** The bytes handed over; a spool file belongs to the taker, who removes it. */
function takeSource(source: Source): Buffer {
  if (Buffer.isBuffer(source)) return source;
  const bytes = readFileSync(source.path);
  assert.equal(bytes.length, source.size);
  rmSync(source.path);
  return bytes;
}

describe('a server that misbehaves', { skip: missingComponent('openssl') }, () => {
  const temp = makeTempDir('hostile');
  const spool = makeTempDir('hostile-spool');
  let authority: Authority;
  before(() => {
    authority = makeAuthority(temp.path);
    authority.trust();
  });
  after(() => {
    temp.remove();
    spool.remove();
  });

  async function play(misbehaviour: Misbehaviour): Promise<Outcome & { messages: Uint8Array[] }> {
    const options = misbehaviour.server(authority, temp.path);
    const server = await startPop3Server(options);
    const { settings = {}, limits = {}, secret = 'secret', known = null, listing = false } = misbehaviour;
    const outcome: Outcome = { error: null, got: new Map(), skipped: new Map() };
    try {
      const session = await openTestSession({
        port: server.port,
        spoolDir: spool.path,
        settings,
        limits,
        secret,
        known,
        listing,
        language: 'es',
      });
      try {
        const { messages } = await session.list();
        for await (const { listed, source, error } of session.retrieve(messages)) {
          if (error === null) outcome.got.set(listed.number, takeSource(source));
          else outcome.skipped.set(listed.number, error);
        }
        await session.quit();
      } finally {
        session.close();
      }
    } catch (error) {
      assert.ok(error instanceof MailError, String(error));
      outcome.error = error;
    } finally {
      await server.close();
    }
    return { ...outcome, messages: options.messages ?? [] };
  }

  for (const misbehaviour of ALL) {
    test(`${misbehaviour.number}. ${misbehaviour.name}`, async () => {
      const { error, got, skipped, messages } = await play(misbehaviour);
      const { expected } = misbehaviour;
      if (expected === 'exact' || 'without' in expected) {
        const without = expected === 'exact' ? [] : expected.without;
        assert.equal(error, null);
        assert.deepEqual([...skipped.keys()], without);
        for (const one of skipped.values()) assert.equal(one.code, expected === 'exact' ? '' : expected.code);
        for (const [index, message] of messages.entries()) {
          if (!without.includes(index + 1))
            assert.ok(got.get(index + 1)?.equals(message), `message ${index + 1} is not the same`);
        }
      } else {
        assert.ok(error !== null, 'no error came');
        const { code, reason = error.reason, serverLine = error.serverLine } = expected;
        const { retryAfter = error.retryAfter, temporary = error.temporary } = expected;
        assert.deepEqual(
          {
            code: error.code,
            reason: error.reason,
            serverLine: error.serverLine,
            retryAfter: error.retryAfter,
            temporary: error.temporary,
          },
          { code, reason, serverLine, retryAfter, temporary },
        );
      }
      assert.deepEqual(readdirSync(spool.path), [], 'a spool file was left');
    });
  }

  test('every number is there once', () => {
    assert.equal(new Set(ALL.map((one) => one.number)).size, ALL.length);
  });
});
