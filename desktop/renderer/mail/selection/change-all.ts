import type { BulkAction } from './change-everything.ts';
import type { Everything } from './selection.ts';

/** `changeEverything`, loaded when it is needed. */
export async function changeAll(everything: Everything, action: BulkAction): Promise<void> {
  const { changeEverything } = await import('./change-everything.ts');
  await changeEverything(everything, action);
}
