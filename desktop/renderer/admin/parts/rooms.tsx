import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Button } from '../../parts/button.tsx';
import { Blank } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { useNow } from '../../parts/now.ts';
import { profileServer } from '../../session/clients.ts';
import { adminPartTexts } from '../../text/admin-parts.ts';
import { formatAgo } from '../../text/format-more.ts';
import { languageStore, useText } from '../../text/text.ts';
import { Loaded, Page } from '../page.tsx';
import { PlainTable } from '../table/plain-table.tsx';
import { RoomDialog, type RoomDraft } from './room-dialog.tsx';

/** Rooms of computers that many people use: who signed in where. */
export function Rooms({ organisation }: { organisation: boolean }) {
  const t = useText(adminPartTexts);
  const [editing, setEditing] = useState<RoomDraft | null>(null);
  const rooms = useQuery({
    queryKey: ['admin', 'rooms'] as const,
    staleTime: 10_000,
    refetchInterval: 60_000,
    queryFn: async ({ signal }) => (await profileServer().lab.rooms.query(undefined, { signal })).rooms,
  });
  return (
    <Page
      title={t('rooms')}
      lead={t('rooms-lead')}
      tools={
        organisation ? (
          <Button
            icon="plus"
            look="main"
            onClick={() => setEditing({ name: '', networks: [], forced: false })}
          >
            {t('room-add')}
          </Button>
        ) : undefined
      }
    >
      <Loaded query={rooms}>
        {(found) =>
          found.length === 0 ? (
            <Blank icon="lock" text={t('no-rooms')} />
          ) : (
            <ul className="cards">
              {found.map(({ name, networks, forced, open, logIns, pcs }) => (
                <li className="card" key={name ?? ''}>
                  <div className="card-head">
                    <div className="card-title">
                      <h2>{name ?? t('room-unknown')}</h2>
                      <p>
                        {t('room-sums', { open, n: logIns })}
                        {networks.length === 0 ? '' : ` · ${networks.join(', ')}`}
                        {forced ? ` · ${t('room-forced')}` : ''}
                      </p>
                    </div>
                    {organisation && name !== null ? (
                      <Button icon="compose" onClick={() => setEditing({ name, networks, forced })}>
                        {t('edit')}
                      </Button>
                    ) : null}
                  </div>
                  {pcs.length === 0 ? null : <Computers name={name ?? t('room-unknown')} pcs={pcs} />}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      <LogIns />
      {editing === null ? null : <RoomDialog room={editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}

function Computers({
  name,
  pcs,
}: {
  name: string;
  pcs: readonly { name: string; open: number; logIns: number; lastAt: string }[];
}) {
  const t = useText(adminPartTexts);
  const language = useStore(languageStore);
  const now = useNow();
  return (
    <PlainTable
      title={t('computers', { name })}
      hideTitle
      heads={[t('column-pc'), t('column-open'), t('column-log-ins'), t('column-last')]}
      rows={pcs.map((pc) => ({
        key: pc.name,
        cells: [pc.name, pc.open, pc.logIns, formatAgo(pc.lastAt, now, language)],
      }))}
    />
  );
}

function LogIns() {
  const t = useText(adminPartTexts);
  const language = useStore(languageStore);
  const now = useNow();
  const query = useQuery({
    queryKey: ['admin', 'log-ins'] as const,
    staleTime: 10_000,
    queryFn: async ({ signal }) => (await profileServer().lab.log.query({ limit: 100 }, { signal })).logIns,
  });
  return (
    <Loaded query={query}>
      {(found) =>
        found.length === 0 ? null : (
          <PlainTable
            title={t('log-ins')}
            heads={[t('column-who'), t('column-room'), t('column-pc'), t('column-from'), t('column-to-time')]}
            rows={found.map((one, at) => ({
              key: String(at),
              cells: [
                one.user?.name ?? t('user-gone'),
                one.room ?? '–',
                one.pc ?? one.address,
                formatAgo(one.from, now, language),
                one.to === null ? t('still-open') : formatAgo(one.to, now, language),
              ],
            }))}
          />
        )
      }
    </Loaded>
  );
}
