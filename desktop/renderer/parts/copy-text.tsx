import { useState } from 'react';
import { Button } from './button.tsx';

/** Text in letters of one width, with a button that copies it. `label` is what the button says, `done` what it says then. */
export function CopyText({
  label,
  done,
  text,
  testId,
}: {
  label: string;
  done: string;
  text: string;
  testId?: string;
}) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text).catch(() => undefined);
    setCopied(true);
    setTimeout(() => setCopied(false), 3000);
  };
  return (
    <div className="copy-text">
      <code data-testid={testId}>{text}</code>
      <Button icon={copied ? 'check' : 'copy'} aria-live="polite" onClick={() => void copy()}>
        {copied ? done : label}
      </Button>
    </div>
  );
}
