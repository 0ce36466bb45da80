import assert from 'node:assert/strict';
import test from 'node:test';
import { PROVIDERS } from '../../common/providers/providers.ts';
import {
  checkSecrets,
  listNewTokenPlaces,
  planOAuth,
} from '../../profile-server/account/rule/sign-in-rule.ts';
import {
  decideDeviceAsk,
  isOtherMailbox,
  judgeRefusal,
  lacksMailScope,
  redact,
} from '../../profile-server/oauth/answer-rule.ts';
import { makeCallbackPage, makeQuestionPage } from '../../profile-server/oauth/sign-in/callback-page.ts';
import { checkTokens } from '../../profile-server/oauth/sign-in/finish-sign-in.ts';
import {
  checkTokenPlace,
  isSafeUrl,
  mergeFacts,
  readBuiltIn,
} from '../../profile-server/oauth/provider/provider-rule.ts';
import { decideRetry, judgeToken } from '../../profile-server/oauth/token/token-rule.ts';
import { chooseLanguage } from '../../profile-server/web/plain-page.ts';
import { MINUTE, SECOND } from '../../common/time.ts';
import { codeOf, sampleSettings } from './sample.ts';

test('what a refusal of the provider means', () => {
  const cases: [string, 'begin' | 'refresh', string][] = [
    ['invalid_grant', 'refresh', 'needs-sign-in/oauth-expired'],
    ['interaction_required', 'refresh', 'needs-sign-in/oauth-expired'],
    ['consent_required', 'refresh', 'needs-sign-in/oauth-expired'],
    ['invalid_grant', 'begin', 'sign-in-failed/oauth-answer'],
    ['access_denied', 'begin', 'sign-in-failed/oauth-denied'],
    ['expired_token', 'begin', 'sign-in-failed/oauth-late'],
    // The admin's business: the user must not be sent to sign in for it.
    ['invalid_client', 'refresh', 'unavailable/oauth-client'],
    ['unauthorized_client', 'refresh', 'unavailable/oauth-client'],
    ['invalid_scope', 'begin', 'unavailable/oauth-client'],
    ['temporarily_unavailable', 'refresh', 'unavailable/oauth-unavailable'],
    ['server_error', 'refresh', 'unavailable/oauth-unavailable'],
    ['HTTP 503', 'refresh', 'unavailable/oauth-unavailable'],
    ['something_new', 'refresh', 'unavailable/oauth-unavailable'],
  ];
  for (const [error, asked, expected] of cases) {
    const answer = { error, description: 'why', retryAfter: 7 };
    const judged = judgeRefusal(answer, asked, 'Own');
    assert.equal(`${judged.code}/${judged.reason}`, expected, error);
    assert.equal(judged.serverLine, `${error}: why`);
    assert.equal(judged.retryAfter, judged.reason === 'oauth-unavailable' ? 7 : null);
  }
});

test('the device flow asks again, slower when told so, or ends', () => {
  assert.deepEqual(decideDeviceAsk('authorization_pending', 5), { again: 5 });
  assert.deepEqual(decideDeviceAsk('slow_down', 5), { again: 10 });
  assert.equal(decideDeviceAsk('access_denied', 5), 'end');
  assert.equal(decideDeviceAsk('expired_token', 5), 'end');
});

test('a provider’s line is kept without the secrets that it repeats', () => {
  assert.equal(redact('code abcdef is old\r\n\u0000', ['abcdef', null, 'x']), 'code … is old');
  assert.equal(redact('y'.repeat(1000), []).length, 400);
});

test('an access token is used, renewed in time, waited for', () => {
  const now = 1_000_000_000;
  const hour = 60 * MINUTE;
  const token = {
    refused: 0,
    issued_at: now - 10 * MINUTE,
    expires_at: now - 10 * MINUTE + hour,
    retry_at: 0,
    refresher: null as string | null,
    refresh_until: 0,
  };
  const judge = (change: Partial<typeof token>): string => judgeToken({ ...token, ...change }, now);
  const ending = (left: number): Partial<typeof token> => ({
    issued_at: now + left - hour,
    expires_at: now + left,
  });
  const claimed = { refresher: 'ref_1', refresh_until: now + 1 };
  assert.equal(judge({}), 'use');
  assert.equal(judge(ending(5 * MINUTE)), 'use');
  assert.equal(judge(ending(5 * MINUTE - 1)), 'refresh', 'at least five minutes before its end');
  assert.equal(judge({ ...ending(MINUTE), ...claimed }), 'use', 'somebody is at it, this one is still good');
  assert.equal(judge({ ...ending(20 * SECOND), ...claimed }), 'wait');
  assert.equal(judge({ ...ending(-1), ...claimed }), 'wait');
  assert.equal(judge({ ...ending(-1), ...claimed, refresh_until: now }), 'refresh', 'the claim has run out');
  assert.equal(judge({ ...ending(MINUTE), retry_at: now + 1 }), 'use');
  assert.equal(judge({ ...ending(-1), retry_at: now + 1 }), 'later');
  assert.equal(judge({ ...ending(-1), retry_at: now }), 'refresh');
  assert.equal(judge({ refused: 1 }), 'sign-in', 'whatever is left of it');
  assert.equal(judge({ issued_at: 0, expires_at: 0 }), 'refresh', 'dropped after a mail server refused it');
  assert.equal(judge({ issued_at: now - 3000, expires_at: now + 7000 }), 'use', 'a short life');
  assert.equal(judge({ issued_at: now - 6000, expires_at: now + 4000 }), 'refresh', 'renewed at half of it');
  assert.equal(
    judge({ issued_at: now + hour, expires_at: now + 3 * hour }),
    'refresh',
    'the clock went back',
  );
});

test('a refresh that failed for a while is tried again later and later', () => {
  const waits = [0, 1, 2, 5, 50].map((fails) => decideRetry(0, fails, null) / SECOND);
  assert.deepEqual(waits, [30, 60, 120, 900, 900]);
  assert.equal(decideRetry(0, 0, 120), 120 * SECOND, 'as the provider asks');
  assert.equal(decideRetry(0, 0, 1), 30 * SECOND, 'but not sooner than we would');
});

test('tokens are refused that are not for mail, of another mailbox or not for long', () => {
  const provider = { name: 'Own', scopes: ['https://mail.example/', 'offline_access'] };
  const good = { refreshToken: 'r', scope: null, email: null };
  const check = (change: object, meant: (string | null)[] = []): string =>
    codeOf(() => checkTokens({ ...good, ...change }, provider, meant));
  assert.equal(check({}), 'none');
  assert.equal(check({ refreshToken: null }), 'sign-in-failed/oauth-no-refresh');
  assert.equal(check({ scope: 'openid email' }), 'sign-in-failed/oauth-scope');
  assert.equal(check({ scope: 'openid https://mail.example/' }), 'none');
  assert.equal(
    check({ email: 'BEA@example.org' }, ['ana@example.org']),
    'sign-in-failed/oauth-other-mailbox',
  );
  assert.equal(check({ email: 'Ana@Example.org' }, ['ana@example.org', 'ana']), 'none');
  assert.equal(
    lacksMailScope(['https://outlook.office.com/POP.AccessAsUser.All'], 'POP.AccessAsUser.All'),
    false,
  );
  assert.equal(isOtherMailbox('ana@example.org', [null, 'ana']), false, 'nothing to compare with');
});

test('a provider of one’s own needs all facts, and addresses that are safe', () => {
  const own = {
    name: 'Own',
    authorizeUrl: 'https://id.example.org/auth',
    tokenUrl: 'https://id.example.org/token',
    scopes: ['mail'],
    hosts: ['pop.example.org'],
  };
  assert.equal(mergeFacts(null, own).sasl, 'xoauth2');
  for (const field of ['name', 'authorizeUrl', 'tokenUrl', 'scopes', 'hosts'] as const) {
    const { [field]: _left, ...rest } = own;
    assert.equal(
      codeOf(() => mergeFacts(null, rest)),
      'invalid/oauth-fact-missing',
      field,
    );
  }
  const device = { ...own, flows: ['device' as const] };
  assert.equal(
    codeOf(() => mergeFacts(null, device)),
    'invalid/oauth-fact-missing',
  );
  const clear = { ...own, tokenUrl: 'http://id.example.org/token' };
  assert.equal(
    codeOf(() => mergeFacts(null, clear)),
    'invalid/oauth-url',
  );
  assert.ok(isSafeUrl('http://localhost:8080/token'));
  for (const url of [
    'http://10.0.0.1/',
    'javascript:alert(1)',
    'https://a:b@c.example/',
    'https://c.example/#x',
    'x',
  ]) {
    assert.equal(isSafeUrl(url), false, url);
  }
});

test('every provider of the table that has OAuth can be used as it stands there', () => {
  const known = PROVIDERS.flatMap((provider) => readBuiltIn(provider) ?? []);
  assert.ok(known.length >= 4);
  for (const facts of known) mergeFacts(facts, {});
  const microsoft = readBuiltIn(PROVIDERS.find(({ id }) => id === 'microsoft')!)!;
  assert.deepEqual(microsoft.flows, ['code', 'device']);
  assert.ok(
    microsoft.hosts.includes('outlook.office365.com') && microsoft.hosts.includes('smtp.office365.com'),
  );
  const google = readBuiltIn(PROVIDERS.find(({ id }) => id === 'google')!)!;
  assert.deepEqual([google.flows, google.extra['access_type']], [['code'], 'offline']);
  // A tenant's own address in the admin's row goes before the table's.
  const tenant = 'https://login.microsoftonline.com/uni/oauth2/v2.0/token';
  assert.equal(mergeFacts(microsoft, { tokenUrl: tenant }).tokenUrl, tenant);
});

test('a token goes to the provider’s own hosts only, never in clear', () => {
  const provider = { name: 'Own', hosts: ['pop.example.org', '127.0.0.1'] };
  const check = (host: string, tls: string): string =>
    codeOf(() => checkTokenPlace({ host, tls }, provider, 'settings.pop3'));
  assert.equal(check('POP.example.org.', 'implicit'), 'none');
  assert.equal(check('pop.example.org', 'none'), 'invalid/oauth-needs-tls');
  assert.equal(check('127.0.0.1', 'none'), 'none');
  assert.equal(check('pop.example.org.evil.test', 'implicit'), 'invalid/oauth-host');
  assert.equal(check('sub.pop.example.org', 'implicit'), 'invalid/oauth-host');
});

test('whose tokens an account signs in with, and where they would go anew', () => {
  const token = sampleSettings({ pop3: { ...sampleSettings().pop3, auth: 'xoauth2' } });
  const smtp = {
    host: 'smtp.example.org',
    port: 465,
    tls: 'implicit' as const,
    user: 'ana',
    auth: 'oauthbearer' as const,
  };
  const both = { ...token, send: { way: 'smarthost' as const, smtp } };
  const password = sampleSettings();
  const before = { settings: token, oauth: 'own' };
  assert.equal(planOAuth(token, {}, null, 'own'), 'own');
  assert.equal(planOAuth(token, {}, before, null), 'own', 'kept');
  assert.equal(planOAuth(token, {}, before, 'google'), 'google', 'a new grant goes before');
  assert.equal(planOAuth(password, {}, before, null), null, 'back to a password');
  assert.equal(planOAuth(token, { pop3Password: 'a token of the user’s own' }, before, null), null);
  assert.equal(
    codeOf(() => planOAuth(password, {}, null, 'own')),
    'invalid/oauth-auth',
  );

  const fields = (...args: Parameters<typeof listNewTokenPlaces>): string[] =>
    listNewTokenPlaces(...args).map(({ field }) => field);
  assert.deepEqual(fields(both, null), ['settings.pop3', 'settings.send.smtp']);
  assert.deepEqual(fields(both, before), ['settings.send.smtp']);
  assert.deepEqual(fields(token, before), []);
  const moved = { ...token, pop3: { ...token.pop3, host: 'pop.evil.test' } };
  assert.deepEqual(fields(moved, before), ['settings.pop3']);
  assert.deepEqual(fields(token, { settings: token, oauth: null }), ['settings.pop3']);

  const tokens = { before: 'own', after: 'own' };
  assert.equal(
    codeOf(() => checkSecrets(token, {}, token, tokens)),
    'none',
  );
  assert.equal(
    codeOf(() => checkSecrets(token, {}, null)),
    'invalid/oauth-grant-needed',
  );
  assert.equal(
    codeOf(() => checkSecrets(password, {}, token, { before: 'own', after: null })),
    'invalid/password-needed-again',
    'there is no password to keep',
  );
});

test('the page at the end says who has been signed in, in both languages, and quotes nothing raw', () => {
  const words = { user: 'ana<b>', provider: 'O&n', error: null };
  const english = makeCallbackPage({ ...words, language: 'en' });
  assert.match(english, /<html lang="en">/);
  assert.match(english, /O&#38;n for the user ana&#60;b&#62;/);
  assert.doesNotMatch(english, /<script|<b>/);
  assert.match(makeCallbackPage({ ...words, language: 'es' }), /Ya puedes cerrar esta ventana/);
  const question = makeQuestionPage({ ...words, language: 'es' }, { code: '"><script>', state: 's' });
  assert.match(question, /¿Es este tu inicio de sesión\?/);
  assert.match(question, /name="code" value="&#34;&#62;&#60;script&#62;"/);
  assert.equal(chooseLanguage('es-MX,es;q=0.9,en;q=0.8'), 'es');
  assert.equal(chooseLanguage('en-US,es;q=0.5'), 'en');
  assert.equal(chooseLanguage('fr'), 'en');
  assert.equal(chooseLanguage(undefined), 'en');
});
