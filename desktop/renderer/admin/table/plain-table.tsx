import type { ReactNode } from 'react';

/** A short table; where it is wider than the window, the keyboard can scroll it. */
export function PlainTable({
  title,
  heads,
  rows,
  hideTitle = false,
}: {
  title: string;
  heads: readonly string[];
  /** The first cell of each heads its row. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  hideTitle?: boolean;
}) {
  return (
    <div className="plain-table" tabIndex={0} role="region" aria-label={title}>
      <table>
        <caption className={hideTitle ? 'unseen' : undefined}>{title}</caption>
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={`${at} ${head}`} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, at) =>
                at === 0 ? (
                  <th key="head" scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={heads[at]}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
