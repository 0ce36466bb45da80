import { useState } from 'react';
import type { LayerAccount, LayerItem } from '../../../../common/shapes/layer.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/choice-fields.tsx';
import { Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useRun } from '../../session/use-run.ts';
import { adminHealthTexts } from '../../text/admin-health.ts';
import { adminPolicyTexts } from '../../text/admin-policy.ts';
import { useText } from '../../text/text.ts';
import { LayerSending } from './layer-sending.tsx';
import { LockField } from './lock-field.tsx';
import { nameLayerItem } from './name-layer-item.ts';
import { saveLayerItem } from './save-layer-item.ts';
import { ServerFields } from './server-fields.tsx';

const NEW: Pick<LayerAccount, 'email' | 'name' | 'pop3' | 'send' | 'keep' | 'interval'> = {
  email: '{{user}}@uni.example',
  name: '{{name}}',
  pop3: { host: 'pop.uni.example', port: 995, tls: 'implicit', user: '{{user}}', auth: 'auto' },
  send: { way: 'relay', smtp: null },
  keep: 'always',
  interval: 300,
};

/** An account for everybody of a place; each user gives the own password. */
export function LayerAccountDialog({
  of,
  item,
  onClose,
}: {
  of: string;
  item: LayerItem | null;
  onClose: () => void;
}) {
  const t = useText(adminPolicyTexts);
  const health = useText(adminHealthTexts);
  const [value, setValue] = useState({ ...NEW, ...(item?.value as Partial<LayerAccount> | undefined) });
  const [locked, setLocked] = useState(item?.locked ?? null);
  const { busy, problem, run } = useRun();
  const { pop3, signature } = value;
  const set = (change: Partial<LayerAccount>): void => setValue((before) => ({ ...before, ...change }));
  const save = (next: unknown): void => {
    void run(async () => {
      await saveLayerItem({ of, part: 'accounts', item }, next, locked);
      onClose();
    });
  };
  return (
    <FormDialog
      title={item === null ? t('new-accounts') : nameLayerItem(item)}
      yes={t('save')}
      wide
      busy={busy}
      problem={problem}
      byBrowser
      more={
        item === null ? null : (
          <Button look="quiet" icon="trash" disabled={busy} onClick={() => save(null)}>
            {t('layer-remove')}
          </Button>
        )
      }
      onSubmit={() => save(value)}
      onClose={onClose}
    >
      <p className="card-note">{t('variables')}</p>
      <div className="field-row field-row-even">
        <Field
          label={t('account-email')}
          value={value.email}
          required
          spellCheck={false}
          onChange={(event) => set({ email: event.target.value })}
        />
        <Field
          label={t('account-name')}
          value={value.name ?? ''}
          onChange={(event) => set({ name: event.target.value || null })}
        />
      </div>
      <ServerFields
        server={pop3}
        onServer={(change) => set({ pop3: { ...pop3, ...change } })}
        testId="layer-pop3-host"
      />
      <div className="field-row field-row-even">
        <Field
          label={health('fact-login')}
          value={pop3.user}
          required
          spellCheck={false}
          onChange={(event) => set({ pop3: { ...pop3, user: event.target.value } })}
        />
        <Field
          label={health('every-minutes')}
          type="number"
          min={1}
          max={1440}
          required
          value={Math.round(value.interval / 60)}
          onChange={(event) => set({ interval: Number(event.target.value) * 60 })}
        />
      </div>
      <LayerSending send={value.send} onSend={(send) => set({ send })} />
      <TextField
        label={t('signature')}
        rows={3}
        maxLength={20_000}
        value={signature?.text ?? ''}
        onText={(text) => set({ signature: text === '' ? null : { text, html: null } })}
      />
      <LockField locked={locked} onLock={setLocked} />
    </FormDialog>
  );
}
