import { USE_ACCOUNTS, USE_SIZES, USE_WAITS } from '../../common/shapes/use.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../common/time.ts';

/** What one person does with one mail, planned ahead. Times in ms. */
export interface PlannedMail {
  number: number;
  kind: 'received' | 'sent';
  account: string;
  at: number;
  size: number;
  readAt: number | null;
  answeredAt: number | null;
  byRule: boolean;
  way: 'relay' | 'smarthost' | 'program';
}

export interface Person {
  id: string;
  group: string | null;
  timeZone: string | null;
  /** Ids and hosts. */
  accounts: { id: string; host: string; provider: string; email: string }[];
  mails: PlannedMail[];
}

const HOSTS = [
  ['pop.gmail.com', 'google'],
  ['outlook.office365.com', 'microsoft'],
  ['mail.uni.example', 'uni.example'],
  ['pop.rare.example', 'rare.example'],
] as const;
const ZONES = ['UTC', 'Europe/Madrid', 'America/Bogota', null];

/** People of some groups, each with habits of his own, over so many months of 2025; `mails` for each person and month. */
export function makePeople(
  chance: () => number,
  scale: { people: number; groups: number; months: number; mails: number },
): Person[] {
  return Array.from({ length: scale.people }, (_, at): Person => {
    const id = `user_${String(at).padStart(4, '0')}`;
    const count = 1 + Math.floor(chance() ** 2 * 4);
    const accounts = Array.from({ length: count }, (_unused, one) => {
      const [host, provider] = HOSTS[Math.floor(chance() ** 1.5 * HOSTS.length)] ?? HOSTS[0];
      return { id: `acc_${at}_${one}`, host, provider, email: `p${at}.${one}@${provider}` };
    });
    const person: Person = {
      id,
      group: chance() < 0.1 ? null : `grp_${Math.floor(chance() ** 1.5 * scale.groups)}`,
      timeZone: ZONES[Math.floor(chance() * ZONES.length)] ?? null,
      accounts,
      mails: [],
    };
    for (let month = 0; month < scale.months; month++) {
      const wanted = Math.floor(scale.mails * (0.4 + 1.2 * chance()));
      for (let one = 0; one < wanted; one++) person.mails.push(planMail(chance, person, month));
    }
    person.mails.sort((a, b) => a.at - b.at);
    for (const [number, mail] of person.mails.entries()) mail.number = number;
    return person;
  });
}

function planMail(chance: () => number, person: Person, month: number): PlannedMail {
  const account = person.accounts[Math.floor(chance() * person.accounts.length)]?.id ?? '';
  // Whole minutes, so that no wait lies on the border of its class, nor a mail on that of a month.
  const begin = Date.UTC(2025, month, 1);
  const length = Date.UTC(2025, month + 1, 1) - begin;
  const at = begin + Math.floor((chance() * length) / MINUTE) * MINUTE + 17 * SECOND;
  const kind = chance() < 0.75 ? 'received' : 'sent';
  const byRule = chance() < 0.05;
  const read = !byRule && chance() < 0.85 ? at + chooseWait(chance) : null;
  const answered = read !== null && chance() < 0.3 ? read + Math.floor(chance() * 5 * HOUR) : null;
  const size = Math.floor(400 + chance() ** 8 * 30_000);
  const way = (['relay', 'smarthost', 'smarthost', 'program'] as const)[Math.floor(chance() * 4)] ?? 'relay';
  return { number: 0, kind, account, at, size, readAt: read, answeredAt: answered, byRule, way };
}

function chooseWait(chance: () => number): number {
  return Math.floor((chance() ** 4 * 9 * DAY) / SECOND) * SECOND + 3 * SECOND;
}

/** The truth: of each cell how many, and who; counted from the plan, by other means than the product's. */
export type Truth = Map<string, { value: number; people: Set<string> }>;

/** `month` `YYYY-MM`, or a year. Cells are named `kind segment measure bucket`, `*` for all. */
export function countTruth(people: readonly Person[], period: string): Truth {
  const truth: Truth = new Map();
  const active = new Set<string>();
  const add = (person: Person, provider: string, measure: string, bucket: number): void => {
    active.add(person.id);
    for (const who of [`group ${person.group ?? ''}`, `provider ${provider}`, 'group *', 'provider *']) {
      for (const which of [String(bucket), '*']) note(truth, `${who} ${measure} ${which}`, person.id);
    }
  };
  for (const person of people) {
    for (const mail of person.mails) {
      const local = new Date(mail.at).toLocaleString('sv', { timeZone: person.timeZone ?? 'UTC' });
      if (!local.startsWith(period)) continue;
      const hour = Number(local.slice(11, 13));
      const provider = person.accounts.find(({ id }) => id === mail.account)?.provider ?? '';
      if (mail.kind === 'sent') {
        add(person, provider, 'outHour', hour);
        add(person, provider, 'outSize', classOf(USE_SIZES, mail.size));
        add(person, provider, 'outWay', ['relay', 'smarthost', 'program'].indexOf(mail.way));
        continue;
      }
      add(person, provider, 'inHour', hour);
      add(person, provider, 'inSize', classOf(USE_SIZES, mail.size));
      add(person, provider, 'read', mail.byRule ? 8 : waitClass(mail.at, mail.readAt));
      add(person, provider, 'answered', waitClass(mail.at, mail.answeredAt));
    }
  }
  for (const person of people.filter(({ id }) => active.has(id))) {
    const bucket = String(classOf(USE_ACCOUNTS, person.accounts.length));
    for (const who of [`group ${person.group ?? ''}`, 'group *']) {
      for (const which of [bucket, '*']) note(truth, `${who} accounts ${which}`, person.id);
    }
  }
  return truth;
}

function note(truth: Truth, name: string, person: string): void {
  const cell = truth.get(name) ?? { value: 0, people: new Set() };
  cell.value += 1;
  cell.people.add(person);
  truth.set(name, cell);
}

function waitClass(from: number, to: number | null): number {
  return to === null || to - from > 7 * DAY ? USE_WAITS.length : classOf(USE_WAITS, to - from);
}

function classOf(ends: readonly number[], value: number): number {
  return ends.filter((end) => value > end).length;
}
