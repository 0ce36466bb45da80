import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assignKeys, isAsItCame, judgeKeys } from '../../../desktop/renderer/settings/keyboard/judge-keys.ts';
import { addKey, isRecordable } from '../../../desktop/renderer/settings/keyboard/record-keys.ts';
import type { Command } from '../../../desktop/renderer/shell/commands.ts';
import { keysOf, type KeyMap } from '../../../desktop/renderer/shell/keys.ts';

describe('keys that somebody wants for a command', () => {
  it('are free, reserved, or somebody else’s by their whole or by their beginning', () => {
    const table: [Command, string, KeyMap, string][] = [
      ['archive', 'y', {}, 'free'],
      ['archive', 'e', {}, 'free'],
      ['archive', 'Mod+Shift+e', {}, 'free'],
      ['archive', 'j', {}, 'taken next'],
      ['archive', 'j', { next: ['n'] }, 'free'],
      ['archive', 'g', {}, 'taken go-inbox go-sent go-drafts contacts settings'],
      ['archive', 'j j', {}, 'taken next'],
      ['archive', 'Escape', {}, 'reserved'],
      ['archive', 'Shift+Enter', {}, 'reserved'],
      ['archive', 'Mod+t', {}, 'reserved'],
      ['archive', 'Mod+Shift+n', {}, 'reserved'],
      ['archive', 'Mod+c', {}, 'reserved'],
      ['archive', 'F5', {}, 'reserved'],
      ['archive', 'g Tab', {}, 'reserved'],
    ];
    for (const [command, keys, own, wanted] of table) {
      const judged = judgeKeys(command, keys, own);
      const said = judged.kind === 'taken' ? `taken ${judged.by.join(' ')}` : judged.kind;
      assert.equal(said, wanted, `${command} ${keys}`);
    }
  });

  it('are taken from whoever had them, and what is as it came is not written down', () => {
    const own = assignKeys('archive', ['j'], {});
    assert.deepEqual(own, { archive: ['j'], next: [] });
    assert.ok(!isAsItCame('next', own) && isAsItCame('flag', own));
    assert.deepEqual(assignKeys('archive', ['e'], own), { next: [] });
    assert.deepEqual(assignKeys('next', ['j'], assignKeys('archive', ['e'], own)), {});
    assert.deepEqual(keysOf('delete', assignKeys('archive', ['#'], {})), ['Delete']);
    assert.deepEqual(assignKeys('archive', [], { unknown: ['q'] }), { unknown: ['q'], archive: [] });
  });

  it('are recorded as they come: two in time, chords alone', () => {
    assert.equal(addKey('', 'g', 0), 'g');
    assert.equal(addKey('g', 'a', 300), 'g a');
    assert.equal(addKey('g', 'a', 3000), 'a');
    assert.equal(addKey('g a', 'b', 300), 'b');
    assert.equal(addKey('g', 'Mod+k', 300), 'Mod+k');
    assert.ok(isRecordable('a') && !isRecordable('Shift') && !isRecordable('Tab'));
  });
});
