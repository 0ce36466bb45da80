import assert from 'node:assert/strict';
import test from 'node:test';
import type { MenuItemConstructorOptions } from 'electron';
import { listContextMenu, type ContextFacts } from '../../../desktop/main/context-menu.ts';
import { listMenu, listTrayMenu } from '../../../desktop/main/menu.ts';
import { OrderQueue } from '../../../desktop/main/orders.ts';
import { pickTexts } from '../../../desktop/main/texts.ts';
import type { NativeOrder } from '../../../desktop/native-api/native-api.ts';

function flatten(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
}

test('the menu speaks the language of the policy, else of the system', () => {
  const table: [Parameters<typeof pickTexts>, string][] = [
    [[null, ['es-MX', 'en']], 'Archivo'],
    [[null, ['de-DE', 'es']], 'Archivo'],
    [[null, ['de-DE']], 'File'],
    [[null, []], 'File'],
    [['es', ['en-US']], 'Archivo'],
  ];
  for (const [[wanted, system], file] of table) assert.equal(pickTexts(wanted, system).file, file);
});

test('every item of every menu has our own words, in both languages', () => {
  for (const language of ['en', 'es'] as const) {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      const items = flatten([
        ...listMenu(pickTexts(language, []), platform, () => undefined),
        ...listTrayMenu(
          pickTexts(language, []),
          () => undefined,
          () => undefined,
        ),
      ]);
      for (const item of items) assert.ok(item.type === 'separator' || item.label, JSON.stringify(item));
      assert.equal(items.filter(({ role }) => role === 'quit').length, 2, platform);
    }
  }
});

test('what only the page can do is ordered from it', () => {
  const orders: NativeOrder[] = [];
  const items = flatten(listMenu(pickTexts('en', []), 'linux', (order) => orders.push(order)));
  for (const item of items) item.click?.(undefined as never, undefined, undefined as never);
  assert.deepEqual(
    orders.map(({ kind }) => kind),
    ['compose', 'check', 'print', 'settings', 'sign-out'],
  );
});

test('a right click offers what makes sense there', () => {
  const nothing: ContextFacts = {
    isEditable: false,
    selectionText: '',
    link: null,
    misspelledWord: '',
    suggestions: [],
    canCut: true,
    canCopy: true,
    canPaste: true,
  };
  const table: [Partial<ContextFacts>, string[]][] = [
    [{}, []],
    [{ selectionText: 'word' }, ['Copy']],
    [{ link: 'https://a.org/' }, ['Open Link in Browser', 'Copy Link']],
    [{ isEditable: true }, ['Cut', 'Copy', 'Paste', 'Select All']],
    [
      { isEditable: true, misspelledWord: 'teh', suggestions: ['the', 'ten'] },
      ['the', 'ten', '-', 'Cut', 'Copy', 'Paste', 'Select All'],
    ],
    [
      { isEditable: true, misspelledWord: 'xq' },
      ['No Suggestions', '-', 'Cut', 'Copy', 'Paste', 'Select All'],
    ],
    [{ link: 'https://a.org/', selectionText: 'x' }, ['Open Link in Browser', 'Copy Link', '-', 'Copy']],
  ];
  const actions = { replaceWord: () => undefined, openLink: () => undefined, copyText: () => undefined };
  for (const [facts, expected] of table) {
    const items = listContextMenu({ ...nothing, ...facts }, pickTexts('en', []), actions);
    assert.deepEqual(
      items.map((item) => (item.type === 'separator' ? '-' : item.label)),
      expected,
    );
  }
});

test('orders wait for somebody to be signed in, if they still make sense then', () => {
  const sent: NativeOrder[] = [];
  const queue = new OrderQueue((order) => sent.push(order));
  queue.give({ kind: 'check' });
  queue.give({ kind: 'sign-out' });
  queue.give({ kind: 'open', mail: 'm1' });
  for (let count = 0; count < 50; count += 1) queue.give({ kind: 'compose', mail: null });
  queue.listen(true);
  assert.equal(sent.length, 20);
  assert.deepEqual(sent[0], { kind: 'open', mail: 'm1' });
  queue.give({ kind: 'check' });
  assert.deepEqual(sent.at(-1), { kind: 'check' });
  queue.listen(false);
  queue.give({ kind: 'open', mail: 'm2' });
  queue.forget();
  queue.listen(true);
  assert.equal(sent.length, 21);
});
