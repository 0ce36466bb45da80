/** Whether this browser lets us show notifications; `unable` where it has none. */
export type Leave = NotificationPermission | 'unable';

export function hasLeave(): Leave {
  return typeof Notification === 'undefined' || !isSecureContext ? 'unable' : Notification.permission;
}

/** Asks by the browser's own question; to be called from a click. */
export async function askLeave(): Promise<Leave> {
  if (hasLeave() === 'unable') return 'unable';
  return await Notification.requestPermission();
}
