import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { DEFAULT_LIMITS } from '../../../storage-server/pop3/limits.ts';
import { listMaildrop } from '../../../storage-server/pop3/listing.ts';
import { parseReply } from '../../../storage-server/pop3/reply.ts';
import type { BodySink, Wire } from '../../../storage-server/pop3/wire.ts';

test('more messages than any maildrop has are no listing: they would fill our memory within its bytes', async () => {
  const lines = Array.from({ length: 1_000_001 }, (_, n) => `${n + 1} 1\r\n`);
  const bytes = Buffer.from(lines.join(''));
  assert.ok(bytes.length < DEFAULT_LIMITS.listing);
  const wire = {
    ask: async (_line: string, sink: BodySink) => {
      sink.take(bytes);
      return parseReply(Buffer.from('+OK'))!;
    },
  } as unknown as Wire;
  await assert.rejects(
    listMaildrop(wire, DEFAULT_LIMITS, false),
    (error) => error instanceof MailError && error.reason === 'list-too-long',
  );
});
