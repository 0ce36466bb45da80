import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountSettings, INTERVAL_SECONDS, type Account } from '../../../common/shapes/account.ts';
import { WORLDWIDE } from '../../../common/providers/worldwide.ts';
import {
  fillForm,
  findGap,
  formOf,
  guessForm,
  readForm,
} from '../../../desktop/renderer/account/form/account-form.ts';
import {
  chooseSignIn,
  decideWayIn,
  shortName,
  type WayIn,
} from '../../../desktop/renderer/account/add/find-settings.ts';
import { listNeeds } from '../../../desktop/renderer/account/add/list-needs.ts';
import {
  LEAST_SECONDS,
  describeInterval,
  leastInterval,
  listIntervals,
  readInterval,
} from '../../../desktop/renderer/account/form/intervals.ts';
import type { Discovery, ProviderNeed } from '../../../common/shapes/discovery.ts';
import type { OAuthChoice } from '../../../common/shapes/oauth.ts';

const pop3 = {
  host: 'pop.empresa.example',
  port: 995,
  tls: 'implicit',
  user: 'ana@empresa.example',
  auth: 'auto',
} as const;
const smtp = { host: 'smtp.empresa.example', port: 587, tls: 'starttls', user: 'ana', auth: 'auto' } as const;
const email = 'ana@empresa.example';

const account = (more: Partial<Account>): Account => ({
  ...readForm({ ...guessForm(email), password: 'x' }, null).settings,
  id: 'acc_1',
  state: 'ok',
  lastSuccess: null,
  nextTry: null,
  failingSince: null,
  nextAllowed: null,
  currentInterval: 300,
  oauth: null,
  error: null,
  ...more,
});

describe('the account form', () => {
  it('is settings that the server takes, from a guess or from what was found', () => {
    for (const form of [
      guessForm(email),
      fillForm(guessForm(email), { pop3, smtp }),
      fillForm(guessForm(email), { pop3, smtp: null }),
    ]) {
      const filled = { ...form, password: 'x', name: ' Ana ' };
      assert.equal(findGap(filled, true), null);
      const { settings, secrets } = readForm(filled, null);
      assert.deepEqual(accountSettings.parse(settings), settings);
      assert.equal(settings.name, 'Ana');
      assert.equal(secrets.pop3Password, 'x');
      assert.equal(secrets.smtpPassword, settings.send.way === 'smarthost' ? 'x' : undefined);
    }
  });
  it('gives a saved account back as it was', () => {
    const settings = readForm(
      { ...fillForm(guessForm(email), { pop3, smtp }), password: 'x' },
      null,
    ).settings;
    for (const change of [
      {},
      { keep: 'always' },
      { keep: 'days:30' },
      { keep: 'delete' },
      { keep: 'mirror' },
      { adaptive: false, interval: 900 },
      { paused: true },
      { send: { way: 'relay' as const, smtp: null } },
      { pop3: { ...pop3, auth: 'xoauth2' as const } },
    ]) {
      const before = account({ ...settings, ...change });
      const after = readForm(formOf(before), before);
      assert.deepEqual(after.settings, { ...settings, ...change }, JSON.stringify(change));
      assert.deepEqual(after.secrets, {});
    }
  });
  it('names the first gap', () => {
    const form = guessForm(email);
    assert.equal(findGap(guessForm(''), true), 'email');
    assert.equal(findGap(form, true), 'password');
    assert.equal(findGap(form, false), null);
    assert.equal(findGap({ ...form, auth: 'xoauth2' }, true), null, 'nobody types a password there');
    assert.equal(findGap({ ...form, port: '0' }, false), 'port');
    assert.equal(findGap({ ...form, keep: 'days', days: '0' }, false), 'days');
    assert.equal(findGap({ ...form, way: 'smarthost', smtpHost: ' ' }, false), 'smtpHost');
  });
});

describe('how often to check', () => {
  const web = 'pop3.web.de';
  it('has the same least interval as the server', () => assert.equal(LEAST_SECONDS, INTERVAL_SECONDS.min));
  it('is never under what the provider allows, and that is said', () => {
    const { seconds, provider } = leastInterval(web);
    assert.ok(seconds > LEAST_SECONDS && provider !== null, `${provider}: ${seconds}`);
    assert.deepEqual(leastInterval(pop3.host), { seconds: LEAST_SECONDS, provider: null });
    for (const { seconds: one, allowed } of listIntervals(web, 300)) assert.equal(allowed, one >= seconds);
    assert.deepEqual(readInterval('60', web), { adaptive: false, interval: seconds });
    assert.deepEqual(readInterval('auto', web), { adaptive: true, interval: seconds });
    assert.deepEqual(readInterval('3600', web), { adaptive: false, interval: 3600 });
  });
  it('lists what is set, once and in order', () => {
    const list = listIntervals(pop3.host, 420).map(({ seconds }) => seconds);
    assert.ok(list.includes(420));
    assert.deepEqual(
      list,
      [...new Set(list)].toSorted((a, b) => a - b),
    );
  });
  it('is said in units that people use', () => {
    const said = [30, 60, 750, 7200].map((seconds) => describeInterval(seconds, 'en'));
    assert.deepEqual(said, ['30 sec', '1 min', '12.5 min', '2 hr']);
  });
});

describe('the way into an account', () => {
  const found = [
    { source: 'provider', pop3, smtp, smtpVerified: true, verified: true, confirm: false },
  ] as const;
  const discovery = (needs: ProviderNeed[] | null, more: Partial<Discovery> = {}): Discovery => ({
    email,
    provider:
      needs === null ? null : { id: 'google', name: 'Gmail (Google)', needs, help: null, oauth: 'google' },
    found: [...found],
    unencrypted: null,
    ...more,
  });
  const choice: OAuthChoice = {
    id: 'google',
    name: 'Google',
    flows: ['code'],
    ready: true,
    hosts: [],
    sasl: 'xoauth2',
  };
  const table: [WayIn, Discovery, OAuthChoice | null][] = [
    ['password', discovery(null), null],
    ['password', discovery(['app-password', 'enable-pop']), null],
    ['oauth', discovery(['app-password', 'enable-pop']), choice],
    ['oauth', discovery(['oauth']), choice],
    ['blocked', discovery(['oauth', 'enable-pop']), null],
    ['password', discovery(['oauth', 'app-password']), null],
    ['none', discovery(['no-pop'], { found: [] }), null],
    ['nothing-found', discovery(null, { found: [] }), null],
  ];
  for (const [wanted, known, oauth] of table) {
    it(`${known.provider?.needs.join(', ') ?? 'unknown'}${oauth === null ? '' : ', ready'}: ${wanted}`, () =>
      assert.equal(decideWayIn({ discovery: known, oauth }), wanted));
  }
  it('is the provider’s sign-in only where this server is ready for it, by name or by host', () => {
    assert.equal(chooseSignIn(discovery(['oauth']), [choice]), choice);
    assert.equal(chooseSignIn(discovery(['oauth']), [{ ...choice, ready: false }]), null);
    assert.equal(chooseSignIn(discovery(null), [choice]), null);
    const own = { ...choice, id: 'own', hosts: [pop3.host] };
    assert.equal(chooseSignIn(discovery(null), [choice, own]), own);
  });
  it('tells only of what concerns it', () => {
    const needs: ProviderNeed[] = ['app-password', 'enable-pop', 'oauth'];
    assert.deepEqual(listNeeds(needs, 'oauth', false), ['enable-pop', 'oauth']);
    assert.deepEqual(listNeeds(needs, 'oauth', true), ['app-password', 'enable-pop']);
    assert.deepEqual(listNeeds(needs, 'password', false), ['app-password', 'enable-pop']);
    assert.deepEqual(listNeeds(['oauth'], 'blocked', false), ['oauth']);
    assert.deepEqual(listNeeds(['no-pop'], 'none', false), []);
  });
  it('has names short enough for a button', () => {
    for (const { name } of WORLDWIDE) assert.ok(shortName(name).length <= 24, name);
    assert.equal(shortName('Gmail (Google)'), 'Gmail');
  });
});
