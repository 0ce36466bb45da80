import assert from 'node:assert/strict';
import test from 'node:test';
import { en } from '../../command/help/en.ts';
import { es } from '../../command/help/es.ts';
import { formatHelp, formatOverview } from '../../command/help/help.ts';
import { COMMANDS, NOT_YET, type CommandEntry, type CommandName } from '../../command/table.ts';
import { WORDS } from '../../command/words/words.ts';

const NAMES = Object.keys(COMMANDS) as CommandName[];

for (const [language, texts] of Object.entries({ en, es })) {
  test(`${language}: every command and every option of it has a text`, () => {
    for (const name of NAMES) {
      const entry: CommandEntry = COMMANDS[name];
      assert.ok(texts.summaries[name].length > 5, name);
      for (const option of Object.keys(entry.options)) {
        assert.ok(texts.optionTexts[`${name} ${option}`] ?? texts.optionTexts[option], `${name} --${option}`);
      }
    }
  });
}

test('both languages explain the same options', () => {
  assert.deepEqual(Object.keys(es.optionTexts).sort(), Object.keys(en.optionTexts).sort());
});

test('the words of both languages have the same places', () => {
  const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(String).sort();
  for (const [key, text] of Object.entries(WORDS.en)) {
    assert.deepEqual(places(WORDS.es[key as keyof typeof WORDS.es]), places(text), key);
  }
});

test('the help of a command names its words and options; the overview lists every command', () => {
  assert.match(formatHelp('move', 'en'), /valija move ID… --to …[\s\S]+--to ADDRESS|--to/);
  assert.match(formatHelp('register', 'es'), /Uso: valija register \[NAME\]/);
  const overview = formatOverview('en');
  for (const name of NAMES) assert.ok(overview.includes(`  ${name} `), name);
  assert.doesNotMatch(formatOverview('es', 'account'), / check /);
});

test('no command is both there and missing', () => {
  assert.deepEqual(
    NOT_YET.filter((name) => Object.hasOwn(COMMANDS, name)),
    [],
  );
});
