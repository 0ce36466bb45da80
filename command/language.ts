import type { Language } from '../common/shapes/profile.ts';

/** The language that the environment asks for by name, or null. */
export function readOwnLanguage(env: NodeJS.ProcessEnv): Language | null {
  return matchLanguage(env['VALIJA_LANGUAGE']);
}

/** The language of the system: LC_ALL, LC_MESSAGES, LANG, as POSIX orders them; English when it is another one. */
export function readSystemLanguage(env: NodeJS.ProcessEnv): Language {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  );
  return matchLanguage(locale) ?? 'en';
}

function matchLanguage(locale: string | undefined): Language | null {
  const found = /^(en|es)\b/i.exec((locale ?? '').replace('_', '-'));
  return found === null ? null : (found[1]?.toLowerCase() as Language);
}
