import type { Database } from '../../../server-kit/database/database.ts';
import type { UserProfile } from '../../home/home.ts';
import { labelKey } from '../../mail/mail-record.ts';
import { askIndex, type AskCore } from '../ask-index.ts';
import type { FindCore } from '../find-mails.ts';
import { ATTACHMENT_NAMES, OPERATOR_NAMES, ROLE_NAMES, STATES, type Operator } from '../query/operators.ts';
import type { Suggestion } from '../search.ts';
import { foldText } from '../text/fold.ts';
import { listWords } from '../text/words.ts';
import { readTyped, writeValue, type Typed } from './read-typed.ts';
import { readLabelNames, readRecent } from './suggest-store.ts';

const MOST = 10;
const MOST_EACH = 4;
const MOST_OF_ONE = 8;
/** Shorter begins of words say too little. */
const SHORTEST_WORD = 3;
const PEOPLE: readonly Operator[] = ['from', 'to', 'cc'];

/** See Search in search.ts. What the user did lately comes first, then what belongs to him, then words. */
export async function suggest(
  core: Pick<FindCore, 'home'> & AskCore & { db: Database },
  user: string,
  text: string,
): Promise<Suggestion[]> {
  const profile = await core.home.readProfile(user);
  const typed = readTyped(text);
  const spanish = profile.language === 'es';
  const { operator, begin } = typed;
  if (operator === null) {
    const found = [
      ...(await suggestRecent(core.db, user, text)),
      ...(begin === '' ? [] : await suggestPeopleAndWords(core, user, typed, spanish)),
      ...(begin === '' ? [] : await suggestPlaces(core.db, user, profile, typed, spanish)),
      ...suggestOperators(typed, spanish),
    ];
    return found.slice(0, MOST);
  }
  if (PEOPLE.includes(operator)) return await suggestPeople(core, user, typed);
  if (operator === 'is' || operator === 'has') return suggestValues(typed, operator, spanish);
  const places = await suggestPlaces(core.db, user, profile, typed, spanish);
  const kind = operator === 'in' ? 'mailbox' : operator;
  return places.filter((one) => one.kind === kind).slice(0, MOST_OF_ONE);
}

async function suggestRecent(db: Database, user: string, text: string): Promise<Suggestion[]> {
  const folded = foldText(text.trim());
  const recent = await readRecent(db.read, user);
  return recent
    .filter((one) => foldText(one).startsWith(folded) && foldText(one) !== folded)
    .slice(0, MOST_EACH)
    .map((one): Suggestion => ({ kind: 'recent', text: one, completion: one, count: null }));
}

async function suggestPeopleAndWords(
  core: AskCore,
  user: string,
  typed: Typed,
  spanish: boolean,
): Promise<Suggestion[]> {
  const begin = listWords(typed.begin).join(' ');
  const words = begin.length < SHORTEST_WORD || begin.includes(' ') ? 0 : MOST_EACH;
  if (begin === '') return [];
  const found = await askIndex(core, { kind: 'suggest', user, begin: typed.begin, people: MOST_EACH, words });
  const operator = `${OPERATOR_NAMES.from[spanish ? 1 : 0]}:`;
  return [
    ...found.people.map((one) => toSender(one, `${typed.head}${operator}`)),
    ...found.words.map(({ word, mails }): Suggestion => ({
      kind: 'word',
      text: word,
      completion: `${typed.head}${word} `,
      count: mails,
    })),
  ];
}

async function suggestPeople(core: AskCore, user: string, typed: Typed): Promise<Suggestion[]> {
  const { people } = await askIndex(core, {
    kind: 'suggest',
    user,
    begin: typed.begin,
    people: MOST_OF_ONE,
    words: 0,
  });
  return people.map((one) => toSender(one, `${typed.head}${typed.written}`));
}

function toSender(
  { name, address, mails }: { name: string; address: string; mails: number },
  head: string,
): Suggestion {
  const text = name === '' ? address : `${name} <${address}>`;
  return { kind: 'sender', text, completion: `${head}${address} `, count: mails };
}

/** Mailboxes, accounts and labels of whose names a word begins so. */
async function suggestPlaces(
  db: Database,
  user: string,
  profile: UserProfile,
  { head, written, begin }: Typed,
  spanish: boolean,
): Promise<Suggestion[]> {
  const matches = (...names: (string | null)[]): boolean =>
    names.some(
      (name) => name !== null && ` ${foldText(name)}`.replace(/[/@._-]/g, ' ').includes(` ${begin}`),
    );
  const make = (
    kind: 'mailbox' | 'account' | 'label',
    text: string,
    count: number | null,
    more: Partial<Suggestion> = {},
  ): Suggestion => {
    const operator = kind === 'mailbox' ? 'in' : kind;
    const name = written === '' ? `${OPERATOR_NAMES[operator][spanish ? 1 : 0]}:` : written;
    return { kind, text, completion: `${head}${name}${writeValue(text)} `, count, ...more };
  };
  const labels = await readLabelNames(db.read, user);
  const known = new Set(labels.map(({ name }) => labelKey(name)));
  for (const { name } of profile.labels) if (!known.has(labelKey(name))) labels.push({ name, mails: 0 });
  const most = written === '' ? MOST_EACH : MOST_OF_ONE;
  return [
    ...profile.mailboxes
      .filter(({ path, role }) => matches(path, role, ...(role === null ? [] : ROLE_NAMES[role])))
      .slice(0, most)
      .map(({ path, role }) => make('mailbox', path, null, { role })),
    ...labels
      .filter(({ name }) => matches(name))
      .slice(0, most)
      .map(({ name, mails }) => make('label', name, mails)),
    ...profile.accounts
      .filter(({ email, name }) => matches(email, name))
      .slice(0, most)
      .map(({ email }) => make('account', email, null)),
  ];
}

/** Names of operators in the user's language, and those in the other one that begin as he types. */
function suggestOperators({ head, begin }: Typed, spanish: boolean): Suggestion[] {
  return Object.values(OPERATOR_NAMES).flatMap((names): Suggestion[] => {
    const own = names[spanish ? 1 : 0];
    const name = own.startsWith(begin) ? own : names.find((one) => begin !== '' && one.startsWith(begin));
    if (name === undefined) return [];
    return [{ kind: 'operator', text: `${name}:`, completion: `${head}${name}:`, count: null }];
  });
}

function suggestValues(
  { head, written, begin }: Typed,
  operator: 'is' | 'has',
  spanish: boolean,
): Suggestion[] {
  const choices = operator === 'has' ? [ATTACHMENT_NAMES] : STATES.map(({ names }) => names);
  return choices.flatMap((names): Suggestion[] => {
    const name = names[spanish ? 1 : 0] ?? '';
    const other = names[spanish ? 0 : 1] ?? '';
    const found = name.startsWith(begin) ? name : other.startsWith(begin) ? other : null;
    if (found === null) return [];
    return [
      { kind: 'operator', text: `${written}${found}`, completion: `${head}${written}${found} `, count: null },
    ];
  });
}
