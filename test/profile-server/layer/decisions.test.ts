import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesHost } from '../../../common/host-pattern.ts';
import { checkScript } from '../../../common/sieve/check-script.ts';
import { DEFAULT_POLICY } from '../../../common/shapes/policy.ts';
import { checkPolicy, raiseKeep } from '../../../profile-server/account/rule/account-policy.ts';
import { checkLayerItem } from '../../../profile-server/layer/check-layer-item.ts';
import { expandAccount, expandRule } from '../../../profile-server/layer/expand-item.ts';
import type { LayerRecord } from '../../../profile-server/layer/layer-store.ts';
import { chooseWishes } from '../../../profile-server/layer/settle/choose-wishes.ts';
import { mergeGiven } from '../../../profile-server/layer/settle/merge-given.ts';
import { keepsPassword } from '../../../profile-server/layer/settle/trust-rule.ts';
import { codeOf, sampleSettings } from '../sample.ts';
import { sampleAccount } from './sample-layer.ts';

const ANA = { user: 'ana', name: 'Ana "the" Ruiz\\', group: 'R&D', email: 'ana@home.example' };

test('what a user changed stays when its layer changes, field by field, unless it is locked', () => {
  const pop3 = { host: 'a', port: 1 };
  const applied = { keep: 'always', interval: 300, pop3 };
  const wished = { keep: 'days:9', interval: 300, pop3: { host: 'b', port: 1 } };
  const mine = { keep: 'always', interval: 900, pop3: { host: 'a', port: 2 } };
  const table: [Parameters<typeof mergeGiven>[0], unknown][] = [
    [{ current: undefined, applied: undefined, wished, locked: false }, wished],
    [{ current: mine, applied: undefined, wished, locked: false }, mine],
    [{ current: mine, applied: undefined, wished, locked: true }, wished],
    [{ current: applied, applied, wished, locked: false }, wished],
    [
      { current: mine, applied, wished, locked: false },
      { keep: 'days:9', interval: 900, pop3: { host: 'b', port: 2 } },
    ],
    [{ current: mine, applied, wished, locked: true }, wished],
    // Who has removed it does not get it again, unless it is locked.
    [{ current: null, applied, wished, locked: false }, null],
    [{ current: null, applied, wished, locked: true }, wished],
    [{ current: 'dark', applied: 'light', wished: 'system', locked: false }, 'dark'],
    [{ current: [1, 2], applied: [1, 2], wished: [3], locked: false }, [3]],
  ];
  for (const [known, expected] of table) assert.deepEqual(mergeGiven(known), expected, JSON.stringify(known));
});

test('a password follows its account inside of the mail domain, never to a stranger and never into the clear', () => {
  const at = (host: string, tls = 'implicit', port = 995) => ({ host, tls, port });
  const table: [ReturnType<typeof at>, ReturnType<typeof at>, boolean][] = [
    [at('pop.uni.example'), at('pop.uni.example'), true],
    [at('pop.uni.example'), at('POP.uni.example.', 'starttls'), true],
    [at('pop.uni.example'), at('mail.uni.example'), true],
    [at('pop.uni.example'), at('uni.example'), true],
    [at('pop.uni.example'), at('pop.evil.example'), false],
    [at('pop.uni.example'), at('pop.eviluni.example'), false],
    [at('pop.host.example'), at('mail.host.example'), false],
    [at('pop.uni.example'), at('pop.uni.example', 'none'), false],
    [at('pop.uni.example', 'none'), at('pop.uni.example', 'none'), true],
  ];
  for (const [before, after, keeps] of table) {
    assert.equal(
      keepsPassword(before, after, { email: 'ana@uni.example', organisation: true }),
      keeps,
      `${before.host} ${after.host} ${after.tls}`,
    );
  }
  const organisation = { email: 'ana@uni.example', organisation: true };
  assert.equal(keepsPassword(null, at('pop.uni.example'), organisation), false);
  // A group's admin may have a host below the same domain, or a port on a host that many use.
  const group = { ...organisation, organisation: false };
  assert.equal(keepsPassword(at('pop.uni.example'), at('mail.uni.example'), group), false);
  assert.equal(keepsPassword(at('pop.uni.example'), at('pop.uni.example', 'starttls', 110), group), true);
  assert.equal(keepsPassword(at('pop.uni.example'), at('pop.uni.example', 'implicit', 9950), group), false);
  // An admin may have changed the address before the host: below `example` or `github.io` lies what is anybody's.
  for (const email of ['ana@example', 'ana@github.io', 'ana@co.uk']) {
    const [, domain] = email.split('@');
    const [old, next] = [at(`pop.one.${domain}`), at(`pop.two.${domain}`)];
    assert.equal(keepsPassword(old, next, { email, organisation: true }), false, email);
  }
});

test('of one preference the group’s counts, unless the organisation has locked its own', () => {
  const record = (place: string, id: string, locked: string | null): LayerRecord => ({
    place,
    part: 'preferences',
    id,
    revision: 1,
    value: '"x"',
    locked,
    changed_at: 0,
    changed_by: 'user_1',
  });
  const chosen = chooseWishes([
    record('organisation', 'theme', null),
    record('group_1', 'theme', null),
    record('organisation', 'density', 'why'),
    record('group_1', 'density', 'also'),
    record('group_1', 'keys', null),
  ]);
  assert.deepEqual(
    chosen.map(({ place, item }) => `${item} ${place}`),
    ['theme group_1', 'density organisation', 'keys group_1'],
  );
});

test('a name is part of a string in a script, and text in HTML', () => {
  const script = 'if header :contains "subject" "{{name}} {{group}}" { keep; }';
  const rule = expandRule({ name: '{{group}}', enabled: true, position: 0, script }, ANA);
  assert.equal(rule.name, 'R&D');
  assert.match(rule.script, /"Ana \\"the\\" Ruiz\\\\ R&D"/);
  assert.deepEqual(checkScript(rule.script), []);
  const { identity, settings } = expandAccount(sampleAccount({ name: null }), ANA);
  assert.equal(settings.pop3.user, 'ana@uni.example', 'an account’s address is its own');
  assert.equal(identity.signature?.html, '<p>{{name}}<br>R&amp;D</p>');
});

test('an item is tried with somebody’s names before everybody gets it', () => {
  const check = (change: Parameters<typeof sampleAccount>[0], policy = {}): string =>
    codeOf(() =>
      checkLayerItem(
        { part: 'accounts', id: 'lac_1', value: sampleAccount(change) },
        { ...DEFAULT_POLICY, ...policy },
      ),
    );
  assert.equal(check({}), 'none');
  assert.equal(check({ email: '{{uesr}}@uni.example' }), 'invalid/layer-variable');
  assert.equal(check({ signature: { text: 'Yours, {{nmae}}', html: null } }), 'invalid/layer-variable');
  assert.equal(check({ signature: { text: '{{name}}, {{date}}', html: null } }), 'none');
  assert.equal(check({ email: 'no address' }), 'invalid/input');
  assert.equal(check({ keep: 'never' }), 'invalid/input');
  assert.equal(check({}, { allowedHosts: ['*.else.example'] }), 'host-not-allowed/policy-host');
  assert.equal(check({}, { ownAccounts: false }), 'none');
});

test('what a policy refuses, and what was there before it', () => {
  const policy = { ...DEFAULT_POLICY, leastKeep: 'days:30', smallestInterval: 600 };
  const refuse = (change: object, before: object | null = null): string =>
    codeOf(() =>
      checkPolicy(policy, sampleSettings(change), {
        before: before === null ? null : sampleSettings(before),
        given: false,
      }),
    );
  assert.equal(refuse({ keep: 'days:29' }), 'forbidden/policy-keep');
  assert.equal(refuse({ keep: 'days:30' }), 'none');
  assert.equal(refuse({ keep: 'delete' }, { keep: 'delete' }), 'none');
  assert.equal(refuse({ keep: 'mirror' }, { keep: 'delete' }), 'forbidden/policy-keep');
  // 300 is what nobody chose.
  assert.equal(refuse({ interval: 300 }), 'none');
  assert.equal(refuse({ interval: 301 }), 'forbidden/policy-interval');
  assert.equal(refuse({ interval: 120 }, { interval: 120 }), 'none');
  assert.deepEqual(
    ['always', 'days:40', 'days:7', 'delete', 'mirror'].map((keep) => raiseKeep(policy, keep)),
    ['always', 'days:40', 'days:30', 'days:30', 'days:30'],
  );
});

test('patterns of hosts', () => {
  const table: [string, string, boolean][] = [
    ['pop.uni.example', 'pop.uni.example', true],
    ['POP.uni.example.', 'pop.uni.example', true],
    ['pop.uni.example', '*.uni.example', true],
    ['a.b.uni.example', '*.uni.example', true],
    ['uni.example', '*.uni.example', true],
    ['eviluni.example', '*.uni.example', false],
    ['uni.example.evil', '*.uni.example', false],
    ['pop.uni.example', 'uni.example', false],
  ];
  for (const [host, pattern, matches] of table)
    assert.equal(matchesHost(host, pattern), matches, `${host} ${pattern}`);
});
