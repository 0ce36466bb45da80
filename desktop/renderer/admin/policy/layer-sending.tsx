import { TLS_MODES, type TlsMode } from '../../../../common/shapes/account.ts';
import type { LayerAccount } from '../../../../common/shapes/layer.ts';
import { Segments, SelectField } from '../../parts/choice-fields.tsx';
import { Field } from '../../parts/field.tsx';
import { accountTexts } from '../../text/account.ts';
import { adminHealthTexts } from '../../text/admin-health.ts';
import { useText } from '../../text/text.ts';

type Sending = LayerAccount['send'];
type Smtp = NonNullable<Sending['smtp']>;

const NEW: Smtp = { host: 'smtp.uni.example', port: 465, tls: 'implicit', user: '{{user}}', auth: 'auto' };

/** How mail of an account leaves that everybody of a place is given. The password for it is each user's own. */
export function LayerSending({ send, onSend }: { send: Sending; onSend: (send: Sending) => void }) {
  const t = useText(accountTexts);
  const health = useText(adminHealthTexts);
  const smtp = send.smtp ?? NEW;
  const set = (change: Partial<Smtp>): void => onSend({ way: 'smarthost', smtp: { ...smtp, ...change } });
  return (
    <fieldset className="group">
      <legend>{t('sending')}</legend>
      <Segments
        label={t('way')}
        value={send.way}
        choices={[
          { value: 'relay', label: t('way-relay') },
          { value: 'smarthost', label: t('way-smarthost') },
        ]}
        onPick={(way) => (way === 'relay' ? onSend({ way, smtp: null }) : set({}))}
      />
      <p className="field-hint">{t(send.way === 'relay' ? 'way-relay-hint' : 'way-smarthost-hint')}</p>
      {send.way === 'relay' ? null : (
        <>
          <div className="field-row field-row-even">
            <Field
              label={health('column-host')}
              value={smtp.host}
              required
              spellCheck={false}
              data-testid="layer-smtp-host"
              onChange={(event) => set({ host: event.target.value })}
            />
            <Field
              label={health('mend-port')}
              type="number"
              min={1}
              max={65535}
              required
              value={smtp.port}
              onChange={(event) => set({ port: Number(event.target.value) })}
            />
          </div>
          <div className="field-row field-row-even">
            <Field
              label={health('fact-login')}
              value={smtp.user ?? ''}
              spellCheck={false}
              onChange={(event) => set({ user: event.target.value || null })}
            />
            <SelectField
              label={health('mend-tls')}
              value={smtp.tls}
              choices={TLS_MODES.map((one) => ({ value: one, label: t(`tls-${one}`) }))}
              onPick={(tls) => set({ tls: tls as TlsMode })}
            />
          </div>
        </>
      )}
    </fieldset>
  );
}
