import { useEffect, useState, type ReactNode } from 'react';
import type { Problem } from '../session/problem.ts';
import { useExplain } from '../shell/explain.ts';
import { codeForSupport } from '../shell/support-code.ts';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-names.ts';

/** True once `ms` have passed: what loads at once never flickers a skeleton. */
function useAfter(ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

/** Grey bars in the shape of what is coming, from 150 ms on. */
export function Skeleton({ rows, kind }: { rows: number; kind: 'rows' | 'text' }) {
  const t = useText(shellTexts);
  if (!useAfter(150)) return null;
  return (
    <div className={`skeleton skeleton-${kind}`} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className="skeleton-bar" />
      ))}
    </div>
  );
}

/** A calm page for nothing to show: an icon, one sentence, perhaps one thing to do. */
export function Blank({
  icon,
  title,
  text,
  children,
}: {
  icon: IconName;
  title?: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <div className="blank">
      <span className="blank-icon">
        <Icon name={icon} size={30} />
      </span>
      {title === undefined ? null : <h2>{title}</h2>}
      <p>{text}</p>
      {children}
    </div>
  );
}

/** What happened, what it means, one action, and a code for support. `retried`: it is tried again by itself, too. */
export function Failure({
  problem,
  onRetry,
  retried = false,
}: {
  problem: Problem;
  onRetry: () => void;
  retried?: boolean;
}) {
  const t = useText(shellTexts);
  const explain = useExplain();
  // What was typed does not fit: trying the same again, or asking support, would not change that.
  const typed = problem.code === 'invalid';
  const code = codeForSupport(problem);
  return (
    <div className="blank" role="alert">
      <span className="blank-icon blank-icon-bad">
        <Icon name={problem.code === 'offline' ? 'offline' : 'warning'} size={30} />
      </span>
      <p>{explain(problem, retried)}</p>
      {typed ? null : (
        <>
          <Button onClick={onRetry} icon="refresh">
            {t('retry')}
          </Button>
          {code === null ? null : <p className="support-code">{t('support-code', { code })}</p>}
        </>
      )}
    </div>
  );
}

/** A sentence inside a form about why it did not work. */
export function ProblemBox({ problem }: { problem: Problem | null }) {
  const t = useText(shellTexts);
  const explain = useExplain();
  if (problem === null) return null;
  const code = codeForSupport(problem);
  return (
    <div className="problem-box" role="alert">
      <Icon name="warning" />
      <div>
        <p>{explain(problem)}</p>
        {problem.serverLine === null ? null : <code>{problem.serverLine}</code>}
        {code === null ? null : <p className="support-code">{t('support-code', { code })}</p>}
      </div>
    </div>
  );
}
