import type { ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { Failure, Skeleton } from '../parts/states.tsx';
import { toProblem } from '../session/problem.ts';

/** Head, one sentence of what this is about, and what stands below. */
export function Page({
  title,
  lead,
  tools,
  wide = true,
  children,
}: {
  title: string;
  lead: string;
  tools?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={wide ? 'settings-page admin-page' : 'settings-page'}>
      <header className="settings-head">
        <h1>{title}</h1>
        {tools === undefined ? null : <div className="card-actions">{tools}</div>}
      </header>
      <p className="settings-lead">{lead}</p>
      {children}
    </div>
  );
}

/** What a query brought; before, grey bars; when it failed, why, with a way to try again. */
export function Loaded<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.isPending) return <Skeleton rows={5} kind="rows" />;
  if (query.data !== undefined) return children(query.data);
  return <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />;
}
