import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Entry, Texts } from '../../../desktop/renderer/text/text.ts';
import { sayIn } from '../../../desktop/renderer/text/text.ts';
import { RESET_TEXTS } from '../../../profile-server/notice/reset-texts.ts';
import { ROOT } from '../../harness/server-process.ts';

const RENDERER = join(ROOT, 'desktop', 'renderer');

interface View {
  name: string;
  texts: Texts<string>;
}

async function readViews(): Promise<View[]> {
  const names = globSync('*.ts', { cwd: join(RENDERER, 'text') }).filter(
    (file) => !/^(text|format|format-more)\.ts$/.test(file),
  );
  return await Promise.all(
    names.map(async (file) => {
      const module = (await import(join(RENDERER, 'text', file))) as Record<string, Texts<string>>;
      return { name: file.replace('.ts', ''), texts: Object.values(module)[0]! };
    }),
  );
}

/** Every form of an entry. */
function listForms(entry: Entry): string[] {
  return typeof entry === 'string' ? [entry] : Object.values(entry).filter((form) => form !== undefined);
}

function listPlaces(entry: Entry): string[] {
  return [...new Set(listForms(entry).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();
}

const views = await readViews();

describe('texts of the screens', () => {
  it('are the same keys with the same places in both languages, none empty', () => {
    assert.ok(views.length >= 8);
    for (const { name, texts } of views) {
      assert.deepEqual(Object.keys(texts.es).sort(), Object.keys(texts.en).sort(), name);
      for (const [key, entry] of Object.entries(texts.en)) {
        const other = texts.es[key]!;
        assert.deepEqual(listPlaces(other), listPlaces(entry), `${name} ${key}`);
        for (const form of [...listForms(entry), ...listForms(other)])
          assert.ok(form.trim() !== '', `${name} ${key}`);
      }
    }
  });

  it('are translated: few sentences are equal in both', () => {
    for (const { name, texts } of views) {
      const equal = Object.entries(texts.en).filter(([key, entry]) => {
        const [text] = listForms(entry);
        return text === listForms(texts.es[key]!)[0] && /[a-z]{4}/.test(text ?? '');
      });
      const allowed = new Set(['tls-implicit', 'tls-starttls', 'density-normal']);
      assert.deepEqual(
        equal.map(([key]) => key).filter((key) => !allowed.has(key)),
        [],
        name,
      );
    }
  });

  it('are all used, and by a name that a reader finds', () => {
    const sources = globSync('**/*.{ts,tsx}', { cwd: RENDERER })
      .filter((file) => !file.startsWith('text/'))
      .map((file) => readFileSync(join(RENDERER, file), 'utf8'))
      .join('\n');
    for (const { name, texts } of views) {
      for (const key of Object.keys(texts.en)) {
        const stem = `${key.split('-')[0]}-`;
        const used =
          sources.includes(`'${key}'`) || sources.includes(`"${key}"`) || sources.includes(`\`${stem}\${`);
        assert.ok(used, `${name}: ${key} is not used`);
      }
    }
  });

  it('say exactly the words of the specification', () => {
    const find = (name: string) => views.find((view) => view.name === name)!.texts;
    const words: [string, string, string, string][] = [
      [
        'mail',
        'empty',
        'Nothing here. New mail shows up by itself.',
        'No hay nada aquí. El correo nuevo aparece solo.',
      ],
      [
        'delivery',
        'images-hidden',
        'Remote images are not shown: showing them can tell the sender that you read this.',
        'Las imágenes remotas no se muestran: mostrarlas puede avisar al remitente de que lo leíste.',
      ],
      [
        'sign-in',
        'because-asked',
        'Signed out. Valija kept nothing on this computer.',
        'Sesión cerrada. Valija no guardó nada en este equipo.',
      ],
      [
        'sign-in',
        'because-ended-draft-safe',
        'Your session ended. Sign in again; your draft is safe.',
        'La sesión terminó. Entra de nuevo; tu borrador está a salvo.',
      ],
    ];
    for (const [view, key, en, es] of words) {
      assert.equal(sayIn(find(view), 'en')(key), en);
      assert.equal(sayIn(find(view), 'es')(key), es);
    }
    const mail = find('mail');
    assert.equal(
      sayIn(mail, 'es')('link-mismatch', { a: 'banco.es', b: 'malo.example' }),
      'El texto dice banco.es, pero el enlace va a malo.example.',
    );
    assert.equal(
      sayIn(find('composer'), 'en')('too-big', { file: 'a.zip', size: '60 MB', limit: '52 MB' }),
      'a.zip is 60 MB; the limit is 52 MB.',
    );
  });

  it('name buttons by the words that stand on them, in mails and on slips too', () => {
    const find = (name: string) => views.find((view) => view.name === name)!.texts;
    for (const language of ['en', 'es'] as const) {
      const button = sayIn(find('sign-in'), language);
      const slip = sayIn(find('admin-users'), language);
      const mail = RESET_TEXTS[language].reset({ code: 'c', server: 's', name: 'n' }).text;
      for (const [text, key] of [
        [mail, 'redeem'],
        [slip('slip-reset-how'), 'redeem'],
        [slip('slip-invite-how'), 'register'],
      ] as const) {
        assert.match(text, new RegExp(`[“«]${button(key)}[”»]`), `${language} ${key}`);
      }
    }
  });

  it('choose plural forms by the rules of the language', () => {
    const mail = views.find((view) => view.name === 'mail')!.texts;
    const say = (language: 'en' | 'es', n: number): string => sayIn(mail, language)('mail-count', { n });
    assert.deepEqual([say('en', 0), say('en', 1), say('en', 2)], ['0 mails', '1 mail', '2 mails']);
    assert.deepEqual(
      [say('es', 0), say('es', 1), say('es', 12_345)],
      ['0 mensajes', '1 mensaje', '12.345 mensajes'],
    );
    const shell = views.find((view) => view.name === 'shell')!.texts;
    assert.equal(sayIn(shell, 'en')('checked', { n: 0 }), 'No new mail');
  });
});
