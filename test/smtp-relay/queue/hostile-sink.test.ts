import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { RecipientStatus } from '../../../common/shapes/status.ts';
import { missingComponent } from '../../harness/component.ts';
import { sendMail } from '../../harness/relay.ts';
import { startRelaySending, statusesOf, type RelaySending } from '../../harness/relay-sending.ts';
import { startSmtpSink, type SmtpSink } from '../../harness/smtp-sink.ts';

/** What smtp-sink does to a command, by its option; what the mail is then, and the reply's code where there is one. */
const WAYS: { option: string; state: RecipientStatus['state']; code: number | null }[] = [
  { option: '-q', state: 'deferred', code: null },
  { option: '-Q', state: 'deferred', code: 421 },
  { option: '-r', state: 'deferred', code: 450 },
  { option: '-f', state: 'failed', code: 500 },
];
const COMMANDS = ['MAIL', 'RCPT', 'DATA', '.'];

describe('a host that is hostile', { skip: missingComponent('smtp-sink') }, () => {
  const sinks: SmtpSink[] = [];
  let sending: RelaySending;

  before(async () => {
    sending = await startRelaySending();
  });
  after(async () => {
    await sending?.stop();
    for (const sink of sinks) await sink.stop();
  });

  const start = async (...args: string[]): Promise<SmtpSink> => {
    const sink = await startSmtpSink({ args });
    sinks.push(sink);
    return sink;
  };

  test('at each command: nothing counts as delivered that was not taken, and only 5xx is final', async () => {
    const expected = new Map<string, object>();
    const submit = async (option: string, command: string, key: string): Promise<void> => {
      const sink = await start(option, command);
      const from = await sending.addSender(sink.port);
      const dialog = await sending.world.signIn(sending.relay);
      assert.match(await sendMail(dialog, { from, to: ['bob@x.test'], key }), /^250/);
      dialog.close();
    };
    for (const { option, state, code } of WAYS) {
      for (const command of COMMANDS) {
        const key = `${option}-${command === '.' ? 'dot' : command}`;
        expected.set(key, { state, code, attempts: 1 });
        await submit(option, command, key);
      }
    }
    const results = await sending.take((found) => statusesOf(found).length >= expected.size);
    const seen = results.flatMap((result) => {
      if (result.kind !== 'recipient') return [];
      const { state, code, attempts } = result.recipient;
      return [[result.sendKey, { state, code, attempts }] as const];
    });
    assert.deepEqual(new Map(seen), expected);
  });

  test('that takes its time gets the mail all the same', async () => {
    const sink = await start('-w', '1');
    const from = await sending.addSender(sink.port);
    const results = await sending.sendAndTake({ from, to: ['bob@x.test'], key: 'slow' }, 1);
    assert.deepEqual(
      statusesOf(results).map(({ state }) => state),
      ['accepted'],
    );
    assert.equal(sink.mails().length, 1);
  });
});
