import {
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-names.ts';

export interface MenuItem {
  key: string;
  label: string;
  icon?: IconName;
  hint?: string | undefined;
  checked?: boolean;
  /** Several may be checked at once. */
  many?: boolean;
  run: () => void;
}

/** A button that opens a menu in a popover: arrows move, Home and End jump, a letter finds, Esc closes. */
export function Menu({
  label,
  className,
  button,
  items,
  head,
  openRef,
}: {
  label: string;
  className: string;
  button: ReactNode;
  items: readonly MenuItem[];
  head?: ReactNode;
  /** Receives a function that opens the menu, for a key. */
  openRef?: RefObject<(() => void) | null>;
}) {
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const show = (): void => popover.current?.showPopover();
  // Only now does it have its items, and so its size.
  useLayoutEffect(() => {
    if (!open) return;
    placeBeside(opener.current, popover.current);
    popover.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
  }, [open]);
  useImperativeHandle(openRef, () => show, []);
  const onKey = (event: KeyboardEvent): void => {
    const all = [...(popover.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = pickItem(event.key, at, all);
    if (to !== undefined) {
      event.preventDefault();
      to.focus();
    }
    if (event.key === 'Tab') popover.current?.hidePopover();
  };
  return (
    <>
      <button
        ref={opener}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={show}
      >
        {button}
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        className="menu"
        onKeyDown={onKey}
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'closed' && popover.current?.contains(document.activeElement) !== false) {
            opener.current?.focus();
          }
        }}
      >
        {open ? (
          <>
            {head}
            <div role="menu" aria-label={label}>
              {items.map((item) => (
                <button
                  key={item.key}
                  type="button"
                  role={roleOf(item)}
                  aria-checked={item.checked}
                  className="menu-item"
                  tabIndex={-1}
                  onClick={() => {
                    popover.current?.hidePopover();
                    item.run();
                  }}
                >
                  {item.icon === undefined ? null : <Icon name={item.icon} size={17} />}
                  <span>{item.label}</span>
                  {item.hint === undefined ? null : <kbd>{item.hint}</kbd>}
                </button>
              ))}
            </div>
          </>
        ) : null}
      </div>
    </>
  );
}

function roleOf({ checked, many }: MenuItem): string {
  if (checked === undefined) return 'menuitem';
  return many === true ? 'menuitemcheckbox' : 'menuitemradio';
}

function pickItem(key: string, at: number, all: HTMLElement[]): HTMLElement | undefined {
  if (key === 'ArrowDown') return all[(at + 1) % all.length];
  if (key === 'ArrowUp') return all[(at - 1 + all.length) % all.length];
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  if (key.length !== 1) return undefined;
  const starts = (item: HTMLElement) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase());
  return [...all.slice(at + 1), ...all.slice(0, at + 1)].find(starts);
}

/** Under its button, within the window. */
function placeBeside(button: HTMLElement | null, popover: HTMLElement | null): void {
  if (button === null || popover === null) return;
  const from = button.getBoundingClientRect();
  const size = popover.getBoundingClientRect();
  const left = Math.min(Math.max(8, from.left), Math.max(8, innerWidth - size.width - 8));
  const below = from.bottom + 4;
  const top = below + size.height > innerHeight - 8 ? Math.max(8, from.top - size.height - 4) : below;
  popover.style.left = `${left}px`;
  popover.style.top = `${top}px`;
}
