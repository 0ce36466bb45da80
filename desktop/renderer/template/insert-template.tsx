import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { textToHtml } from '../../../common/compose/simple-html.ts';
import { expandInHtml, expandVariables } from '../../../common/compose/variables.ts';
import type { Template } from '../../../common/shapes/template.ts';
import type { DraftSession } from '../composer/session/draft-session.ts';
import { ownValues } from '../identity/own-values.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Blank, Failure, Skeleton } from '../parts/states.tsx';
import { partQuery } from '../profile/part-query.ts';
import { profileStore } from '../profile/profile-store.ts';
import { toProblem } from '../session/problem.ts';
import { openSettings } from '../shell/route.ts';
import { shellTexts } from '../text/shell.ts';
import { templateTexts } from '../text/templates.ts';
import { useText } from '../text/text.ts';

/** Chooses a template for the mail that is written; it goes in where the cursor is. */
export function InsertTemplate({ session, onClose }: { session: DraftSession; onClose: () => void }) {
  const t = useText(templateTexts);
  const shell = useText(shellTexts);
  const query = useQuery(partQuery('templates'));
  const [typed, setTyped] = useState('');
  const key = typed.trim().toLowerCase();
  const found = (query.data?.items ?? [])
    .filter(({ value }) => `${value.name}\n${value.subject}\n${value.text}`.toLowerCase().includes(key))
    .toSorted((a, b) => a.value.name.localeCompare(b.value.name));
  const take = (template: Template): void => {
    onClose();
    insertTemplate(session, template);
  };
  const none = query.data !== undefined && query.data.items.length === 0;
  return (
    <Dialog title={t('insert')} closeLabel={shell('close')} onClose={onClose}>
      <div className="dialog-body" data-testid="templates-dialog">
        {query.isError ? (
          <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
        ) : query.data === undefined ? (
          <Skeleton rows={3} kind="text" />
        ) : none ? (
          <Blank icon="file" text={t('none')}>
            <Button onClick={() => openSettings('templates', 'new')}>{t('add')}</Button>
          </Blank>
        ) : (
          <>
            <Field
              label={t('find')}
              value={typed}
              autoComplete="off"
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => {
                const [first] = found;
                if (event.key === 'Enter' && first !== undefined) take(first.value);
              }}
            />
            <ul className="pick-list">
              {found.map(({ id, value }) => (
                <li key={id}>
                  <button
                    type="button"
                    className="menu-item"
                    aria-label={value.name}
                    onClick={() => take(value)}
                  >
                    <span>
                      <strong>{value.name}</strong>
                      <br />
                      <span className="card-note">{value.subject || value.text.slice(0, 80)}</span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
            {found.length === 0 ? <p role="status">{t('nothing-found')}</p> : null}
          </>
        )}
      </div>
    </Dialog>
  );
}

/** Its variables are those of the identity that the mail is from; its subject is taken where there is none yet. */
function insertTemplate(session: DraftSession, template: Template): void {
  const { content } = session.store.get();
  const identity = profileStore.get().identities.find(({ id }) => id === content.identity) ?? null;
  const values = ownValues(identity);
  const text = expandVariables(template.text, values);
  if (content.subject.trim() === '' && template.subject !== '') {
    session.edit({ subject: expandVariables(template.subject, values) });
  }
  const plain = template.html === null || template.html === '';
  session.insert({ text, html: plain ? textToHtml(text) : expandInHtml(template.html ?? '', values) });
}
