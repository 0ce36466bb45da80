import type { Flag } from '../../../common/shapes/mail.ts';
import type { Millis } from '../../../common/time.ts';
import type { Sought } from '../text/words.ts';

export const TEXT_FIELDS = ['from', 'to', 'cc', 'subject', 'filename'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** Words within a field, null for anywhere. `exact`: a phrase, whose forms are not varied. */
export interface TextCondition extends Sought {
  kind: 'text';
  field: TextField | null;
  exact: boolean;
}

/** What a mail's row says. */
export type RowCondition =
  | { kind: 'mailbox'; name: string }
  | { kind: 'account'; name: string }
  | { kind: 'label'; name: string }
  | { kind: 'before'; at: Millis }
  | { kind: 'after'; at: Millis }
  | { kind: 'larger'; bytes: number }
  | { kind: 'smaller'; bytes: number }
  | { kind: 'attachment' }
  | { kind: 'flag'; flag: Flag; set: boolean };

/** What is looked for. `and` of nothing is every mail, `or` of nothing none. */
export type Query =
  | TextCondition
  | RowCondition
  | { kind: 'and'; of: Query[] }
  | { kind: 'or'; of: Query[] }
  | { kind: 'not'; of: Query };
