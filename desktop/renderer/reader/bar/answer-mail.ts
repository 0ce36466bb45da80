import type { AnswerKind } from '../../../../common/shapes/draft.ts';
import { queries } from '../../mail/cache/mail-cache.ts';
import { profileStore } from '../../profile/profile-store.ts';
import { storageServer } from '../../session/clients.ts';
import { toProblem } from '../../session/problem.ts';
import { tellProblem } from '../../shell/notices.ts';
import { changeMailRoute } from '../../shell/route.ts';
import { languageStore } from '../../text/text.ts';

/** Opens a stored draft that answers or forwards a mail. */
export async function answerMail(id: string, kind: AnswerKind): Promise<void> {
  try {
    const draft = await storageServer().draft.answer.mutate({
      mail: id,
      kind,
      language: languageStore.get(),
      timeZone: profileStore.get().preferences.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    queries.setQueryData(['draft', draft.id], draft);
    changeMailRoute({ draft: draft.id });
  } catch (error) {
    tellProblem(toProblem(error), () => void answerMail(id, kind));
  }
}
