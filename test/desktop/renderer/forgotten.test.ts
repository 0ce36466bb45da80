import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../../harness/server-process.ts';

const RENDERER = join(ROOT, 'desktop/renderer');

/** What modules keep that tells nobody of a session or its person, and why. */
const HARMLESS: Record<string, string> = {
  'admin/style.ts worn': 'that the styles are there',
  'composer/begin-mail.ts begun': 'a number, of which each new mail gets another',
  'composer/begin-mail.ts current': 'such a number',
  'composer/files/uploads.ts working': 'drafts, as long as somebody holds them',
  'composer/session/held-drafts.ts giveUp': 'a timer',
  'contact/choose-contacts.ts texts': 'of contacts, as long as somebody holds them',
  'contact/read-book.ts order': 'how names are put in order',
  'mail/cache/mail-cache.ts readingAgain': 'timers of a moment',
  'mail/cache/pending.ts pendingChanges': 'calls end with their session, and with them what is under way',
  'mail/cache/seen.ts listeners': 'leave with the shell',
  'parts/clock.ts ahead': 'of the computer',
  'parts/clock.ts begin': 'of the computer',
  'parts/clock.ts told': 'of the computer',
  'parts/now.ts now': 'the time',
  'rule/rule-draft.ts lastKey': 'a number',
  'session/forget.ts ofPerson': 'how to forget',
  'session/forget.ts ofSession': 'how to forget',
  'session/reach.ts lostStore': 'whether a server is reached',
  'session/session-actions.ts draftIsSafe': 'leaves with the composer',
  'session/session-actions.ts interrupted': 'whose place is kept for him alone',
  'session/session-actions.ts pickedLanguage': 'chosen at the sign-in, for who signs in',
  'session/session-actions.ts retry': 'a timer',
  'session/session-actions.ts saveDraft': 'leaves with the composer',
  'session/session.ts serverStore': 'of the computer',
  'session/session.ts sessionStore': 'the session itself',
  'session/session.ts unfinishedStore': 'a sign-in under way; null as soon as it is done',
  'session/tokens.ts held': 'the session itself',
  'session/tokens.ts isRemembered': 'said at each sign-in',
  'session/tokens.ts lasting': 'the session itself',
  'session/tokens.ts onEnded': 'set once',
  'session/tokens.ts under': 'ends with the tokens',
  'shell/commands.ts stack': 'leaves with the screens',
  'shell/explain.ts describeStore': 'sentences for errors',
  'shell/keys.ts waiting': 'half a key, for a moment',
  'shell/notices.ts lastId': 'a number',
  'shell/notify/announce-arrival.ts seenAt': 'when a window was in front',
  'shell/route.ts places': 'where places are written down; lab mode gives it back',
  'text/format.ts formats': 'how to write dates',
  'text/text.ts languageStore': 'the language that the sign-in page goes on with',
  'text/text.ts plurals': 'grammar',
  'text/text.ts said': 'texts of the client',
};

/** What stands at the top of a module and can change; constants are written in capitals. */
const STATE =
  /^(?:export )?(?:let (?<variable>\w+)|const (?<kept>[a-z]\w*)(?:: (?!Readonly|ReadonlySet|ReadonlyMap)[^=]+?)? =\s+(?:new \w|make(?!Session)\w*Store\b|\[\]|\{\}))/gmu;
const FORGETS = /^forgetWith(?:Session|Person)\((?<how>[^]*?)\);$/gmu;

function listState(text: string): string[] {
  return [...text.matchAll(STATE)].flatMap(({ groups }) => groups?.['variable'] ?? groups?.['kept'] ?? []);
}

function isForgotten(text: string, name: string): boolean {
  return [...text.matchAll(FORGETS)].some(({ groups }) =>
    new RegExp(String.raw`\b${name}\b`).test(groups?.['how'] ?? ''),
  );
}

describe('what modules keep in memory', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: RENDERER });
  const found = files.flatMap((file) => {
    const text = readFileSync(join(RENDERER, file), 'utf8');
    return listState(text).map((name) => ({ what: `${file} ${name}`, forgotten: isForgotten(text, name) }));
  });

  it('is found', () => {
    const kinds = {
      'let a: string | null = null;': 'a',
      'export let b = 0;': 'b',
      'const c = new Map<string, number>();': 'c',
      'export const d = new Set<string>();': 'd',
      'const e: string[] = [];': 'e',
      'const f: Record<string, X> = {};': 'f',
      "export const g = makeStore<'a' | 'b'>('a');": 'g',
      'export const h = new Thing();': 'h',
      "const WORDS = new Set(['a', 'b']);": undefined,
      'const no: readonly string[] = [1];': undefined,
      'export const no = makeSessionStore(0);': undefined,
      '  const no = new Map();': undefined,
    };
    for (const [line, name] of Object.entries(kinds)) assert.equal(listState(line)[0], name, line);
    assert.ok(found.length > 40, `${found.length}`);
  });

  it('is forgotten with the session or its person, or tells nothing of them', () => {
    const kept = found.filter(({ what, forgotten }) => !forgotten && !(what in HARMLESS));
    assert.deepEqual(
      kept.map(({ what }) => what),
      [],
      'the next person at this computer would find it: session/forget.ts',
    );
  });

  it('is called harmless only where it is there and nothing forgets it', () => {
    const known = new Set(found.filter(({ forgotten }) => !forgotten).map(({ what }) => what));
    assert.deepEqual(
      Object.keys(HARMLESS).filter((what) => !known.has(what)),
      [],
    );
  });
});
