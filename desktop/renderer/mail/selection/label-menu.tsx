import { lazy, Suspense, useRef, useState } from 'react';
import { foldLabel } from '../../../../common/label-name.ts';
import { Icon } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menu.tsx';
import { useProfile } from '../../profile/profile-store.ts';
import { useCommands } from '../../shell/commands.ts';
import { bulkTexts } from '../../text/bulk.ts';
import { useText } from '../../text/text.ts';
import { changeAll } from './change-all.ts';
import { labelMails } from '../mail-actions.ts';
import { findRow } from '../cache/mail-cache.ts';
import type { Everything } from './selection.ts';

const LabelDialog = lazy(async () => ({
  default: (await import('../../mailbox/label-dialog.tsx')).LabelDialog,
}));

/** Puts labels on mails and takes them off: a tick stands at those that all of them have. */
export function LabelMenu({
  ids,
  everything = null,
}: {
  ids: readonly string[];
  everything?: Everything | null;
}) {
  const t = useText(bulkTexts);
  const { labels } = useProfile();
  const [adding, setAdding] = useState(false);
  const open = useRef<(() => void) | null>(null);
  useCommands({ label: () => open.current?.() });
  const rows = ids.map((id) => findRow(id)).filter((row) => row !== null);
  const names = [
    ...new Map(
      [...labels, ...rows.flatMap((row) => row.labels.map((name) => ({ name })))].map(({ name }) => [
        foldLabel(name),
        name,
      ]),
    ).values(),
  ];
  const hasAll = (name: string): boolean =>
    everything === null &&
    rows.length > 0 &&
    rows.every((row) => row.labels.some((one) => foldLabel(one) === foldLabel(name)));
  const pick = (name: string): void => {
    const has = hasAll(name);
    const add = has ? [] : [name];
    const remove = has ? [name] : [];
    if (everything === null) void labelMails(ids, add, remove);
    else void changeAll(everything, { kind: 'label', add, remove });
  };
  return (
    <>
      <Menu
        label={t('label')}
        className="icon-button"
        openRef={open}
        button={<Icon name="label" />}
        items={[
          ...names.map((name) => ({
            key: name,
            label: name,
            checked: hasAll(name),
            many: true,
            run: () => pick(name),
          })),
          { key: ' new', label: t('new-label'), icon: 'plus' as const, run: () => setAdding(true) },
        ]}
      />
      {adding ? (
        <Suspense fallback={null}>
          <LabelDialog label={null} onSaved={pick} onClose={() => setAdding(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
