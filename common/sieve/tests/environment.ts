import type { TestDefinition } from '../language/definition.ts';
import { checkMatch, MATCH_TAGS } from '../match/match-tags.ts';
import { matchValues } from '../match/match-values.ts';
import type { Run } from '../run.ts';

/** Which items need more than the header. */
export const ATTACHMENT_ITEM = 'vnd.valija.has-attachment';
export const ACCOUNT_ITEM = 'vnd.valija.account';

/** RFC 5183; items that are not known fit nothing. */
export const environmentTests: Record<string, TestDefinition> = {
  environment: {
    extension: 'environment',
    tags: MATCH_TAGS,
    takes: [['text', 'texts']],
    check: checkMatch,
    evaluate(call, run) {
      const [item = ''] = run.fillAll(call.values[0]);
      const value = readItem(item.toLowerCase(), run);
      return value !== null && matchValues(call, run, [value], run.fillAll(call.values[1]));
    },
  },
};

function readItem(item: string, run: Run): string | null {
  switch (item) {
    case 'name':
      return 'Valija';
    case 'location':
      return 'MS';
    case 'phase':
      return 'during';
    case ACCOUNT_ITEM:
      return run.mail.account.id;
    case 'vnd.valija.account-address':
      return run.mail.account.email;
    case ATTACHMENT_ITEM:
      return run.body().hasAttachment ? 'yes' : 'no';
    default:
      return null;
  }
}
