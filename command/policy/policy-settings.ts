import type { PolicySettings } from '../../common/shapes/policy.ts';
import { makeUsageError, readChoice, readNumber } from '../failure.ts';

type Reader<T> = (name: string, text: string) => T;

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

const yes: Reader<boolean> = (name, text) => readChoice(name, text, ['yes', 'no']) === 'yes';
const words: Reader<string[]> = (_, text) => text.split(',').filter((word) => word !== '');
const number =
  (min: number, max: number): Reader<number> =>
  (name, text) =>
    readNumber(name, text, min, max);
const choice =
  <const T extends string>(...allowed: T[]): Reader<T> =>
  (name, text) =>
    readChoice(name, text, allowed);
const orNone =
  <T>(read: Reader<T>): Reader<T | null> =>
  (name, text) =>
    text === 'none' ? null : read(name, text);

/** How each setting is written: `quota=5G`, `allowed-hosts=*.uni.example,pop.gmail.com`; `none` lifts a limit. */
const SETTINGS: {
  [Key in keyof PolicySettings]-?: [string, Reader<NonNullable<PolicySettings[Key]> | null>];
} = {
  allowedHosts: ['allowed-hosts', orNone(words)],
  smallestInterval: ['smallest-interval', orNone(number(60, 86_400))],
  quotaBytes: ['quota', orNone(readBytes)],
  leastKeep: ['least-keep', readLeastKeep],
  ownAccounts: ['own-accounts', yes],
  registration: ['registration', orNone(choice('open', 'invite', 'closed'))],
  remember: ['remember', yes],
  secondFactor: ['second-factor', choice('optional', 'required')],
  resetNeedsTwo: ['reset-needs-two', yes],
  signedInOnly: ['signed-in-only', yes],
  lab: ['lab', choice('off', 'offered', 'forced')],
  labIdleMinutes: ['lab-idle', number(1, 240)],
  labSaves: ['lab-saves', words],
};

/** The names in the order in which they are shown. */
export const SETTING_NAMES = Object.values(SETTINGS).map(([name]) => name);

/** What was set before with what is typed: `NAME=VALUE` sets, `NAME=` says nothing of it any more. MailError usage. */
export function readPolicySettings(before: PolicySettings, typed: readonly string[]): PolicySettings {
  const settings: Record<string, unknown> = { ...before };
  for (const one of typed) {
    const at = one.indexOf('=');
    const [name, text] = [one.slice(0, Math.max(0, at)), one.slice(at + 1)];
    const found = Object.entries(SETTINGS).find(([, [known]]) => known === name);
    if (found === undefined) {
      throw makeUsageError('bad-value', { option: 'SETTING', value: one, allowed: SETTING_NAMES.join(', ') });
    }
    const [key, [, read]] = found;
    if (text === '') delete settings[key];
    else settings[key] = read(name, text);
  }
  return settings;
}

/** The settings as they are typed, in the order of the table. */
export function writePolicySettings(settings: PolicySettings): [string, string][] {
  return Object.entries(SETTINGS).flatMap(([key, [name]]): [string, string][] => {
    const value = settings[key as keyof PolicySettings];
    return value === undefined ? [] : [[name, writeValue(value)]];
  });
}

function writeValue(value: NonNullable<PolicySettings[keyof PolicySettings]> | null): string {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(',') : String(value);
}

function readBytes(name: string, text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,9})([kmgt]?)$/i.exec(text) ?? [];
  if (amount === '') throw makeUsageError('bad-value', { option: name, value: text, allowed: '5G, 500M' });
  return Number(amount) * (UNITS[unit.toLowerCase()] ?? 1);
}

function readLeastKeep(name: string, text: string): string {
  if (/^(any|always|days:[1-9]\d{0,3})$/.test(text)) return text;
  throw makeUsageError('bad-value', { option: name, value: text, allowed: 'any, days:N, always' });
}
