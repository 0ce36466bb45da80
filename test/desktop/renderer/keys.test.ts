import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COMMAND_GROUPS } from '../../../desktop/renderer/shell/help/command-groups.ts';
import { COMMANDS, type Command } from '../../../desktop/renderer/shell/commands.ts';
import { showKeys } from '../../../desktop/renderer/shell/key-names.ts';
import { nameKey, readKey } from '../../../desktop/renderer/shell/keys.ts';

const press = (key: string, more: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('the commands', () => {
  const all = Object.keys(COMMANDS) as Command[];

  it('stand once each in the groups that help and palette show', () => {
    const grouped = COMMAND_GROUPS.flatMap(({ commands }) => commands as readonly Command[]);
    assert.deepEqual(grouped.toSorted(), all.toSorted());
  });

  it('come with keys that are all different, none the beginning of another', () => {
    const keys = all.flatMap((command) => COMMANDS[command] as readonly string[]);
    assert.equal(new Set(keys).size, keys.length);
    for (const one of keys) assert.ok(!keys.some((other) => other.startsWith(`${one} `)), one);
  });
});

describe('keys', () => {
  const free = { inText: false, singleKeys: true, before: null, own: {} };

  it('are named by what is typed and what is held', () => {
    const table: [string, object, string][] = [
      ['j', {}, 'j'],
      ['I', { shiftKey: true }, 'I'],
      ['#', { shiftKey: true }, '#'],
      ['Enter', { ctrlKey: true }, 'Mod+Enter'],
      ['k', { metaKey: true }, 'Mod+k'],
      ['Q', { ctrlKey: true, shiftKey: true }, 'Mod+Shift+q'],
      ['F6', { shiftKey: true }, 'Shift+F6'],
      ['e', { altKey: true }, 'Alt+e'],
    ];
    for (const [key, held, name] of table) assert.equal(nameKey(press(key, held)), name);
  });
  it('are the same with Caps Lock, and with the AltGr that a sign needs', () => {
    assert.equal(nameKey(press('J')), 'j');
    assert.equal(nameKey(press('#', { altKey: true })), '#');
    assert.equal(nameKey(press('#', { altKey: true, ctrlKey: true })), '#');
  });
  it('are commands in the list and letters in a text field', () => {
    assert.equal(readKey(press('j'), free), 'next');
    assert.equal(readKey(press('#'), free), 'delete');
    for (const key of ['j', 'Escape', 'Delete', '?'])
      assert.equal(readKey(press(key), { ...free, inText: true }), null, key);
    assert.equal(readKey(press('Enter', { ctrlKey: true }), { ...free, inText: true }), 'send');
    assert.equal(readKey(press('k', { ctrlKey: true }), { ...free, inText: true }), 'palette');
  });
  it('can be switched off, but for those that type nothing', () => {
    const off = { ...free, singleKeys: false };
    for (const key of ['j', '#', 'g']) assert.equal(readKey(press(key), off), null);
    assert.equal(readKey(press('F6'), off), 'next-region');
    assert.equal(readKey(press('Delete'), off), 'delete');
  });
  it('take two after g', () => {
    assert.equal(readKey(press('g'), free), 'wait');
    assert.equal(readKey(press('s'), { ...free, before: 'g' }), 'go-sent');
    assert.equal(readKey(press('s'), free), 'flag');
    assert.equal(readKey(press('j'), { ...free, before: 'g' }), null);
  });
  it('leave the browser its own', () => {
    for (const key of ['r', 'f', 'c', 'a', 'u'])
      assert.equal(readKey(press(key, { ctrlKey: true }), free), null);
  });
  it('are the person’s own where there are such, and no longer those that came', () => {
    const own = { archive: ['y', 'w w'], flag: [], unheard: ['q'] };
    assert.equal(readKey(press('y'), { ...free, own }), 'archive');
    assert.equal(readKey(press('w'), { ...free, own }), 'wait');
    assert.equal(readKey(press('w'), { ...free, own, before: 'w' }), 'archive');
    for (const key of ['e', 's', 'q']) assert.equal(readKey(press(key), { ...free, own }), null, key);
  });
  it('are shown as they stand on the keyboard', () => {
    const table: [string, string, string][] = [
      ['j', 'j', 'j'],
      ['I', 'Shift+I', 'Shift+I'],
      ['Mod+k', 'Ctrl+K', '⌘K'],
      ['Mod+Shift+q', 'Ctrl+Shift+Q', '⌘+Shift+Q'],
      ['Mod+Enter', 'Ctrl+Enter', '⌘Enter'],
      ['Mod++', 'Ctrl++', '⌘+'],
      ['g i', 'g i', 'g i'],
      ['Escape', 'Esc', 'Esc'],
      ['Shift+ArrowDown', 'Shift+↓', 'Shift+↓'],
    ];
    for (const [keys, plain, mac] of table)
      assert.deepEqual([showKeys(keys, false), showKeys(keys, true)], [plain, mac]);
  });
});
