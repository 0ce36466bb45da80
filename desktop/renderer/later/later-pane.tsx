import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { IconName } from '../parts/icon-names.ts';
import { Blank, Failure, Skeleton } from '../parts/states.tsx';
import { toProblem } from '../session/problem.ts';
import { useCardKeys } from './walk-cards.ts';

/** The pane of what waits for its time: its cards, or what stands there as long as there are none. */
export function LaterPane({
  title,
  testId,
  query,
  blank,
  children,
}: {
  title: string;
  testId: string;
  query: UseQueryResult<readonly unknown[]>;
  /** What is said when nothing waits. */
  blank: { icon: IconName; text: string };
  children: ReactNode;
}) {
  const scroller = useCardKeys();
  return (
    <section className="list-pane" aria-label={title} data-region="list">
      <header className="list-head">
        <h1>{title}</h1>
      </header>
      <div ref={scroller} className="later-scroller" data-testid={testId} data-loaded={query.data?.length}>
        {query.isPending ? <Skeleton rows={4} kind="rows" /> : null}
        {query.isError ? (
          <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
        ) : null}
        {query.data?.length === 0 && query.isSuccess ? <Blank icon={blank.icon} text={blank.text} /> : null}
        {children}
      </div>
    </section>
  );
}
