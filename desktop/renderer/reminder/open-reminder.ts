import type { MailRow } from '../../../common/shapes/mail.ts';
import { changeMailRoute } from '../shell/route.ts';

/** Shows the mail beside the reminders. */
export function openReminder(row: MailRow): void {
  const draft = row.role === 'drafts';
  changeMailRoute({
    box: 'reminders',
    account: null,
    query: null,
    mail: draft ? null : row.id,
    draft: draft ? row.id : null,
  });
}
