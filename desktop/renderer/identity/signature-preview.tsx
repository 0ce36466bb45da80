import { useEffect, useRef } from 'react';
import { writeSignatureHtml } from '../../../common/compose/signature.ts';
import type { Identity } from '../../../common/shapes/identity.ts';
import { ownValues } from './own-values.ts';

/** The signature as it will stand in a mail of today. */
export function SignaturePreview({ identity, label }: { identity: Omit<Identity, 'id'>; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const { signature } = identity;
  // Made of simple elements and escaped text only; parsed in a document of its own all the same.
  const html = signature === null ? '' : writeSignatureHtml({ ...signature, values: ownValues(identity) });
  useEffect(() => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    box.current?.replaceChildren(...page.body.childNodes);
  }, [html]);
  if (html === '') return null;
  return (
    <section className="group" aria-label={label} data-testid="signature-preview">
      <h2 className="card-note">{label}</h2>
      <div ref={box} dir="auto" />
    </section>
  );
}
