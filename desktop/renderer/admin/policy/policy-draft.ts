import type { PolicySettings } from '../../../../common/shapes/policy.ts';

/** What the form holds: text for each field, '' where this place says nothing. */
export interface PolicyDraft {
  allowedHosts: string;
  smallestInterval: string;
  quotaBytes: string;
  leastKeep: '' | 'any' | 'always' | 'days';
  leastKeepDays: string;
  ownAccounts: YesNo;
  registration: '' | 'open' | 'invite' | 'closed';
  remember: YesNo;
  secondFactor: '' | 'optional' | 'required';
  resetNeedsTwo: YesNo;
  signedInOnly: YesNo;
  lab: '' | 'off' | 'offered' | 'forced';
  labIdleMinutes: string;
  labSaves: string;
}
export type YesNo = '' | 'yes' | 'no';

const MINUTE = 60;
const GIGABYTE = 1_000_000_000;

export function toDraft(settings: PolicySettings): PolicyDraft {
  const { leastKeep = '', smallestInterval, quotaBytes, labIdleMinutes } = settings;
  return {
    allowedHosts: (settings.allowedHosts ?? []).join('\n'),
    smallestInterval: writeNumber(smallestInterval, MINUTE),
    quotaBytes: writeNumber(quotaBytes, GIGABYTE),
    leastKeep: leastKeep.startsWith('days:') ? 'days' : (leastKeep as 'any'),
    leastKeepDays: leastKeep.startsWith('days:') ? leastKeep.slice(5) : '30',
    ownAccounts: writeYesNo(settings.ownAccounts),
    registration: settings.registration ?? '',
    remember: writeYesNo(settings.remember),
    secondFactor: settings.secondFactor ?? '',
    resetNeedsTwo: writeYesNo(settings.resetNeedsTwo),
    signedInOnly: writeYesNo(settings.signedInOnly),
    lab: settings.lab ?? '',
    labIdleMinutes: writeNumber(labIdleMinutes, 1),
    labSaves: (settings.labSaves ?? []).join('\n'),
  };
}

/** What was said; fields that were left empty are left to the place above. */
export function fromDraft(draft: PolicyDraft): PolicySettings {
  const hosts = readLines(draft.allowedHosts);
  const saves = readLines(draft.labSaves);
  const keep = draft.leastKeep === 'days' ? `days:${draft.leastKeepDays.trim()}` : draft.leastKeep;
  const said: PolicySettings = {
    allowedHosts: hosts.length === 0 ? undefined : hosts,
    smallestInterval: readNumber(draft.smallestInterval, MINUTE),
    quotaBytes: readNumber(draft.quotaBytes, GIGABYTE),
    leastKeep: keep || undefined,
    ownAccounts: readYesNo(draft.ownAccounts),
    registration: draft.registration || undefined,
    remember: readYesNo(draft.remember),
    secondFactor: draft.secondFactor || undefined,
    resetNeedsTwo: readYesNo(draft.resetNeedsTwo),
    signedInOnly: readYesNo(draft.signedInOnly),
    lab: draft.lab || undefined,
    labIdleMinutes: readNumber(draft.labIdleMinutes, 1),
    labSaves: saves.length === 0 ? undefined : saves,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function writeNumber(value: number | null | undefined, unit: number): string {
  return value === null || value === undefined ? '' : String(value / unit);
}

function readNumber(text: string, unit: number): number | undefined {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) ? undefined : Math.round(value * unit);
}

function writeYesNo(value: boolean | undefined): YesNo {
  return value === undefined ? '' : value ? 'yes' : 'no';
}

function readYesNo(value: YesNo): boolean | undefined {
  return value === '' ? undefined : value === 'yes';
}

function readLines(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((line) => line.trim().toLowerCase())
    .filter((line) => line !== '');
}
