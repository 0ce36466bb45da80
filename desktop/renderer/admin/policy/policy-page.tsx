import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ORGANISATION } from '../../../../common/shapes/layer.ts';
import { SelectField } from '../../parts/choice-fields.tsx';
import { profileServer } from '../../session/clients.ts';
import { adminPolicyTexts } from '../../text/admin-policy.ts';
import { useText } from '../../text/text.ts';
import { useGroups } from '../groups/group-query.ts';
import { Loaded, Page } from '../page.tsx';
import { Layers } from './layers.tsx';
import { PolicyForm } from './policy-form.tsx';

/** What organisation or group demand of their users, and what they give them. */
export function PolicyPage({ organisation }: { organisation: boolean }) {
  const t = useText(adminPolicyTexts);
  const groups = useGroups();
  const [picked, setPicked] = useState<string | null>(null);
  const of = picked ?? (organisation ? ORGANISATION : groups[0]?.id);
  return (
    <Page title={t('policy')} lead={organisation ? t('policy-lead') : t('policy-lead-group')}>
      {of === undefined ? null : (
        <>
          <SelectField
            label={t('of')}
            value={of}
            onPick={setPicked}
            choices={[
              ...(organisation ? [{ value: ORGANISATION, label: t('organisation') }] : []),
              ...groups.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <Place of={of} organisation={organisation} key={of} />
        </>
      )}
    </Page>
  );
}

function Place({ of, organisation }: { of: string; organisation: boolean }) {
  const query = useQuery({
    queryKey: ['admin', 'policy', of] as const,
    staleTime: 5000,
    queryFn: async ({ signal }) => await profileServer().policy.get.query({ of }, { signal }),
  });
  return (
    <>
      <Loaded query={query}>
        {(view) => <PolicyForm view={view} mayChange={organisation} key={view.revision} />}
      </Loaded>
      <Layers of={of} />
    </>
  );
}
