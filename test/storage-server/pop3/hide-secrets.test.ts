import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import { HiddenSecrets } from '../../../server-kit/hidden-secrets.ts';
import { readBearerProblem } from '../../../storage-server/pop3/sasl/bearer.ts';
import { startPop3Server, type FakePop3Options } from '../../fakes/pop3-server.ts';
import { makeTempDir } from '../../harness/tempdir.ts';
import { openTestSession } from './connect.ts';

const SECRET = 'Tr0ub4dor.$&+3';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('secrets in what servers say', () => {
  const cases: [what: string, secret: string, line: string, shown: string][] = [
    ['itself', SECRET, `-ERR no PASS ${SECRET}, twice ${SECRET}`, '-ERR no PASS ***, twice ***'],
    ['in capitals', SECRET, `-ERR PASS ${SECRET.toUpperCase()}?`, '-ERR PASS ***?'],
    ['in base64', SECRET, `-ERR ${base64(SECRET)}`, '-ERR ***M='],
    ['in base64 behind one byte', SECRET, `-ERR ${base64(`u${SECRET}`)}`, '-ERR dV***'],
    ['in base64 behind two', SECRET, `-ERR ${base64(`\0u${SECRET}`)}`, '-ERR AHV***w=='],
    ['with a tab', 'a\tsecret', '-ERR a\ufffdsecret', '-ERR ***'],
    ['with a space behind it', 'blank ', '-ERR blank', '-ERR ***'],
    ['too short to be told from words', 'no', '-ERR no', '-ERR no'],
  ];
  for (const [what, secret, line, shown] of cases) {
    test(what, () => {
      const hidden = new HiddenSecrets();
      hidden.add(secret);
      assert.equal(hidden.cover(line), shown);
    });
  }

  test('of one that is cut off, its beginning is hidden too', () => {
    const hidden = new HiddenSecrets();
    const token = `ya29.${'x7Qz'.repeat(500)}`;
    hidden.add(token);
    assert.equal(hidden.coverCut(`AUTH XOAUTH2 ${token.slice(0, 700)}`), 'AUTH XOAUTH2 ***');
    assert.equal(hidden.coverCut('nothing of it here'), 'nothing of it here');
  });

  test('a refused token comes back as no status', () => {
    const problem = (status: unknown) => readBearerProblem(base64(JSON.stringify({ status })))?.status;
    assert.equal(problem('400'), '400');
    assert.equal(problem(401), '401');
    assert.equal(problem('invalid_token'), 'invalid_token');
    assert.equal(problem(`ya29.${'x7Qz'.repeat(40)}`), null);
  });
});

describe('servers that repeat what they were told', () => {
  const spool = makeTempDir('hide-secrets');
  after(() => spool.remove());

  async function say(
    script: NonNullable<FakePop3Options['script']>,
    secret: string,
    auth: 'user' | 'scram-sha-256' | 'xoauth2',
  ): Promise<string> {
    const capabilities = ['USER', 'SASL XOAUTH2 SCRAM-SHA-256', 'UIDL'];
    const server = await startPop3Server({ capabilities, script });
    try {
      const trial = { port: server.port, spoolDir: spool.path, secret, settings: { auth } };
      (await openTestSession(trial)).close();
    } catch (error) {
      assert.ok(error instanceof MailError, String(error));
      return `${error.message} ${error.serverLine} ${JSON.stringify(error.params)}`;
    } finally {
      await server.close();
    }
    return assert.fail('it signed in');
  }

  test('a long token in a line that is no reply', async () => {
    const token = `ya29.${'some token, and still longer. '.repeat(60)}`;
    const shown = await say(
      ({ line, say: answer }, verb) => {
        if (verb === 'CAPA') return false;
        answer(verb === 'AUTH' ? '+ ' : `what is ${line}`);
        return true;
      },
      token,
      'xoauth2',
    );
    assert.match(shown, /what is \*\*\* /);
  });

  test('a password where a challenge should be, and one in base64 behind PASS', async () => {
    const scram = await say(
      ({ say: answer }, verb) => (verb === 'AUTH' ? (answer(`+ ${SECRET}`), true) : false),
      SECRET,
      'scram-sha-256',
    );
    assert.ok(scram.includes('***') && !scram.includes(SECRET), scram);
    const coded = await say(
      ({ say: answer }, verb) => (verb === 'PASS' ? (answer(`-ERR no ${base64(SECRET)}`), true) : false),
      SECRET,
      'user',
    );
    assert.ok(coded.includes('***') && !coded.includes(base64(SECRET).slice(0, 12)), coded);
  });
});
