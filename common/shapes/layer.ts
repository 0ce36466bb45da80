import { z } from 'zod';
import { accountSettings, pop3Settings, sendSettings, smtpSettings, host } from './account.ts';
import type { contact } from './contact.ts';
import { id } from './ids.ts';
import type { ItemValue } from './profile.ts';

/** Whose a layer is: the organisation's or a group's, by its id. */
export const ORGANISATION = 'organisation';
export const layerOf = z.union([z.literal(ORGANISATION), id]);

/** What stands in layers. `contacts` are read where they are (`contact.shared`); all else stands in each user's profile. */
export const LAYER_PARTS = [
  'accounts',
  'identities',
  'rules',
  'templates',
  'preferences',
  'contacts',
] as const;
export const layerPart = z.enum(LAYER_PARTS);
export type LayerPart = z.infer<typeof layerPart>;

/** What a text of a layer may name; anything else in braces stays as it is. */
export const LAYER_VARIABLES = ['user', 'name', 'group', 'email'] as const;
export type LayerVariable = (typeof LAYER_VARIABLES)[number];

/** With variables in it, and so not yet what it will be. */
const text = (most: number): z.ZodString => z.string().trim().min(1).max(most);
const signature = z
  .object({ text: z.string().max(20_000), html: z.string().max(100_000).nullable() })
  .nullable();

/** An account for everybody: `{{user}}@uni.example`. Each user gives the own password. */
export const layerAccount = accountSettings.extend({
  email: text(320),
  name: z.string().trim().max(200).nullable(),
  pop3: pop3Settings.extend({ host, user: text(320) }),
  send: sendSettings.extend({ smtp: smtpSettings.extend({ user: text(320).nullable() }).nullable() }),
  /** Of the identity that comes with it. */
  replyTo: text(320).nullable().default(null),
  signature: signature.default(null),
});
export type LayerAccount = z.infer<typeof layerAccount>;

/** A further From address of an account of the same layer. */
export const layerIdentity = z.object({
  /** Id of the layer's account. */
  account: id,
  name: z.string().trim().max(200).nullable(),
  address: text(320),
  replyTo: text(320).nullable(),
  signature,
});
export type LayerIdentity = z.infer<typeof layerIdentity>;

/** Why users cannot change an item, as the admin wrote it for them; null: they may. */
export const lockReason = z.string().trim().min(1).max(300).nullable();

/** What an admin sees of a layer's item. */
export interface LayerItem {
  id: string;
  part: LayerPart;
  /** Grows with each change of the layer: the base of the next change of this item. */
  revision: number;
  value: ItemValue;
  locked: string | null;
  changedAt: string;
  /** Name of the admin; null when that user is gone. */
  changedBy: string | null;
}

/** Where an item of a profile comes from when it is not the user's own. */
export interface ItemLayer {
  of: 'organisation' | 'group';
  /** The group's name; null for the organisation. */
  name: string | null;
  locked: string | null;
}

/** `layer.list` */
export interface LayerView {
  of: string;
  items: LayerItem[];
  /** Pass as `after` for the rest; null at the end. */
  next: string | null;
  /** Users that the layer is for, and how many of them have not got its last change yet. */
  users: { all: number; waiting: number };
}

/** A contact of a shared address book (`contact.shared`). */
export interface SharedContact {
  id: string;
  layer: Omit<ItemLayer, 'locked'>;
  value: z.infer<typeof contact>;
}
