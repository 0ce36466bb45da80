/** Reason of why an account is not polled although nothing is wrong with it: only its user can open it, and is not there. */
export const LOCKED = 'locked-until-password';
