import type { Contact } from '../../../common/shapes/contact.ts';
import type { LabelDefinition } from '../../../common/shapes/label.ts';
import type { MailboxDefinition } from '../../../common/shapes/mailbox.ts';
import type { ProfileItem } from '../../../common/shapes/profile.ts';
import type { Rule } from '../../../common/shapes/rule.ts';
import { profileServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { profileStore } from './profile-store.ts';
import { readProfile, takeItems } from './profile-sync.ts';

/** What people change as items; accounts have their own procedures, preferences their own rule for conflicts. */
interface ItemValues {
  contacts: Contact;
  labels: LabelDefinition;
  mailboxes: Omit<MailboxDefinition, 'id'>;
  rules: Rule;
}

/**
 * Makes (`id` null), changes or removes (`value` null) an item of the profile, and shows it. Throws what the server refuses;
 * on `conflict` the item as it is now is shown first, so that the person sees what the change would have been lost on.
 */
export async function changeItem<Part extends keyof ItemValues>(
  part: Part,
  id: string | null,
  value: ItemValues[Part] | null,
): Promise<ProfileItem> {
  const { revisions } = profileStore.get();
  const base = id === null ? null : (revisions.get(`${part}/${id}`) ?? null);
  try {
    const { item, revision } = await profileServer().profile.change.mutate({ part, id, base, value });
    takeItems({ revision: Math.min(revision, profileStore.get().revision ?? revision), items: [item] });
    return item;
  } catch (error) {
    if (toProblem(error).code === 'conflict') await readProfile();
    throw error;
  }
}
