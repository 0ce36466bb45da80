/** Raised when what is indexed of a mail changes: older files are made anew, without being asked for. */
export const INDEX_VERSION = 4;
