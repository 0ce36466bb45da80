/** Windows with one mail have a name that begins so; it stays when they are loaded again. */
export const ALONE = 'valija-compose-';

/** Whether this window is there for one mail only. */
export function isAlone(): boolean {
  return typeof window !== 'undefined' && window.name.startsWith(ALONE);
}

// With the first script: nothing else is to show for a moment. Styles hide it.
if (isAlone()) document.documentElement.dataset['alone'] = 'true';
