import { z } from 'zod';

export const roomName = z.string().trim().min(1).max(100);

/** How a lab session is kept, as its client has to know. */
export interface LabSession {
  /** Of rest, after which the client signs out. */
  idleMinutes: number;
  /** What may be saved as a file: MIME types and families such as `image/*`. */
  saves: string[];
}

/** A room of computers that many people use. */
export interface LabRoom {
  /** Null: sessions in lab mode of which nobody said where. */
  name: string | null;
  /** CIDR; sessions from there are of this room. Empty where only the computers name it. */
  networks: string[];
  /** Sessions from there are lab sessions, whatever was chosen. */
  forced: boolean;
  /** Sessions that are open now. */
  open: number;
  /** Within the last 90 days. */
  logIns: number;
  pcs: LabPc[];
}

export interface LabPc {
  /** As the computer calls itself, else its address. */
  name: string;
  open: number;
  logIns: number;
  lastAt: string;
}

export const LOG_IN_ENDS = ['signed-out', 'idle', 'left', 'ended', 'expired'] as const;
/**
 * `idle`: the client signed out after a rest; `left`: window or page was closed; `ended`: by another session or an admin;
 * `expired`: the server heard no more.
 */
export type LogInEnd = (typeof LOG_IN_ENDS)[number];

/** One session on a computer that many people use. */
export interface LabLogIn {
  /** Null: the user is gone. */
  user: { id: string; name: string } | null;
  room: string | null;
  pc: string | null;
  address: string;
  client: string | null;
  lab: boolean;
  from: string;
  /** Null while it is open, and where only its end is known. */
  to: string | null;
  end: LogInEnd | null;
}

export interface LabLog {
  logIns: LabLogIn[];
  next: string | null;
}
