import assert from 'node:assert/strict';
import test from 'node:test';
import { describeNeed, NEED_TEXTS } from '../../../common/error-texts/provider-needs.ts';
import { PROVIDER_NEEDS } from '../../../common/shapes/discovery.ts';
import { LANGUAGES } from '../../../common/shapes/profile.ts';

for (const language of LANGUAGES) {
  test(`${language}: every need has a sentence with the provider's name, and a next step`, () => {
    assert.deepEqual(Object.keys(NEED_TEXTS[language]).sort(), [...PROVIDER_NEEDS].sort());
    for (const need of PROVIDER_NEEDS) {
      const { message, action } = describeNeed(need, 'A$& Mail', language);
      assert.ok(message.includes('A$& Mail'), message);
      assert.match(message, /\.$/);
      assert.match(action ?? '', /\.$/);
    }
  });
}

test('the languages say different things', () => {
  for (const need of PROVIDER_NEEDS)
    assert.notEqual(NEED_TEXTS.en[need].message, NEED_TEXTS.es[need].message);
});
