import { TLS_MODES, type TlsMode } from '../../../../common/shapes/account.ts';
import { SelectField } from '../../parts/choice-fields.tsx';
import { Field } from '../../parts/field.tsx';
import { accountTexts } from '../../text/account.ts';
import { adminHealthTexts } from '../../text/admin-health.ts';
import { useText } from '../../text/text.ts';

interface Server {
  host: string;
  port: number;
  tls: TlsMode;
}

/** Where a given account fetches its mail, or sends it. */
export function ServerFields({
  server,
  onServer,
  testId,
}: {
  server: Server;
  onServer: (change: Partial<Server>) => void;
  testId: string;
}) {
  const t = useText(accountTexts);
  const health = useText(adminHealthTexts);
  return (
    <>
      <Field
        label={health('column-host')}
        value={server.host}
        required
        spellCheck={false}
        data-testid={testId}
        onChange={(event) => onServer({ host: event.target.value })}
      />
      <div className="field-row field-row-even">
        <Field
          label={health('mend-port')}
          type="number"
          min={1}
          max={65535}
          required
          value={server.port}
          onChange={(event) => onServer({ port: Number(event.target.value) })}
        />
        <SelectField
          label={health('mend-tls')}
          value={server.tls}
          choices={TLS_MODES.map((one) => ({ value: one, label: t(`tls-${one}`) }))}
          onPick={(tls) => onServer({ tls: tls as TlsMode })}
        />
      </div>
    </>
  );
}
