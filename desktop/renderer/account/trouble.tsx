import type { AccountProblem } from '../../../common/shapes/account.ts';
import { useDescribe } from '../shell/explain.ts';
import { activityTexts } from '../text/activity.ts';
import { useText } from '../text/text.ts';

/** Why it failed in one sentence, what to do, and the mail server's own line. */
export function Trouble({ problem }: { problem: AccountProblem }) {
  const t = useText(activityTexts);
  const { message, action } = useDescribe()(problem);
  return (
    <div className="trouble" data-code={problem.code} data-reason={problem.reason ?? undefined}>
      <p className="trouble-what">{message}</p>
      {action === null ? null : <p className="trouble-do">{action}</p>}
      {problem.serverLine === null || problem.serverLine === undefined ? null : (
        <p className="trouble-line">
          <span className="unseen">{t('server-said')} </span>
          <code>{problem.serverLine}</code>
        </p>
      )}
    </div>
  );
}
