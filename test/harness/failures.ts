import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeProblem } from '../../common/error-texts/problem.ts';
import { ERROR_CODES, MailError, type ErrorCode, type ErrorParams } from '../../common/errors.ts';
import type { AccountProblem } from '../../common/shapes/account.ts';
import { REFUSALS } from '../../storage-server/pop3/refusals.ts';
import { ROOT } from './server-process.ts';

/** A MailError that the sources can make. */
export interface Failure {
  code: ErrorCode;
  reason: string | null;
  /** The options that it is made with, to see which values it carries. */
  options: string;
  /** `file:line` */
  at: string;
}

/** Its key in the table of sentences. */
export function nameFailure({ code, reason }: Pick<Failure, 'code' | 'reason'>): string {
  return reason === null ? code : `${code}/${reason}`;
}

interface Source {
  path: string;
  text: string;
}

/** Where retrieval, its sign-ins, discovery and the relay fail. */
const PLACES = [
  'storage-server/pop3',
  'storage-server/retrieval',
  'profile-server/oauth',
  'profile-server/schedule',
  // What concerns keys as a whole is told to operators, and stands at no account.
  'profile-server/vault/use-credential.ts',
  'profile-server/vault/personal',
  'server-kit/egress',
  'server-kit/service-client.ts',
  'smtp-relay',
];

/**
 * Every code and reason that retrieval and the relay can produce, read from the sources: where a MailError is made with words, chosen among
 * words, looked up in a table of words, or made by a helper whose callers name the words; and the replies that are recognised.
 */
export function listFailures(): Failure[] {
  const sources = PLACES.flatMap(listSources).map((path): Source => ({
    path,
    text: readFileSync(join(ROOT, path), 'utf8'),
  }));
  const made = sources.flatMap((source) => readFailures(source, sources));
  const recognised = REFUSALS.map(({ code, reason, example }): Failure => ({
    code,
    reason,
    options: example,
    at: 'storage-server/pop3/refusals.ts',
  }));
  return [...made, ...recognised];
}

function listSources(place: string): string[] {
  if (place.endsWith('.ts')) return [place];
  return readdirSync(join(ROOT, place), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${place}/${name}`);
}

function readFailures(source: Source, sources: Source[]): Failure[] {
  const { path, text } = source;
  return [...text.matchAll(/new MailError\(/g)].flatMap((match) => {
    const start = match.index + match[0].length;
    const [code = '', , options = ''] = splitArguments(readBalanced(text, start));
    const find = (expression: string): string[] =>
      resolve(expression, { ...source, before: text.slice(0, start) }, sources);
    const codes = find(code).filter((word): word is ErrorCode => ERROR_CODES.includes(word as ErrorCode));
    const given = /\breason\b(?::\s*((?:[^,{}()]|\([^)]*\))+))?/.exec(options);
    const reasons = given === null ? [null] : find(given[1] ?? 'reason');
    const at = `${path}:${text.slice(0, start).split('\n').length}`;
    return codes.flatMap((one) =>
      (reasons.length === 0 ? [null] : reasons).map((reason) => ({ code: one, reason, options, at })),
    );
  });
}

/** A function, a method or an arrow function: what a parameter belongs to. */
const HELPER = /function (\w+)\(|^ {2}(?:async )?#?(\w+)\(.*\{$|const (\w+) = (?:async )?\(/gm;

/** The words that an expression can have as its value. */
function resolve(expression: string, place: Source & { before: string }, sources: Source[]): string[] {
  const words = readWords(expression);
  if (words.length > 0) return words;
  const name = /^\w+$/.exec(expression.trim())?.[0];
  if (name === undefined) return [];
  const declared = [...place.before.matchAll(new RegExp(`const ${name}\\b[^=\\n]*=([^;]*);`, 'g'))].at(
    -1,
  )?.[1];
  if (declared !== undefined) {
    const tables = [...declared.matchAll(/\b([A-Z_]{3,})\b/g)].flatMap(([, table]) =>
      readTable(place.text, table ?? ''),
    );
    return [...readWords(declared), ...tables];
  }
  const helper = [...place.before.matchAll(HELPER)].at(-1);
  return helper === undefined ? [] : findCalls(helper, name, place, sources);
}

/** What the callers of a helper say for its parameter, themselves or because they are told. */
function findCalls(
  helper: RegExpExecArray,
  parameter: string,
  place: Source & { before: string },
  sources: Source[],
): string[] {
  const name = helper.slice(1).find(Boolean) ?? '';
  const signature = splitArguments(readBalanced(place.text, place.text.indexOf('(', helper.index) + 1));
  const position = signature.findIndex((one) => new RegExp(`^${parameter}\\b`).test(one));
  const callers = sources.filter(
    ({ path, text }) => path === place.path || new RegExp(`import [^;]*\\b${name}\\b`).test(text),
  );
  return callers.flatMap((source) =>
    [...source.text.matchAll(new RegExp(`(?<!function |^ {2}#?)\\b${name}\\(`, 'gm'))].flatMap((call) => {
      const said = splitArguments(readBalanced(source.text, call.index + call[0].length))[position] ?? '';
      return resolve(said, { ...source, before: source.text.slice(0, call.index) }, sources);
    }),
  );
}

/** The values of a table such as `const BY_CODE = { A: 'a' }`. */
function readTable(text: string, name: string): string[] {
  const block = new RegExp(`const ${name}\\b[^=]*= \\{([^}]*)\\}`).exec(text)?.[1] ?? '';
  return [...block.matchAll(/: '([^']*)'/g)].map((match) => match[1] ?? '');
}

/** Words in quotes, those left out that something is only compared with. */
function readWords(text: string): string[] {
  return [...text.matchAll(/([!=]==\s*)?'([^'\n]*)'/g)]
    .filter(([, compared]) => compared === undefined)
    .map((match) => match[2] ?? '')
    .filter((word) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(word));
}

/** From after an opening bracket to its closing one. */
function readBalanced(text: string, start: number): string {
  let depth = 1;
  for (let index = start; index < text.length; index++) {
    if ('([{'.includes(text[index]!)) depth++;
    if (')]}'.includes(text[index]!) && --depth === 0) return text.slice(start, index);
  }
  return text.slice(start);
}

function splitArguments(text: string): string[] {
  const parts = [''];
  let depth = 0;
  let quote = '';
  for (const character of text) {
    if (quote !== '') quote = character === quote ? '' : quote;
    else if ('\'"`'.includes(character)) quote = character;
    else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    if (character === ',' && depth === 0 && quote === '') parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

/** A value for every place that a sentence can have. */
const SAMPLE_VALUES: ErrorParams = {
  account: 'acc_1',
  detail: 'EACCES',
  email: 'eva@example.org',
  expected: 'https://…',
  field: 'settings.pop3.host',
  flow: 'device',
  host: 'pop.example.org',
  limit: '50 MB',
  port: 995,
  problem: 'sync_binlog',
  provider: 'Example',
  server: 'https://valija.example.org',
  setting: 'VALIJA_MASTER_KEY_FILE',
};

/**
 * Every failure of retrieval as an account carries it: for comparing what the command line and the client show with
 * `describeError` of the same problem, in both languages.
 */
export function listProblems(): AccountProblem[] {
  // What the relay meets stands beside mails, never beside an account.
  const met = listFailures().filter(({ at }) => !at.startsWith('smtp-relay/'));
  const byName = new Map(met.map((failure) => [nameFailure(failure), failure]));
  return [...byName.values()].map(({ code, reason }, index) => {
    const error = new MailError(code, code, {
      ...(reason === null ? {} : { reason }),
      params: SAMPLE_VALUES,
      // Half of them with the server's own words.
      ...(index % 2 === 0 ? { serverLine: `-ERR [SYS/TEMP] number ${index}` } : {}),
    });
    return describeProblem(error);
  });
}
