import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Check, Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { queries } from '../../mail/cache/mail-cache.ts';
import { profileServer } from '../../session/clients.ts';
import { useRun } from '../../session/use-run.ts';
import { adminUserTexts } from '../../text/admin-users.ts';
import { useText } from '../../text/text.ts';
import { useLate } from '../late.ts';
import type { GroupRow } from './group-query.ts';

/** Who looks after a group: those who do, and users that are searched for. */
export function AdminsDialog({ group, onClose }: { group: GroupRow; onClose: () => void }) {
  const t = useText(adminUserTexts);
  const [admins, setAdmins] = useState(group.admins);
  const [typed, setTyped] = useState('');
  const { busy, problem, run } = useRun();
  const query = useLate(typed.trim());
  const found = useQuery({
    queryKey: ['admin', 'users', 'find', query] as const,
    enabled: query !== '',
    queryFn: async ({ signal }) =>
      (await profileServer().user.list.query({ query, state: 'active', limit: 20 }, { signal })).users,
  });
  const chosen = new Set(admins.map(({ id }) => id));
  const listed = [...admins, ...(found.data ?? []).filter(({ id }) => !chosen.has(id))];
  const save = async (): Promise<void> => {
    await profileServer().group.setAdmins.mutate({ id: group.id, users: [...chosen] });
    await queries.invalidateQueries({ queryKey: ['admin'] });
    onClose();
  };
  return (
    <FormDialog
      title={t('group-set-admins')}
      yes={t('save')}
      testId="group-admins-save"
      busy={busy}
      problem={problem}
      onSubmit={() => void run(save)}
      onClose={onClose}
    >
      <p>{t('group-admins-lead', { name: group.name })}</p>
      <Field
        label={t('find')}
        type="search"
        value={typed}
        data-testid="group-admin-find"
        onChange={(event) => setTyped(event.target.value)}
      />
      {listed.map(({ id, name }) => (
        <Check
          key={id}
          label={name}
          checked={chosen.has(id)}
          onPick={(checked) =>
            setAdmins((before) =>
              checked ? [...before, { id, name }] : before.filter((one) => one.id !== id),
            )
          }
        />
      ))}
    </FormDialog>
  );
}
