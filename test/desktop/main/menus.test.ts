import assert from 'node:assert/strict';
import test from 'node:test';
import type { MenuItemConstructorOptions } from 'electron';
import {
  listContextMenu,
  type ContextActions,
  type ContextFacts,
} from '../../../desktop/main/menu/context-menu.ts';
import { listMenu, listTrayMenu, type Choices } from '../../../desktop/main/menu/menu.ts';
import { listOffered } from '../../../desktop/main/menu/offered-choices.ts';
import { OrderQueue } from '../../../desktop/main/order/orders.ts';
import { pickTexts } from '../../../desktop/main/text/texts.ts';
import type { NativeOrder } from '../../../desktop/native-api/native-api.ts';

function flatten(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
}

const NONE: Choices = { mailLinks: null, background: null, atSignIn: null };
const PICK = { isChosen: false, choose: () => undefined };
const ALL: Choices = { mailLinks: PICK, background: PICK, atSignIn: PICK };

/** Actions that write down what was asked of them. */
function note(done: unknown[][]): ContextActions {
  const names = [
    'replaceWord',
    'learnWord',
    'chooseLanguage',
    'openLink',
    'writeTo',
    'copyText',
    'copyImage',
  ];
  const entries = names.map((name) => [name, (...args: unknown[]) => done.push([name, ...args])] as const);
  return Object.fromEntries(entries) as unknown as ContextActions;
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
        ...listMenu(pickTexts(language, []), platform, () => undefined, ALL),
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
  const items = flatten(listMenu(pickTexts('en', []), 'linux', (order) => orders.push(order), NONE));
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
    mailTo: null,
    isImage: false,
    misspelledWord: '',
    suggestions: [],
    learns: true,
    languages: [],
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
      ['the', 'ten', '-', 'Add to Dictionary', '-', 'Cut', 'Copy', 'Paste', 'Select All'],
    ],
    [
      { isEditable: true, misspelledWord: 'xq', learns: false },
      ['No Suggestions', '-', 'Cut', 'Copy', 'Paste', 'Select All'],
    ],
    [{ mailTo: 'ana@a.org' }, ['New Mail to This Address', 'Copy Address']],
    [{ isImage: true, link: 'https://a.org/' }, ['Open Link in Browser', 'Copy Link', '-', 'Copy Image']],
    [
      { isEditable: true, languages: [{ code: 'es', isChosen: true }] },
      ['Cut', 'Copy', 'Paste', 'Select All', '-', 'Spelling'],
    ],
    [{ link: 'https://a.org/', selectionText: 'x' }, ['Open Link in Browser', 'Copy Link', '-', 'Copy']],
  ];
  for (const [facts, expected] of table) {
    const items = listContextMenu({ ...nothing, ...facts }, pickTexts('en', []), note([]));
    assert.deepEqual(
      items.map((item) => (item.type === 'separator' ? '-' : item.label)),
      expected,
    );
  }
});

test('a click in the menu does what its words say', () => {
  const done: unknown[][] = [];
  const facts: ContextFacts = {
    isEditable: true,
    selectionText: '',
    link: 'https://a.org/',
    mailTo: 'ana@a.org',
    isImage: true,
    misspelledWord: 'teh',
    suggestions: ['the'],
    learns: true,
    languages: [
      { code: 'es', isChosen: true },
      { code: 'en-US', isChosen: false },
    ],
    canCut: true,
    canCopy: true,
    canPaste: true,
  };
  const items = flatten(listContextMenu(facts, pickTexts('es', []), note(done)));
  for (const item of items) item.click?.(undefined as never, undefined, undefined as never);
  assert.deepEqual(done, [
    ['replaceWord', 'the'],
    ['learnWord', 'teh'],
    ['writeTo', 'ana@a.org'],
    ['copyText', 'ana@a.org'],
    ['openLink', 'https://a.org/'],
    ['copyText', 'https://a.org/'],
    ['copyImage'],
    ['chooseLanguage', 'es', false],
    ['chooseLanguage', 'en-US', true],
  ]);
  const names = items.filter(({ type }) => type === 'checkbox').map(({ label, checked }) => [label, checked]);
  assert.deepEqual(names, [
    ['español', true],
    ['inglés estadounidense', false],
  ]);
});

test('a person chooses what the program may do without a window, unless it is not his computer', () => {
  const own = { isPackaged: true, lab: false, mayStay: true, platform: 'win32' } as const;
  const table: [object, string[]][] = [
    [{}, ['mailLinks', 'background', 'atSignIn']],
    [{ platform: 'linux' }, ['mailLinks', 'background']],
    [{ isPackaged: false }, ['background']],
    [{ mayStay: false }, ['mailLinks']],
    [{ lab: true }, []],
  ];
  for (const [facts, expected] of table) {
    const offered = Object.entries(listOffered({ ...own, ...facts }));
    assert.deepEqual(
      offered.filter(([, is]) => is).map(([name]) => name),
      expected,
    );
  }
  const chosen: unknown[] = [];
  const choices = { ...NONE, background: { isChosen: true, choose: (is: boolean) => chosen.push(is) } };
  const items = flatten(listMenu(pickTexts('en', []), 'darwin', () => undefined, choices));
  const item = items.find(({ label }) => label === 'Keep Running When the Window Is Closed');
  assert.equal(item?.checked, true);
  item?.click?.({ checked: false } as never, undefined, undefined as never);
  assert.deepEqual(chosen, [false]);
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
