import { SubmissionRefusal } from '../refusal.ts';

/** One answer for everything that is wrong: it tells nobody what exists. */
export function refuseCredentials(): SubmissionRefusal {
  return new SubmissionRefusal(535, '5.7.8', 'authentication credentials invalid');
}
