/** A relay that takes mails without signing in and brings all of them to one sink. */
export interface Peer {
  name: string;
  port: number;
  /** Of the process whose CPU counts, with all below it. */
  pid: number;
  /** The response of AUTH PLAIN, where it wants TLS and a sign-in. */
  signIn?: () => Promise<string>;
  stop(): Promise<void>;
}

/** Starts a peer that delivers to the sink at this loopback port; null where it is not installed. */
export type StartPeer = (sinkPort: number) => Promise<Peer | null>;
