import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailError } from '../../../common/errors.ts';
import type { Pop3Settings } from '../../../common/shapes/account.ts';
import { parseCapabilities, type Capabilities } from '../../../storage-server/pop3/capabilities.ts';
import { chooseMethod, type Choice } from '../../../storage-server/pop3/choose-method.ts';

const NO_CAPA: Capabilities = { ...parseCapabilities(''), answered: false };
const tls = { secure: true };
const timestamp = { timestamp: true };
const beyondAscii = { ascii: false };

/** Setting, CAPA (null: unknown), what else, and the way chosen or the reason why there is none. */
const CASES: [Pop3Settings['auth'], string[] | null, Partial<Choice>, string][] = [
  ['auto', null, {}, 'user'],
  ['auto', null, timestamp, 'user'],
  ['auto', ['USER'], timestamp, 'user'],
  ['auto', ['USER', 'PIPELINING', 'SASL PLAIN SCRAM-SHA-256'], tls, 'user'],
  ['auto', ['USER', 'PIPELINING', 'SASL PLAIN'], { ...tls, ...beyondAscii }, 'plain'],
  ['auto', ['USER', 'PIPELINING', 'SASL PLAIN', 'UTF8 USER'], { ...tls, ...beyondAscii }, 'user'],
  ['auto', ['USER', 'SASL LOGIN PLAIN'], tls, 'plain'],
  ['auto', ['USER', 'SASL LOGIN PLAIN'], {}, 'user'],
  ['auto', ['USER', 'SASL LOGIN PLAIN'], beyondAscii, 'plain'],
  ['auto', ['USER', 'SASL PLAIN SCRAM-SHA-256'], {}, 'scram-sha-256'],
  ['auto', ['SASL PLAIN'], {}, 'plain'],
  ['auto', ['SASL LOGIN'], tls, 'login'],
  ['auto', ['SASL SCRAM-SHA-256'], tls, 'scram-sha-256'],
  ['auto', ['SASL CRAM-MD5'], timestamp, 'apop'],
  ['auto', ['SASL XOAUTH2'], tls, 'no-password-method'],
  ['auto', ['SASL', 'STLS'], {}, 'encryption-needed'],
  ['auto', ['STLS', 'TOP'], {}, 'encryption-needed'],
  ['auto', ['TOP', 'UIDL'], {}, 'user'],
  ['auto', ['TOP', 'UIDL'], tls, 'user'],
  ['user', ['SASL PLAIN'], {}, 'user'],
  ['plain', ['USER'], {}, 'plain'],
  ['login', null, {}, 'login'],
  ['apop', ['USER'], timestamp, 'apop'],
  ['apop', ['USER'], {}, 'no-apop'],
  ['scram-sha-256', ['SASL SCRAM-SHA-256'], tls, 'scram-sha-256'],
  ['scram-sha-256', ['SASL PLAIN'], tls, 'mechanism-not-offered'],
  ['scram-sha-256', ['USER'], {}, 'scram-sha-256'],
  ['xoauth2', ['SASL PLAIN XOAUTH2'], tls, 'xoauth2'],
  ['xoauth2', ['SASL OAUTHBEARER'], tls, 'oauthbearer'],
  ['oauthbearer', ['SASL PLAIN XOAUTH2'], tls, 'xoauth2'],
  ['oauthbearer', ['SASL PLAIN'], tls, 'mechanism-not-offered'],
  ['oauthbearer', null, tls, 'oauthbearer'],
];

for (const [auth, lines, more, expected] of CASES) {
  const offered = lines === null ? 'no CAPA' : lines.join(', ');
  test(`${auth}, ${offered}, ${JSON.stringify(more)}: ${expected}`, () => {
    const capabilities = lines === null ? NO_CAPA : parseCapabilities(lines.join('\r\n'));
    const choice: Choice = { auth, capabilities, secure: false, timestamp: false, ascii: true, ...more };
    let chosen: string;
    try {
      chosen = chooseMethod(choice);
    } catch (error) {
      assert.ok(error instanceof MailError);
      assert.equal(error.temporary, false);
      chosen = error.reason ?? error.code;
    }
    assert.equal(chosen, expected);
  });
}
