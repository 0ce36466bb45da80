/** The client's own scheme instead of file://: a real origin, which the servers know. */
export const APP_SCHEME = 'valija';
export const APP_ORIGIN = 'valija://app';
/** The only page that a window shows. */
export const APP_PAGE = `${APP_ORIGIN}/`;
/** The only page that a frame shows: the empty one that mail HTML is put into. */
export const FRAME_PAGE = `${APP_ORIGIN}/frame`;
