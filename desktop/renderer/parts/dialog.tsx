import { useEffect, useId, useRef, type ReactNode } from 'react';
import { IconButton } from './button.tsx';

/** A modal dialog by the browser's own element: it keeps the focus inside, closes on Esc and gives the focus back. */
export function Dialog({
  title,
  closeLabel,
  onClose,
  children,
  wide = false,
  bare = false,
}: {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
  /** Without a head: the title is only read out. */
  bare?: boolean;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const name = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    // It takes the first button, which closes it; autoFocus came to nothing while it was hidden.
    dialog?.querySelector<HTMLElement>('input:not([type=checkbox]), [data-first]')?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={wide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={bare ? undefined : name}
      aria-label={bare ? title : undefined}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      <div className="dialog-box">
        {bare ? null : (
          <header className="dialog-head">
            <h2 id={name}>{title}</h2>
            <IconButton icon="close" label={closeLabel} onClick={onClose} />
          </header>
        )}
        {children}
      </div>
    </dialog>
  );
}
