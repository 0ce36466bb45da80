import { useQuery } from '@tanstack/react-query';
import { useStore } from '../../parts/store.ts';
import { useNow } from '../../parts/now.ts';
import { adminPartTexts } from '../../text/admin-parts.ts';
import { formatAgo, formatSize } from '../../text/format-more.ts';
import { languageStore, useText } from '../../text/text.ts';
import { Loaded, Page } from '../page.tsx';
import { PlainTable } from '../table/plain-table.tsx';
import { partsQuery } from './parts-query.ts';
import { UserStorage } from './user-storage.tsx';

/** How full the disks are, when the last backup was, and what each user keeps. */
export function Storage() {
  const t = useText(adminPartTexts);
  const language = useStore(languageStore);
  const now = useNow();
  const query = useQuery(partsQuery);
  return (
    <Page title={t('storage')} lead={t('storage-lead')}>
      <Loaded query={query}>
        {({ parts, facts }) => (
          <PlainTable
            title={t('disks')}
            heads={[
              t('column-part'),
              t('column-free'),
              t('column-disk'),
              t('column-mails'),
              t('column-backup'),
            ]}
            rows={facts.map((one) => {
              const kind = parts.find(({ id }) => id === one.part)?.kind ?? 'profile-server';
              // Which one it is matters only where there are more of its kind.
              const several = parts.filter((part) => part.kind === kind).length > 1;
              const { disk } = one;
              const percent =
                disk === null || disk.total === 0 ? null : Math.floor((100 * disk.free) / disk.total);
              const backup = one.backup === null ? t('no-backup') : formatAgo(one.backup, now, language);
              return {
                key: one.part,
                cells: [
                  <span key="part">
                    {t(`kind-${kind}`)} {several ? <small>{one.part}</small> : null}
                  </span>,
                  percent === null ? '–' : <Meter key="free" percent={percent} />,
                  disk === null
                    ? '–'
                    : t('disk-of', {
                        free: formatSize(disk.free, language),
                        total: formatSize(disk.total, language),
                      }),
                  one.mails === null ? '' : one.mails.toLocaleString(language),
                  kind === 'storage-server' ? backup : '',
                ],
              };
            })}
          />
        )}
      </Loaded>
      <UserStorage />
    </Page>
  );
}

/** Free space as a bar beside its number. */
function Meter({ percent }: { percent: number }) {
  const t = useText(adminPartTexts);
  return (
    <span className="free">
      <meter
        min={0}
        max={100}
        low={15}
        high={30}
        optimum={80}
        value={percent}
        aria-label={t('column-free')}
      />{' '}
      {percent} %
    </span>
  );
}
