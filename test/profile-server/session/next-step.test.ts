import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tellsFactors } from '../../../profile-server/directory/oidc/claims-rule.ts';
import { chooseStep, type StepFacts } from '../../../profile-server/session/ticket/next-step.ts';

const PLAIN: StepFacts = {
  hasFactor: false,
  factorProven: false,
  mustChange: 0,
  local: true,
  factorRequired: false,
};

test('what signing in asks for next', () => {
  const table: [Partial<StepFacts>, string | null][] = [
    [{}, null],
    [{ hasFactor: true }, 'second-factor'],
    [{ hasFactor: true, factorProven: true }, null],
    // Who has only half proven who it is changes nothing.
    [{ hasFactor: true, mustChange: 1 }, 'second-factor'],
    [{ mustChange: 2, factorRequired: true }, 'change-password'],
    [{ factorRequired: true }, 'set-up-factor'],
    [{ factorRequired: true, factorProven: true }, null],
    // Passwords that are kept elsewhere are changed there; factors are demanded of all alike.
    [{ local: false, mustChange: 1 }, null],
    [{ local: false, factorRequired: true }, 'set-up-factor'],
    [{ local: false, factorRequired: true, factorProven: true }, null],
    [{ local: false, factorRequired: true, hasFactor: true }, 'second-factor'],
  ];
  for (const [facts, step] of table) {
    assert.equal(chooseStep({ ...PLAIN, ...facts })?.step ?? null, step, JSON.stringify(facts));
  }
});

test('what counts as a second factor at a provider', () => {
  const table: [Record<string, unknown>, boolean][] = [
    [{}, false],
    [{ amr: ['pwd'] }, false],
    [{ amr: ['pwd', 'otp'] }, true],
    [{ amr: 'mfa' }, true],
    [{ acr: 'https://refeds.org/profile/mfa' }, true],
    [{ acr: 'phr', amr: ['pwd'] }, true],
    [{ acr: 'https://refeds.org/profile/sfa' }, false],
    [{ acr: '2' }, false],
    // A claim is one class, never a list of them (OpenID Connect Core 2).
    [{ acr: ['phr'] }, false],
  ];
  for (const [claims, strong] of table) {
    assert.equal(tellsFactors(claims), strong, JSON.stringify(claims));
  }
});
