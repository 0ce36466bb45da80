/** As its owner sees it: never the password. */
export interface AppPassword {
  id: string;
  /** What the owner called it. */
  name: string;
  scopes: string[];
  createdAt: string;
  lastUsed: string | null;
  /** Where it was used last. */
  lastAddress: string | null;
}

/** At its making: the only time that the password is told. */
export interface NewAppPassword {
  id: string;
  name: string;
  /** The user name to sign in with; the address of one of the user's accounts does too. */
  login: string;
  password: string;
  scopes: string[];
  createdAt: string;
  /** Where programs submit; null while no relay has announced itself. */
  submission: { host: string; port: number; tls: boolean } | null;
}

/** Who a program is that signed in at a relay. */
export interface CheckedAppPassword {
  user: string;
  /** Part id of the storage-server that keeps this user: it gets results and copies. */
  home: string;
  /** Id of the app password. */
  appPassword: string;
}
