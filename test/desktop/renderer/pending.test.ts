import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pendingIds } from '../../../desktop/renderer/mail/cache/pending.ts';

test('a mail that was changed while the server was asked is not shown as it was before', () => {
  pendingIds.add(['a', 'b']);
  pendingIds.remove(['b']);
  pendingIds.beginNoting();
  assert.equal(pendingIds.wasTouched('a'), true, 'still under way');
  assert.equal(pendingIds.wasTouched('b'), false, 'ended before');
  pendingIds.remove(['a']);
  pendingIds.add(['c']);
  pendingIds.remove(['c']);
  assert.equal(pendingIds.wasTouched('a'), true, 'ended since');
  assert.equal(pendingIds.wasTouched('c'), true, 'begun and ended since');
  pendingIds.beginNoting();
  assert.equal(pendingIds.wasTouched('a'), false);
});
