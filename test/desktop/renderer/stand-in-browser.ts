import type { SavedDraft } from '../../../common/shapes/draft.ts';
import { toWireError, type MailError } from '../../../common/errors.ts';

/*
 * What the client's modules ask of a browser as they are loaded, for tests of their decisions without one. Imported before
 * them, which are imported by `await import`.
 */
const handlers = new Map<string, ((event: object) => void)[]>();

Object.assign(globalThis, {
  addEventListener: (name: string, act: (event: object) => void) =>
    handlers.set(name, [...(handlers.get(name) ?? []), act]),
  removeEventListener: () => undefined,
  location: {
    hash: '',
    pathname: '/',
    search: '',
    origin: 'http://valija.test',
    href: 'http://valija.test/',
  },
  history: { state: null, replaceState: () => undefined, pushState: () => undefined },
  document: { documentElement: { dataset: {}, lang: 'en' }, addEventListener: () => undefined },
});
Object.defineProperty(globalThis, 'navigator', {
  value: { onLine: true, userAgent: '', language: 'en', languages: ['en'] },
  configurable: true,
});

/** Closes the page, as a person does; true when it asks to stay. */
export function closePage(): boolean {
  let asks = false;
  for (const act of handlers.get('beforeunload') ?? []) act({ preventDefault: () => (asks = true) });
  return asks;
}

/** What the servers answer from now on to each call, by its procedure's name; returns the names as they are called. */
export function answerCalls(answer: (procedure: string, input: unknown) => unknown): string[] {
  const called: string[] = [];
  globalThis.fetch = async (url, init) => {
    const names = new URL(new Request(url).url).pathname.replace('/trpc/', '').split(',');
    called.push(...names);
    const body = init?.body;
    // Plain calls have their token before it.
    const text = typeof body === 'string' ? body.replace(/^Bearer .*\n/, '') : '{}';
    const inputs = JSON.parse(text) as Record<string, unknown>;
    const answers = await Promise.all(
      names.map(async (name, at) => await answerOne(answer, name, inputs[at])),
    );
    return Response.json(answers);
  };
  return called;
}

async function answerOne(
  answer: (procedure: string, input: unknown) => unknown,
  name: string,
  input: unknown,
): Promise<object> {
  try {
    return { result: { data: await answer(name, input) } };
  } catch (error) {
    // Without an answer: as `fetch` fails.
    if (error instanceof TypeError) throw error;
    const valija = toWireError(error as MailError);
    return { error: { message: valija.code, code: -32_600, data: { valija } } };
  }
}

export const SAVED: SavedDraft = { id: 'm1', version: 1, savedAt: '2026-11-21T10:00:00.000Z' };
