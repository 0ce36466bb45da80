import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chooseMatches, fold, rateMatch } from '../../../desktop/renderer/shell/palette/match.ts';
import { listTargets, type Places } from '../../../desktop/renderer/shell/palette/list-targets.ts';

describe('what is typed into the palette', () => {
  it('answers to beginnings before parts, and to letters in their order', () => {
    const table: [typed: string, better: string, worse: string][] = [
      ['arch', 'Archive', 'Search mail'],
      ['in', 'Inbox', 'Go to Inbox'],
      ['to in', 'Go to Inbox', 'Settings'],
      ['mar', 'Mark as read', 'Summary'],
      ['rp all', 'Reply to all', 'Reply'],
      ['gti', 'Go to Inbox', 'Settings'],
    ];
    for (const [typed, better, worse] of table) {
      const [more, less] = [better, worse].map((name) => rateMatch(typed, fold(name)));
      assert.ok(more !== null && (less ?? -1) < more!, `${typed}: ${better} ${more}, ${worse} ${less}`);
    }
  });

  it('does not answer where a word is not there, or begins within a word', () => {
    for (const [typed, name] of [
      ['inbox q', 'Inbox'],
      ['nx', 'Inbox'],
      ['z', 'Inbox'],
    ] as const)
      assert.equal(rateMatch(typed, fold(name)), null, `${typed} ${name}`);
  });

  it('needs neither accents nor case', () => {
    assert.equal(fold('  ÚLTIMA Acción '), 'ultima accion');
    const names = [{ names: [{ text: 'Administración', behind: 0 }] }];
    assert.equal(chooseMatches('ADMINISTRACION', names).length, 1);
  });
});

describe('what the palette leads to', () => {
  const places: Places = {
    language: 'es',
    usable: ['archive', 'next', 'palette', 'compose'],
    mailboxes: [
      { id: 'mbx_1', name: 'Recibidos', path: 'Recibidos', role: 'inbox' },
      { id: 'mbx_2', name: 'Año', path: 'Obras/Año', role: null },
    ] as unknown as Places['mailboxes'],
    accounts: [{ id: 'acc_1', email: 'ana@example.test' }] as unknown as Places['accounts'],
    labels: [{ name: 'Say "hi"', colour: 'red' }] as unknown as Places['labels'],
    recent: ['from:ana'],
  };
  const all = listTargets(places);
  const find = (typed: string): string[] => chooseMatches(typed, all).map(({ title }) => title);

  it('is what can be used now, every place, and searches of late; not the palette itself', () => {
    const commands = all.filter(({ kind }) => kind === 'command').map(({ title }) => title);
    assert.deepEqual(commands, ['Redactar', 'Archivar', 'Mensaje siguiente']);
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    for (const kind of ['mailbox', 'account', 'label', 'settings', 'recent'] as const)
      assert.ok(
        all.some((one) => one.kind === kind),
        kind,
      );
  });

  it('is found in the language of the screens and in the other one', () => {
    assert.equal(find('archiv')[0], 'Archivar');
    assert.equal(find('new mail')[0], 'Redactar');
    assert.equal(find('ano')[0], 'Obras/Año');
    assert.equal(find('apariencia').length + find('teclado').length, 1);
    assert.ok(find('dark').length === 0 && find('theme').includes('Aspecto'));
  });

  it('leads to a label by a search that quotes within it cannot break', () => {
    const label = all.find(({ kind }) => kind === 'label');
    assert.ok(label !== undefined && 'goes' in label.does && label.does.goes.view === 'mail');
    assert.equal(label.does.goes.query, 'label:"Say hi"');
  });
});
