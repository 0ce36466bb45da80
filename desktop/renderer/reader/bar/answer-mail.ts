import type { AnswerKind } from '../../../../common/shapes/draft.ts';
import { queries } from '../../mail/cache/mail-cache.ts';
import { profileStore } from '../../profile/profile-store.ts';
import { storageServer } from '../../session/clients.ts';
import { forgetWithSession } from '../../session/forget.ts';
import { toProblem } from '../../session/problem.ts';
import { tellProblem } from '../../shell/notices.ts';
import { changeMailRoute } from '../../shell/route.ts';
import { languageStore } from '../../text/text.ts';

/** Answers that are on their way: whoever presses twice gets one. */
const underWay = new Set<string>();
forgetWithSession(() => underWay.clear());

/** Opens a stored draft that answers or forwards a mail. `key`: of a try whose answer may have been lost. */
export async function answerMail(
  id: string,
  kind: AnswerKind,
  key: string = crypto.randomUUID(),
): Promise<void> {
  const name = `${kind} ${id}`;
  if (underWay.has(name)) return;
  underWay.add(name);
  try {
    const draft = await storageServer().draft.answer.mutate({
      mail: id,
      kind,
      language: languageStore.get(),
      timeZone: profileStore.get().preferences.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      key,
    });
    queries.setQueryData(['draft', draft.id], draft);
    changeMailRoute({ draft: draft.id });
  } catch (error) {
    tellProblem(toProblem(error), () => void answerMail(id, kind, key));
  } finally {
    underWay.delete(name);
  }
}
