import { useState } from 'react';
import { checkScript } from '../../../common/sieve/check-script.ts';
import { readForm } from '../../../common/sieve/form/read-form.ts';
import { writeForm } from '../../../common/sieve/form/write-form.ts';
import type { SieveProblem } from '../../../common/sieve/problem.ts';
import { makeDraft, readDraft, type DraftProblems, type RuleDraft } from './rule-draft.ts';

/** A rule's script while it is edited, as a form or as Sieve. */
export interface ScriptEdit {
  asText: boolean;
  draft: RuleDraft;
  setDraft: (draft: RuleDraft) => void;
  text: string;
  setText: (text: string) => void;
  /** What is wrong with the form. */
  problems: DraftProblems;
  /** The first thing that is wrong with the text: what follows is often its consequence. */
  fault: SieveProblem | undefined;
  /** Whether the form can show what is written. */
  hasForm: boolean;
  /** The script as it stands; null where it cannot be saved. */
  script: string | null;
  switchTo: (as: 'form' | 'text') => void;
}

/** `begin`: the script before; null for a new rule, which begins as a form. */
export function useScriptEdit(begin: string | null): ScriptEdit {
  const known = begin === null ? null : readForm(begin);
  const [draft, setDraft] = useState(() => makeDraft(known));
  const [text, setText] = useState(begin ?? '');
  const [asText, setAsText] = useState(begin !== null && known === null);
  /** The text as it was when the form was left: as long as nobody changes it, the form that was typed comes back. */
  const [left, setLeft] = useState<string | null>(null);
  const { form, problems } = readDraft(draft);
  const isEmpty = text.trim() === '';
  const fault = asText && !isEmpty ? checkScript(text)[0] : undefined;
  const formOfText = asText && !isEmpty ? readForm(text) : null;
  const hasForm = !asText || isEmpty || formOfText !== null;
  const ofForm = form === null ? null : writeForm(form);
  return {
    asText,
    draft,
    setDraft,
    text,
    setText,
    problems,
    fault,
    hasForm,
    script: asText ? (isEmpty || fault !== undefined ? null : text) : ofForm,
    switchTo: (as) => {
      if (as === 'text' && !asText) {
        setText(ofForm ?? text);
        setLeft(ofForm ?? text);
        setAsText(true);
      }
      if (as === 'form' && asText && hasForm) {
        if (text !== left) setDraft(makeDraft(formOfText));
        setAsText(false);
      }
    },
  };
}
