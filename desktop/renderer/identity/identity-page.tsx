import { useState } from 'react';
import { isEmptySignature } from '../../../common/compose/signature.ts';
import type { Identity } from '../../../common/shapes/identity.ts';
import { Button } from '../parts/button.tsx';
import { SelectField, Segments } from '../parts/choice-fields.tsx';
import { Field } from '../parts/field.tsx';
import { ProblemBox } from '../parts/states.tsx';
import { useSave } from '../history/use-save.tsx';
import type { KnownItem } from '../profile/part-query.ts';
import { useProfile } from '../profile/profile-store.ts';
import { useCommands } from '../shell/commands.ts';
import { tell } from '../shell/notices.ts';
import { openSettings } from '../shell/route.ts';
import { identityTexts } from '../text/identities.ts';
import { shellTexts } from '../text/shell.ts';
import { say, useText } from '../text/text.ts';
import { LayerNote } from './layer-note.tsx';
import { MarkupField, type Markup } from './markup-field.tsx';
import { SignaturePreview } from './signature-preview.tsx';
import { VariablesNote } from './variables-note.tsx';

/** An identity being made or changed. */
export function IdentityPage({ known: now }: { known: KnownItem<Identity> | null }) {
  const t = useText(identityTexts);
  const shell = useText(shellTexts);
  const { accounts } = useProfile();
  // As it was when the person began: what another PC changes meanwhile must not be taken for what was seen here.
  const [known] = useState(now);
  const before = known?.value;
  const [account, setAccount] = useState(before?.account ?? accounts[0]?.id ?? '');
  const [name, setName] = useState(before?.name ?? '');
  const [address, setAddress] = useState(before?.address ?? accounts[0]?.email ?? '');
  const [replyTo, setReplyTo] = useState(before?.replyTo ?? '');
  const [signature, setSignature] = useState<Markup>(before?.signature ?? { text: '', html: '' });
  // What may change the text under the editor.
  const [place, setPlace] = useState(0);
  const locked = known?.layer?.locked ?? null;
  const { save, busy, problem, dialog } = useSave((item) => {
    if (item.value !== null)
      tell({ kind: 'done', text: say(identityTexts, 'saved', { address }), action: null, lasts: 4000 });
    openSettings('identities');
  });
  useCommands({ back: () => openSettings('identities') });
  const value: Omit<Identity, 'id'> = {
    account,
    name: name.trim() || null,
    address: address.trim(),
    replyTo: replyTo.trim() || null,
    signature: isEmptySignature(signature) ? null : { text: signature.text.trim(), html: signature.html },
  };
  const switchTo = (how: string): void => {
    if (how === 'plain') setSignature({ text: signature.text, html: null });
    else {
      setSignature({ text: signature.text, html: writeLines(signature.text) });
      setPlace(place + 1);
    }
  };
  return (
    <>
      <form
        className="settings-page"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(
            {
              part: 'identities',
              id: known?.id ?? null,
              base: known?.revision ?? null,
              value: known === null ? value : { ...value, id: known.id },
            },
            known?.value ?? null,
          );
        }}
      >
        <h1>{t(known === null ? 'add' : 'edit-title')}</h1>
        {known === null ? null : <LayerNote layer={known.layer} />}
        <fieldset className="plain-fields" disabled={locked !== null}>
          {accounts.length > 1 ? (
            <SelectField
              label={t('account')}
              value={account}
              choices={accounts.map(({ id, email }) => ({ value: id, label: email }))}
              hint={t('account-hint')}
              onPick={setAccount}
            />
          ) : null}
          <Field
            label={t('name')}
            value={name}
            maxLength={200}
            autoComplete="name"
            data-testid="identity-name"
            onChange={(event) => setName(event.target.value)}
          />
          <Field
            label={t('address')}
            type="email"
            value={address}
            maxLength={320}
            autoComplete="email"
            data-testid="identity-address"
            problem={problem?.field === 'address' ? t('address-bad') : null}
            onChange={(event) => setAddress(event.target.value)}
          />
          <Field
            label={t('reply-to')}
            type="email"
            value={replyTo}
            maxLength={320}
            autoComplete="off"
            hint={t('reply-to-hint')}
            problem={problem?.field === 'replyTo' ? t('address-bad') : null}
            onChange={(event) => setReplyTo(event.target.value)}
          />
          <Segments
            label={t('signature-look')}
            value={signature.html === null ? 'plain' : 'rich'}
            choices={[
              { value: 'rich', label: t('with-format') },
              { value: 'plain', label: t('plain') },
            ]}
            onPick={switchTo}
          />
          <MarkupField
            label={t('signature')}
            place={`${place}`}
            value={signature}
            hint={t('signature-hint')}
            onMarkup={setSignature}
          />
        </fieldset>
        <details>
          <summary>{t('variables')}</summary>
          <VariablesNote text={signature.text} />
        </details>
        <SignaturePreview identity={value} label={t('preview')} />
        <ProblemBox problem={problem?.field === 'address' || problem?.field === 'replyTo' ? null : problem} />
        <footer className="wizard-foot">
          <Button onClick={() => openSettings('identities')}>{shell('cancel')}</Button>
          <Button look="main" type="submit" disabled={busy || locked !== null} data-testid="identity-save">
            {t('save')}
          </Button>
        </footer>
      </form>
      {dialog}
    </>
  );
}

/** Plain text as the blocks that the editor makes. */
function writeLines(text: string): string {
  const holder = document.createElement('div');
  for (const line of text.split('\n')) {
    const block = document.createElement('div');
    if (line === '') block.append(document.createElement('br'));
    else block.textContent = line;
    holder.append(block);
  }
  return holder.innerHTML;
}
