import type { MailFilter } from '../../../../common/shapes/selection.ts';
import { storageServer } from '../../session/clients.ts';
import { toProblem } from '../../session/problem.ts';
import { tellProblem } from '../../shell/notices.ts';

/** How many mails a filter describes; null, and told, when it cannot be asked. */
export async function countMails(where: MailFilter): Promise<number | null> {
  try {
    const selection = { where, except: [], upTo: null };
    return (await storageServer().mail.count.query({ selection })).total;
  } catch (error) {
    tellProblem(toProblem(error));
    return null;
  }
}
