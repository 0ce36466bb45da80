import { MailError } from '../../common/errors.ts';
import { foldLabel } from '../../common/label-name.ts';
import type { LabelDefinition } from '../../common/shapes/label.ts';
import { ask, type Connection } from '../server/connection.ts';

export interface OwnLabel extends LabelDefinition {
  id: string;
  revision: number;
}

/** The profile's label of that name; null: only mails may have it. */
async function findOwnLabel({ profile }: Connection, name: string): Promise<OwnLabel | null> {
  const { items } = await ask(profile.profile.read.query({ parts: ['labels'] }));
  const labels = items
    .filter(({ value }) => value !== null)
    .map(({ id, revision, value }) => ({ ...(value as LabelDefinition), id, revision }));
  return labels.find((label) => foldLabel(label.name) === foldLabel(name.trim())) ?? null;
}

/** MailError `not-found` for a label that neither the profile nor a mail has. */
export async function demandLabel(connection: Connection, name: string): Promise<OwnLabel | null> {
  const own = await findOwnLabel(connection, name);
  if (own !== null) return own;
  const { labels } = await ask(connection.storage.label.list.query());
  if (labels.some((label) => foldLabel(label.name) === foldLabel(name.trim()))) return null;
  throw new MailError('not-found', `no label ${name}`, { reason: 'label' });
}
