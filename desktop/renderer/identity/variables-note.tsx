import { listUnknownVariables, VARIABLES } from '../../../common/compose/variables.ts';
import { identityTexts } from '../text/identities.ts';
import { useText } from '../text/text.ts';

/** Which variables there are, and which of those typed are none. */
export function VariablesNote({ text }: { text: string }) {
  const t = useText(identityTexts);
  const unknown = listUnknownVariables(text);
  return (
    <>
      <dl className="facts">
        {VARIABLES.map((name) => (
          <div key={name}>
            <dt>
              <code>{`{{${name}}}`}</code>
            </dt>
            <dd>{t(`variable-${name}`)}</dd>
          </div>
        ))}
      </dl>
      {unknown.length === 0 ? null : (
        <p className="note note-warning" role="status">
          {t('unknown-variables', { names: unknown.map((name) => `{{${name}}}`).join(', ') })}
        </p>
      )}
    </>
  );
}
