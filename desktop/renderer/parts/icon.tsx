import type { IconName } from './icon-names.ts';

/** An icon of the sprite in index.html. It is decoration: the control around it carries the name. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} aria-hidden="true" focusable="false">
      <use href={`#i-${name}`} />
    </svg>
  );
}

/** The mark: a valise whose lid is an envelope's. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="logo-case" x="2" y="8.5" width="28" height="20" rx="4.5" />
      <path className="logo-handle" d="M11 8.5V6.7A2.7 2.7 0 0 1 13.7 4h4.6A2.7 2.7 0 0 1 21 6.7v1.8" />
      <path className="logo-flap" d="M2.5 12.5 14 20.3a3.6 3.6 0 0 0 4 0l11.5-7.8" />
      <circle className="logo-lock" cx="16" cy="21" r="2.1" />
    </svg>
  );
}
