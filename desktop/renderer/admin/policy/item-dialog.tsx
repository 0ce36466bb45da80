import { useState } from 'react';
import type { LayerItem, LayerPart } from '../../../../common/shapes/layer.ts';
import { Button } from '../../parts/button.tsx';
import { TextField } from '../../parts/choice-fields.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { toProblem, type Problem } from '../../session/problem.ts';
import { adminPolicyTexts } from '../../text/admin-policy.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { LockField } from './lock-field.tsx';
import { nameLayerItem } from './name-layer-item.ts';
import { saveLayerItem } from './save-layer-item.ts';
import { SAMPLE_ITEMS } from './sample-items.ts';

/** One item of a layer in its JSON, as the command line takes it too; a new one begins with a sample. */
export function ItemDialog({
  of,
  part,
  item,
  onClose,
}: {
  of: string;
  part: Exclude<LayerPart, 'accounts'>;
  item: LayerItem | null;
  onClose: () => void;
}) {
  const t = useText(adminPolicyTexts);
  const shell = useText(shellTexts);
  const [key, setKey] = useState(item?.id ?? 'density');
  const [text, setText] = useState(() => JSON.stringify(item?.value ?? SAMPLE_ITEMS[part], null, 2));
  const [locked, setLocked] = useState(item?.locked ?? null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const value = readJson(text);
  const save = async (next: unknown): Promise<void> => {
    try {
      await saveLayerItem({ of, part, item, ...(part === 'preferences' ? { id: key } : {}) }, next, locked);
      onClose();
    } catch (error) {
      setProblem(toProblem(error));
    }
  };
  return (
    <Dialog
      title={item === null ? t(`part-${part}`) : nameLayerItem(item)}
      closeLabel={shell('close')}
      onClose={onClose}
      wide
    >
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          if (value !== undefined) void save(value);
        }}
      >
        <p className="card-note">{t('variables')}</p>
        {part === 'preferences' ? (
          <Field
            label={t('preference-key')}
            value={key}
            required
            disabled={item !== null}
            onChange={(event) => setKey(event.target.value)}
          />
        ) : null}
        <TextField
          label={t('json')}
          rows={12}
          maxLength={500_000}
          code
          value={text}
          problem={value === undefined ? t('json-wrong') : null}
          onText={setText}
        />
        <LockField locked={locked} onLock={setLocked} />
        <ProblemBox problem={problem} />
        <footer className="dialog-foot">
          {item === null ? null : (
            <Button look="quiet" icon="trash" onClick={() => void save(null)}>
              {t('layer-remove')}
            </Button>
          )}
          <Button onClick={onClose}>{shell('cancel')}</Button>
          <Button type="submit" look="main" disabled={value === undefined}>
            {t('save')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** Undefined for what is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
