import { useDescribe } from '../../shell/explain.ts';
import { NOTHING } from '../../session/problem.ts';
import { adminUserTexts } from '../../text/admin-users.ts';
import { useText } from '../../text/text.ts';
import { PlainTable } from '../table/plain-table.tsx';
import type { ImportResult } from './import-file.ts';

/** More lines nobody reads; the sums say how many there are. */
const SHOWN = 50;

/** What a file changes, or what is wrong with it line by line. */
export function ImportOutlook({ result }: { result: ImportResult }) {
  const t = useText(adminUserTexts);
  const describe = useDescribe();
  const { added, changed, same, groups, problems, done, codes } = result;
  return (
    <div data-testid="import-outlook" role="status" className="import-outlook">
      <p>
        <strong>{done ? t('import-done') : t('import-would')}</strong>{' '}
        {t('import-sums', { added: added.length, changed: changed.length, same })}
      </p>
      {groups.length === 0 ? null : <p>{t('import-groups', { groups: groups.join(', ') })}</p>}
      {problems.length === 0 ? null : (
        <>
          <p className="field-problem">{t('import-problems', { n: problems.length })}</p>
          <PlainTable
            title={t('import-wrong')}
            heads={[t('column-line'), t('column-wrong')]}
            rows={problems.slice(0, SHOWN).map(({ line, reason, params }, at) => ({
              key: `${at}`,
              cells: [line, describe({ ...NOTHING, code: 'invalid', reason, params }).message],
            }))}
          />
        </>
      )}
      {problems.length > 0 || added.length === 0 ? null : (
        <PlainTable
          title={done ? t('import-codes') : t('import-added')}
          heads={[t('column-name'), t('group'), t('column-way')]}
          rows={added.slice(0, SHOWN).map(({ name, group, how }) => ({
            key: name,
            cells: [name, group ?? '', codes.find((one) => one.name === name)?.code ?? t(`way-${how}`)],
          }))}
        />
      )}
      {problems.length > 0 || Math.max(added.length, changed.length) <= SHOWN ? null : (
        <p className="card-note">{t('import-first', { n: SHOWN })}</p>
      )}
      {problems.length > 0 || changed.length === 0 ? null : (
        <PlainTable
          title={t('import-changed')}
          heads={[t('column-name'), t('column-before'), t('column-after')]}
          rows={changed.slice(0, SHOWN).map(({ name, fields }) => ({
            key: name,
            cells: [
              name,
              fields.map(({ before }) => before ?? '–').join(', '),
              fields.map(({ field, after }) => after ?? t(`csv-${field}` as 'csv-email')).join(', '),
            ],
          }))}
        />
      )}
    </div>
  );
}
