import { useState } from 'react';
import type { AlertTargetView } from '../../../../common/shapes/alert.ts';
import { Button } from '../../parts/button.tsx';
import { Segments } from '../../parts/choice-fields.tsx';
import { CopyText } from '../../parts/copy-text.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useNow } from '../../parts/now.ts';
import { useStore } from '../../parts/store.ts';
import { profileServer } from '../../session/clients.ts';
import { adminWatchTexts } from '../../text/admin-watch.ts';
import { formatAgo } from '../../text/format-more.ts';
import { languageStore, say, useText } from '../../text/text.ts';
import { useAct } from '../act.ts';

/** Who is told: mail addresses and webhooks, each with how the last message went. */
export function AlertTargets({ targets }: { targets: readonly AlertTargetView[] }) {
  const t = useText(adminWatchTexts);
  const [secret, setSecret] = useState<string | null>(null);
  const after = { keys: ['alerts'] };
  const test = useAct(async (id: string) => await profileServer().alert.test.mutate({ id }), {
    ...after,
    done: () => say(adminWatchTexts, 'tested'),
  });
  const remove = useAct(async (id: string) => await profileServer().alert.removeTarget.mutate({ id }), after);
  return (
    <section aria-label={t('targets')}>
      <h2>{t('targets')}</h2>
      <p className="card-note">{t('targets-lead')}</p>
      {secret === null ? null : (
        <section className="panel" aria-label={t('secret')}>
          <h3>{t('secret')}</h3>
          <CopyText label={t('copy')} done={t('copied')} text={secret} testId="webhook-secret" />
          <p className="card-note">{t('secret-once')}</p>
        </section>
      )}
      <ul className="cards">
        {targets.map((target) => (
          <li key={target.id} className="card card-line" data-testid="alert-target">
            <Icon name={target.kind === 'mail' ? 'inbox' : 'link'} size={20} />
            <div className="card-title">
              <h3>{target.address}</h3>
              <LastMessage target={target} />
            </div>
            <Button disabled={test.isPending} onClick={() => test.mutate(target.id)}>
              {t('test')}
            </Button>
            <Button look="quiet" icon="trash" onClick={() => remove.mutate(target.id)}>
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
      <AddTarget onSecret={setSecret} />
    </section>
  );
}

function LastMessage({ target: { last, waiting } }: { target: AlertTargetView }) {
  const t = useText(adminWatchTexts);
  const language = useStore(languageStore);
  const now = useNow();
  const told =
    last === null
      ? t('told-never')
      : last.error === null
        ? t('told-well', { ago: formatAgo(last.at, now, language) })
        : t('told-badly', { ago: formatAgo(last.at, now, language), code: last.error });
  return (
    <p>
      {told}
      {waiting === 0 ? '' : ` · ${t('told-waiting', { n: waiting })}`}
    </p>
  );
}

function AddTarget({ onSecret }: { onSecret: (secret: string) => void }) {
  const t = useText(adminWatchTexts);
  const language = useStore(languageStore);
  const [kind, setKind] = useState<'mail' | 'webhook'>('mail');
  const [address, setAddress] = useState('');
  const add = useAct(
    async () =>
      await profileServer().alert.addTarget.mutate(
        kind === 'mail' ? { kind, address, language } : { kind, address },
      ),
    {
      keys: ['alerts'],
      done: ({ secret }) => {
        setAddress('');
        if (secret !== null) onSecret(secret);
        return null;
      },
    },
  );
  return (
    <form
      className="group"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(undefined);
      }}
    >
      <Segments
        label={t('tell-by')}
        value={kind}
        choices={[
          { value: 'mail', label: t('by-mail') },
          { value: 'webhook', label: t('by-webhook') },
        ]}
        onPick={(value) => setKind(value === 'mail' ? 'mail' : 'webhook')}
      />
      <Field
        label={kind === 'mail' ? t('address-mail') : t('address-webhook')}
        hint={kind === 'mail' ? undefined : t('webhook-hint')}
        type={kind === 'mail' ? 'email' : 'url'}
        value={address}
        required
        maxLength={2000}
        data-testid="alert-address"
        onChange={(event) => setAddress(event.target.value)}
      />
      <div className="card-actions">
        <Button type="submit" icon="plus" disabled={add.isPending} data-testid="alert-target-add">
          {t('tell-add')}
        </Button>
      </div>
    </form>
  );
}
