import type { Account } from '../../../../common/shapes/account.ts';
import type { LabelDefinition } from '../../../../common/shapes/label.ts';
import type { Mailbox } from '../../../../common/shapes/mailbox.ts';
import type { Language } from '../../../../common/shapes/profile.ts';
import type { IconName } from '../../parts/icon-names.ts';
import { commandTexts } from '../../text/commands.ts';
import { mailTexts } from '../../text/mail.ts';
import { settingsTexts } from '../../text/settings.ts';
import { sayIn, type Texts } from '../../text/text.ts';
import { COMMAND_GROUPS } from '../help/command-groups.ts';
import type { Command } from '../commands.ts';
import { SETTINGS_SECTIONS, type Route } from '../parse-route.ts';
import type { Name } from './match.ts';

/** Something that the palette leads to. */
export interface Target {
  /** The same for the same thing at every opening. */
  id: string;
  kind: 'command' | 'mailbox' | 'account' | 'label' | 'settings' | 'recent';
  title: string;
  /** What it answers to: its title, in the other language too, and related words. */
  names: readonly Name[];
  icon: IconName;
  does: { command: Command } | { goes: Route } | { finds: string };
}

/** What there is to lead to. */
export interface Places {
  language: Language;
  usable: readonly Command[];
  mailboxes: readonly Mailbox[];
  accounts: readonly Account[];
  labels: readonly LabelDefinition[];
  /** Searches of late. */
  recent: readonly string[];
}

/** How much less a name counts that is not shown. */
const BEHIND = { otherLanguage: 15, related: 25 };

/** Words by which people look for a section. */
const RELATED = {
  accounts: ['add-account'],
  appearance: ['language', 'theme', 'density', 'time-zone', 'undo-time', 'conversations'],
  keyboard: ['keys'],
} as const satisfies Partial<Record<(typeof SETTINGS_SECTIONS)[number], readonly string[]>>;

/** Everything: what can be done, then places, each in the order in which the screens show it. */
export function listTargets(places: Places): Target[] {
  const { language } = places;
  const inMail = (box: string, account: string | null, query: string | null = null): Route => {
    return { view: 'mail', box, account, mail: null, draft: null, query };
  };
  const listCommands = (groups: readonly { commands: readonly Command[] }[]): Target[] =>
    groups
      .flatMap(({ commands }) => commands)
      .filter((command) => command !== 'palette' && places.usable.includes(command))
      .map((command) => ({
        ...nameFrom(commandTexts, command, language),
        id: `command ${command}`,
        kind: 'command',
        icon: 'right',
        does: { command },
      }));
  // Who looks for something rarely looks for what moves on by a line.
  const moving = listCommands(COMMAND_GROUPS.filter(({ name }) => name === 'moving'));
  const commands = listCommands(COMMAND_GROUPS.filter(({ name }) => name !== 'moving'));
  const mailboxes = places.mailboxes.map((mailbox): Target => ({
    ...(mailbox.role === null
      ? nameOnly(mailbox.path)
      : nameFrom(mailTexts, `role-${mailbox.role}`, language)),
    id: `mailbox ${mailbox.id}`,
    kind: 'mailbox',
    icon: mailbox.role ?? 'folder',
    does: { goes: inMail(mailbox.role ?? mailbox.id, null) },
  }));
  const later = (['waiting', 'snoozed', 'reminders'] as const).map((name): Target => ({
    ...nameFrom(mailTexts, name, language),
    id: `mailbox ${name}`,
    kind: 'mailbox',
    icon: name === 'waiting' ? 'clock' : name === 'snoozed' ? 'snooze' : 'bell',
    does: { goes: inMail(name, null) },
  }));
  const accounts = places.accounts.map(({ id, email }): Target => ({
    ...nameOnly(email),
    id: `account ${id}`,
    kind: 'account',
    icon: 'inbox',
    does: { goes: inMail('inbox', id) },
  }));
  const labels = places.labels.map(({ name }): Target => ({
    ...nameOnly(name),
    id: `label ${name}`,
    kind: 'label',
    icon: 'label',
    does: { goes: inMail('search', null, `label:"${name.replaceAll('"', '')}"`) },
  }));
  const settings = SETTINGS_SECTIONS.map((section): Target => {
    const { title, names } = nameFrom(settingsTexts, `section-${section}`, language);
    const related = (section in RELATED ? RELATED[section as keyof typeof RELATED] : []).flatMap(
      (key) => nameFrom(settingsTexts, key, language).names,
    );
    return {
      title,
      names: [...names, ...related.map(({ text }) => ({ text, behind: BEHIND.related }))],
      id: `settings ${section}`,
      kind: 'settings',
      icon: 'settings',
      does: { goes: { view: 'settings', section, item: null, page: null } },
    };
  });
  const recent = places.recent.map((query): Target => ({
    ...nameOnly(query),
    id: `recent ${query}`,
    kind: 'recent',
    icon: 'clock',
    does: { finds: query },
  }));
  return [...commands, ...mailboxes, ...later, ...accounts, ...labels, ...settings, ...recent, ...moving];
}

function nameOnly(title: string): Pick<Target, 'title' | 'names'> {
  return { title, names: [{ text: title, behind: 0 }] };
}

/** A title of ours: it answers in both languages, for people look for what they know from elsewhere. */
function nameFrom<Key extends string>(
  texts: Texts<Key>,
  key: Key,
  language: Language,
): Pick<Target, 'title' | 'names'> {
  const title = sayIn(texts, language)(key);
  const other = sayIn(texts, language === 'en' ? 'es' : 'en')(key);
  return {
    title,
    names: [
      { text: title, behind: 0 },
      { text: other, behind: BEHIND.otherLanguage },
    ],
  };
}
