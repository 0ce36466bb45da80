import { useQuery } from '@tanstack/react-query';
import { queries } from '../mail/cache/mail-cache.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { useExplain } from '../shell/explain.ts';
import { tellProblem } from '../shell/notices.ts';
import { ruleTexts } from '../text/rules.ts';
import { useText } from '../text/text.ts';

const KEY = ['rule-problems'];

/** What the rules could not do since the person last said that it was seen. */
export function RuleProblems() {
  const t = useText(ruleTexts);
  const explain = useExplain();
  const { data } = useQuery({
    queryKey: KEY,
    staleTime: 0,
    queryFn: async () => (await storageServer().rules.problems.query()).problems,
  });
  if (data === undefined || data.length === 0) return null;
  const dismiss = async (): Promise<void> => {
    try {
      await storageServer().rules.dismiss.mutate();
      queries.setQueryData(KEY, []);
    } catch (error) {
      tellProblem(toProblem(error));
    }
  };
  return (
    <div className="problem-box" data-testid="rule-problems">
      <Icon name="warning" />
      <ul>
        {data.map((problem) => (
          <li key={`${problem.rule} ${problem.error.reason} ${problem.at}`}>
            {problem.name === null
              ? explain(problem.error)
              : t('problem-line', {
                  n: problem.count,
                  rule: problem.name,
                  problem: explain(problem.error),
                })}
          </li>
        ))}
      </ul>
      <Button onClick={() => void dismiss()}>{t('dismiss')}</Button>
    </div>
  );
}
