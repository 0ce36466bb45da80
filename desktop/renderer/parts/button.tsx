import type { ComponentProps, ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-names.ts';

type Plain = Omit<ComponentProps<'button'>, 'children' | 'className'>;

/** A button with words. `main` is the one thing to do on a screen. */
export function Button({
  look = 'plain',
  icon,
  children,
  ...rest
}: Plain & { look?: 'main' | 'plain' | 'quiet' | 'danger'; icon?: IconName; children: ReactNode }) {
  return (
    <button type="button" className={`button button-${look}`} {...rest}>
      {icon === undefined ? null : <Icon name={icon} size={17} />}
      <span>{children}</span>
    </button>
  );
}

/** A button with an icon only; its name is read out and shown as a tooltip. `keys` is its key, shown in the tooltip. */
export function IconButton({
  icon,
  label,
  keys,
  pressed,
  ...rest
}: Plain & { icon: IconName; label: string; keys?: string | undefined; pressed?: boolean }) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={keys === undefined ? label : `${label} (${keys})`}
      aria-pressed={pressed}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}
