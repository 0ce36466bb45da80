import { useId, type ReactNode } from 'react';

/** One matter of the security page, under its heading. */
export function Section({
  title,
  lead,
  testId,
  children,
}: {
  title: string;
  lead?: ReactNode;
  testId?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="security-section" aria-labelledby={id} data-testid={testId}>
      <h2 id={id}>{title}</h2>
      {lead === undefined ? null : <p className="settings-lead">{lead}</p>}
      {children}
    </section>
  );
}
