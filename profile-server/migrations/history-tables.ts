import { makeStep } from '../../server-kit/database/make-step.ts';

/** What an item held at a revision is asked for by the item. */
export const historyTables = [
  makeStep(
    '160-profile-history-item',
    'CREATE INDEX profile_history_item ON profile_history (user, part, id, revision)',
  ),
];

/** What is older than a year goes. */
export const historyAgeTables = [
  makeStep('220-profile-history-at', 'CREATE INDEX profile_history_at ON profile_history (at)'),
  makeStep('221-history-trimmed', "INSERT INTO counter (name, value) VALUES ('history-trimmed', 0)"),
];
