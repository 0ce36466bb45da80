import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import {
  SubmissionError,
  type Submission,
  submitMail,
} from '../../../storage-server/sending/relay/submit-mail.ts';
import { type FakeSmtp, type FakeSmtpOptions, startFakeSmtp } from '../../fakes/smtp-server.ts';

const EXTENSIONS = ['8BITMIME', 'DSN'];
const login = { user: 'storage_1', password: 'token', mechanisms: 'PLAIN' };
const signal = new AbortController().signal;

async function* message(): AsyncGenerator<Buffer> {
  yield Buffer.from('From: a@x.test\r\nSubject: s\r\n\r\n.dot\r\n');
  yield Buffer.from('end\r\n');
}

function submission(fake: FakeSmtp, change: Partial<Submission> = {}): Submission {
  return {
    host: fake.host,
    port: fake.port,
    user: 'usr_1',
    part: 'storage_1',
    token: 'token',
    mailFrom: 'a@x.test',
    recipients: ['b@y.test', 'c@y.test'],
    sendKey: 'snd_1',
    source: message,
    ...change,
  };
}

async function failing(options: FakeSmtpOptions, change: Partial<Submission> = {}): Promise<SubmissionError> {
  const fake = await startFakeSmtp({ login, extensions: EXTENSIONS, ...options });
  try {
    await submitMail(submission(fake, change), signal);
  } catch (error) {
    assert.ok(error instanceof SubmissionError, String(error));
    return error;
  } finally {
    await fake.close();
  }
  throw new Error('was taken');
}

suite('submission to a relay', () => {
  let fake: FakeSmtp;
  before(async () => {
    fake = await startFakeSmtp({ login, extensions: EXTENSIONS });
  });
  after(async () => await fake.close());

  test('speaks for the user with the part’s token, and names the send key', async () => {
    const { line, refused } = await submitMail(submission(fake), signal);
    assert.match(line, /^250 .*taken/);
    assert.deepEqual(refused, []);
    const [mail] = fake.mails;
    assert.match(mail?.from ?? '', /^<a@x\.test> .*ENVID=snd_1/);
    assert.deepEqual(mail?.to, ['<b@y.test>', '<c@y.test>']);
    assert.match(mail?.raw.toString() ?? '', /\r\n\.dot\r\nend\r\n$/);
    const auth = fake.commands.find((one) => one.includes('AUTH PLAIN')) ?? '';
    assert.equal(Buffer.from(auth.split(' ').at(-1) ?? '', 'base64').toString(), 'usr_1\0storage_1\0token');
  });
});

suite('a submission that comes to nothing', () => {
  const outcome = ({ permanent, reached, code }: SubmissionError) => ({ permanent, reached, code });
  const reply = (verb: string, line: string): FakeSmtpOptions => ({
    script: (connection, command) => {
      if (command !== verb) return false;
      connection.say(line);
      return true;
    },
  });
  const hangUp = (verb: string): FakeSmtpOptions => ({
    script: (connection, command) => {
      if (command !== verb) return false;
      connection.socket.destroy();
      return true;
    },
  });
  const table: [string, FakeSmtpOptions, ReturnType<typeof outcome>][] = [
    [
      'a refused sender is final',
      reply('MAIL', '550 5.7.1 not yours'),
      { permanent: true, reached: false, code: 550 },
    ],
    [
      'a busy relay is not',
      reply('MAIL', '452 4.3.1 later'),
      { permanent: false, reached: false, code: 452 },
    ],
    [
      'refused recipients are final',
      reply('RCPT', '553 5.1.3 no'),
      { permanent: true, reached: false, code: 553 },
    ],
    [
      'a refused token is not',
      { login: { ...login, password: 'other' } },
      { permanent: false, reached: false, code: 535 },
    ],
    [
      'a refused message is final',
      reply('.', '554 5.6.0 bare CR'),
      { permanent: true, reached: false, code: 554 },
    ],
    ['a full relay is not', reply('.', '451 4.3.0 disk'), { permanent: false, reached: false, code: 451 }],
    [
      'a line that broke before the message',
      hangUp('EHLO'),
      { permanent: false, reached: false, code: null },
    ],
    [
      'a line that broke after the message may have sent it',
      hangUp('.'),
      { permanent: false, reached: true, code: null },
    ],
    [
      'a relay that takes no ENVID gets no mail',
      { extensions: ['8BITMIME'] },
      { permanent: false, reached: false, code: null },
    ],
  ];
  for (const [name, options, expected] of table) {
    test(name, async () => assert.deepEqual(outcome(await failing(options)), expected));
  }
  test('names each refused recipient', async () => {
    const error = await failing({
      script: (connection, verb, rest) => {
        if (verb !== 'RCPT') return false;
        connection.say(rest.includes('b@') ? '550 5.1.1 who?' : '553 5.1.3 what?');
        return true;
      },
    });
    assert.deepEqual(
      error.refused.map(({ address, code, enhanced }) => [address, code, enhanced]),
      [
        ['b@y.test', 550, '5.1.1'],
        ['c@y.test', 553, '5.1.3'],
      ],
    );
  });
  test('a source that breaks leaves no mail behind', async () => {
    const fake = await startFakeSmtp({ login, extensions: EXTENSIONS });
    const source = async function* () {
      yield Buffer.from('From: a@x.test\r\n\r\nhalf\r\n');
      throw new Error('blob damaged');
    };
    await assert.rejects(
      submitMail(submission(fake, { source }), signal),
      (error: unknown) => error instanceof SubmissionError && !error.reached && !error.permanent,
    );
    assert.deepEqual(fake.mails, []);
    await fake.close();
  });
  test('beyond loopback nothing goes without TLS', async () => {
    const seen: string[] = [];
    // 0.0.0.0 is no loopback name, but leads here.
    const error = await failing(
      {
        script: (connection, verb) => {
          seen.push(verb);
          if (verb === 'STARTTLS') connection.say('454 4.7.0 no TLS today');
          return verb === 'STARTTLS';
        },
      },
      { host: '0.0.0.0' },
    );
    assert.equal(error.permanent, false);
    assert.ok(!seen.includes('AUTH') && seen.includes('STARTTLS'), seen.join());
  });
  test('ends at once when the server stops', async () => {
    const stopping = new AbortController();
    const fake = await startFakeSmtp({
      login,
      extensions: EXTENSIONS,
      script: (_connection, verb) => {
        if (verb === 'MAIL') stopping.abort();
        return verb === 'MAIL';
      },
    });
    await assert.rejects(submitMail(submission(fake), stopping.signal), SubmissionError);
    await fake.close();
  });
});
