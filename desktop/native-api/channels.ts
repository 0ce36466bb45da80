/** Names that main and preload share for their messages; nobody else sends on them. */
export const CHANNELS = {
  start: 'valija:start',
  keepSession: 'valija:keep-session',
  clearSession: 'valija:clear-session',
  announce: 'valija:announce',
  /** From the page: whether it takes orders now. */
  listen: 'valija:listen',
  /** To the page: one NativeOrder. */
  order: 'valija:order',
} as const;
