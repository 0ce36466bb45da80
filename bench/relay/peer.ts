/** A relay that takes mails without signing in and brings all of them to one sink. */
export interface Peer {
  name: string;
  port: number;
  /** Of the process whose CPU counts, with all below it. */
  pid: number;
  stop(): Promise<void>;
}

/** Starts a peer that delivers to the sink at this loopback port; null where it is not installed. */
export type StartPeer = (sinkPort: number) => Promise<Peer | null>;
