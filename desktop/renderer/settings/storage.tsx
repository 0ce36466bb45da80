import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { SizeClass, StoredSum } from '../../../common/shapes/summary.ts';
import { Failure, Skeleton } from '../parts/states.tsx';
import { useStore } from '../parts/store.ts';
import { profileStore, usePreference } from '../profile/profile-store.ts';
import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { deliveryTexts } from '../text/delivery.ts';
import { formatSize } from '../text/format-more.ts';
import { mailTexts } from '../text/mail.ts';
import { languageStore, useText } from '../text/text.ts';

/** What the server keeps for this user: of each account and mailbox how much and from when to when, and how large mails are. */
export function Storage() {
  const t = useText(deliveryTexts);
  const mail = useText(mailTexts);
  const language = useStore(languageStore);
  const { accounts } = useStore(profileStore);
  const query = useQuery({
    queryKey: ['summary'] as const,
    queryFn: async ({ signal }) => await storageServer().summary.read.query(undefined, { signal }),
    staleTime: 0,
  });
  const found = query.data;
  const nameOf = (id: string | null): string =>
    id === null ? t('storage-written') : (accounts.find((one) => one.id === id)?.email ?? t('storage-gone'));
  return (
    <div className="settings-page" data-testid="storage">
      <header className="settings-head">
        <h1>{t('storage')}</h1>
      </header>
      <p className="settings-lead">{t('storage-lead')}</p>
      {query.isPending ? <Skeleton rows={4} kind="rows" /> : null}
      {query.isError ? (
        <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {found === undefined ? null : (
        <>
          <p className="storage-all">
            <strong>{formatSize(found.all.bytes, language)}</strong> ·{' '}
            {t('storage-all', { n: found.all.total })} · {t('storage-unread', { n: found.all.unread })}
          </p>
          <SumTable
            title={t('storage-accounts')}
            rows={found.accounts.map((one) => ({ key: one.id ?? '', name: nameOf(one.id), sum: one }))}
          />
          <SumTable
            title={t('storage-mailboxes')}
            rows={found.mailboxes
              .filter(({ total }) => total > 0)
              .map((one) => ({
                key: one.id,
                name: one.role === null ? one.path : mail(`role-${one.role}`),
                sum: one,
              }))}
          />
          <SizeTable title={t('storage-sizes')} sizes={found.all.sizes} />
        </>
      )}
    </div>
  );
}

function Table({ title, heads, children }: { title: string; heads: readonly string[]; children: ReactNode }) {
  return (
    // Focus lets the keyboard scroll a table that is wider than the window.
    <div className="storage-table" tabIndex={0} role="region" aria-label={title}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function SumTable({ title, rows }: { title: string; rows: { key: string; name: string; sum: StoredSum }[] }) {
  const t = useText(deliveryTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  if (rows.length === 0) return null;
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: zone ?? undefined });
  const when = (time: string | null): string => (time === null ? '' : format.format(new Date(time)));
  return (
    <Table
      title={title}
      heads={(['name', 'mails', 'unread', 'size', 'oldest', 'newest'] as const).map((one) =>
        t(`column-${one}`),
      )}
    >
      {rows.map(({ key, name, sum }) => (
        <tr key={key}>
          <th scope="row">{name}</th>
          <td>{sum.total.toLocaleString(language)}</td>
          <td>{sum.unread.toLocaleString(language)}</td>
          <td>{formatSize(sum.bytes, language)}</td>
          <td>{when(sum.oldest)}</td>
          <td>{when(sum.newest)}</td>
        </tr>
      ))}
    </Table>
  );
}

function SizeTable({ title, sizes }: { title: string; sizes: SizeClass[] }) {
  const t = useText(deliveryTexts);
  const language = useStore(languageStore);
  const largest = sizes.at(-2)?.upTo ?? 0;
  return (
    <Table title={title} heads={[t('column-size'), t('column-mails'), t('storage')]}>
      {sizes.map(({ upTo, mails, bytes }) => (
        <tr key={upTo ?? 'above'}>
          <th scope="row">
            {upTo === null
              ? t('size-above', { size: formatSize(largest, language) })
              : t('size-up-to', { size: formatSize(upTo, language) })}
          </th>
          <td>{mails.toLocaleString(language)}</td>
          <td>{formatSize(bytes, language)}</td>
        </tr>
      ))}
    </Table>
  );
}
