/** Who is signed in on a connection. */
export interface Submitter {
  user: string;
  /** The storage-server that keeps the user: his home, which vouched for him or which gets copies. */
  part: string;
  /** Id of the app password with which a program of his signed in; null for the storage-server itself. */
  appPassword: string | null;
}
