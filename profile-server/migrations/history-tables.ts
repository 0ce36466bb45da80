import { makeStep } from '../../server-kit/database/make-step.ts';

/** What an item held at a revision is asked for by the item. */
export const historyTables = [
  makeStep(
    '160-profile-history-item',
    'CREATE INDEX profile_history_item ON profile_history (user, part, id, revision)',
  ),
];
