import { z } from 'zod';
import type { ItemLayer } from './layer.ts';

export const LANGUAGES = ['en', 'es'] as const;
export const language = z.enum(LANGUAGES);
export type Language = z.infer<typeof language>;

/** One object of settings per user; each key is an item of the profile with a revision of its own. */
export const preferences = z.object({
  language,
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'normal', 'compact']),
  timeZone: z.string().max(64).nullable(),
  /** Seconds that a sent mail is held for undo. */
  undoSeconds: z.number().int().min(0).max(60),
  /** Whether single keys are commands. */
  keys: z.boolean(),
  /** Keys of commands that the user chose himself, as the client writes them; [] takes them away. */
  keyMap: z
    .record(z.string().max(40), z.array(z.string().min(1).max(40)).max(4))
    .refine((map) => Object.keys(map).length <= 200),
  /** Whether new mail is announced by the system's notifications; who has allowed them is the browser's business. */
  notify: z.boolean(),
  /** Accounts whose new mail is not announced. */
  silent: z.array(z.string().max(64)).max(200),
  /** Widths of the panes in CSS pixels: navigation, list. */
  paneWidths: z.tuple([z.number().int().min(160).max(480), z.number().int().min(260).max(900)]).nullable(),
  /** Senders whose remote images are shown. */
  imagesFrom: z.array(z.string().max(320)).max(5000),
  /** The same mail through two accounts is two rows, not one with two accounts; for what arrives from then on. */
  showCopies: z.boolean(),
  /** Days after which what lies in Trash or Junk is removed for ever; null: never. */
  trashDays: z.number().int().min(1).max(3650).nullable(),
  junkDays: z.number().int().min(1).max(3650).nullable(),
  /** Mails of one conversation are one row of a list. */
  conversations: z.boolean(),
  /** Who is written to is put into the address book, apart from the others. */
  collect: z.boolean(),
  /** The identity that new mails begin with; null: that of the account whose mail is looked at. */
  identity: z.string().max(64).nullable(),
});
export type Preferences = z.infer<typeof preferences>;

export const PROFILE_PARTS = [
  'accounts',
  'identities',
  'mailboxes',
  'preferences',
  'contacts',
  'rules',
  'labels',
  'templates',
  'groups',
] as const;
export const profilePart = z.enum(PROFILE_PARTS);
export type ProfilePart = z.infer<typeof profilePart>;

/** Any JSON value; not `unknown`, which would make the property optional on the client's side. */
export type ItemValue = string | number | boolean | object | null;

/** The unit in which the profile travels; `value` null says that the item was removed at `revision`. */
export interface ProfileItem {
  part: ProfilePart;
  id: string;
  revision: number;
  value: ItemValue;
  /** Where it comes from when it is not the user's own. */
  layer?: ItemLayer;
}

/** What changed of a profile since some revision, or all of it; it stands at `revision` now. */
export interface ProfileItems {
  revision: number;
  /** Bytes of mail that the user may keep by the policy, for his home; null: the policy sets no limit. */
  quotaBytes?: number | null;
  items: ProfileItem[];
}
