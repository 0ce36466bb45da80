import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policySettings } from '../../common/shapes/policy.ts';
import {
  readPolicySettings,
  SETTING_NAMES,
  writePolicySettings,
} from '../../command/policy/policy-settings.ts';
import { codeOf } from '../profile-server/sample.ts';

test('each setting of a policy can be typed, and is written as it is typed', () => {
  const typed = [
    'allowed-hosts=*.uni.example,pop.gmail.com',
    'smallest-interval=600',
    'quota=5000000',
    'least-keep=days:30',
    'own-accounts=no',
    'registration=invite',
    'remember=no',
    'second-factor=required',
    'reset-needs-two=yes',
    'signed-in-only=no',
    'lab=forced',
    'lab-idle=10',
    'lab-saves=image/*,application/pdf',
  ];
  const settings = readPolicySettings({}, typed);
  assert.deepEqual(policySettings.parse(settings), settings);
  const written = writePolicySettings(settings).map(([name, value]) => `${name}=${value}`);
  assert.deepEqual(written, typed);
  assert.equal(SETTING_NAMES.length, Object.keys(policySettings.shape).length, 'none is forgotten');
});

test('a limit is lifted by none, a setting taken out by nothing', () => {
  const before = { quotaBytes: 1_000_000, remember: false };
  assert.deepEqual(readPolicySettings(before, ['quota=none']), { quotaBytes: null, remember: false });
  assert.deepEqual(readPolicySettings(before, ['quota=', 'allowed-hosts=none']), {
    remember: false,
    allowedHosts: null,
  });
  assert.deepEqual(readPolicySettings({}, ['quota=5G']), { quotaBytes: 5e9 });
});

test('what is typed wrong is said before any server is asked', () => {
  const wrong = [
    'colour=red',
    'quota',
    'quota=lots',
    'remember=maybe',
    'least-keep=7',
    'smallest-interval=1',
  ];
  for (const one of wrong)
    assert.equal(
      codeOf(() => readPolicySettings({}, [one])),
      'usage/bad-value',
      one,
    );
});
