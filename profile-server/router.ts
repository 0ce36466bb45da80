import { accountRouter } from './account/account-api.ts';
import { appPasswordRouter } from './app-password/app-password-api.ts';
import { auditRouter } from './audit/audit-api.ts';
import { alertRouter } from './alert/alert-api.ts';
import { contactRouter } from './contact/contact-api.ts';
import { credentialRouter } from './vault/credential-api.ts';
import { directoryRouter } from './directory/directory-api.ts';
import { dkimRouter } from './dkim/dkim-api.ts';
import { domainRouter } from './domain/domain-api.ts';
import { groupRouter } from './group/group-api.ts';
import { layerRouter } from './layer/layer-api.ts';
import { factorRouter } from './second-factor/factor-api.ts';
import { healthRouter } from './health/health-api.ts';
import { noticeRouter } from './notice/notice-api.ts';
import { oauthRouter } from './oauth/oauth-api.ts';
import { partRouter } from './part/part-api.ts';
import { policyRouter } from './policy/policy-api.ts';
import { openResetRouter, resetRouter } from './reset/reset-api.ts';
import { profileRouter } from './profile/profile-api.ts';
import { labRouter } from './lab/lab-api.ts';
import { scheduleRouter } from './schedule/schedule-api.ts';
import { senderRouter } from './sender/sender-api.ts';
import { sessionRouter } from './session/session-api.ts';
import { statisticsRouter } from './statistics/statistics-api.ts';
import { trpc } from './trpc.ts';
import { userRouter } from './user/user-api.ts';

/** The API of the profile-server. Other parts import only its type. */
export const router = trpc.router({
  session: trpc.merge(sessionRouter, openResetRouter),
  factor: factorRouter,
  profile: profileRouter,
  account: accountRouter,
  appPassword: appPasswordRouter,
  contact: contactRouter,
  schedule: scheduleRouter,
  credential: credentialRouter,
  oauth: oauthRouter,
  sender: senderRouter,
  domain: domainRouter,
  directory: directoryRouter,
  dkim: dkimRouter,
  notice: noticeRouter,
  part: partRouter,
  health: healthRouter,
  alert: alertRouter,
  audit: auditRouter,
  user: trpc.merge(userRouter, resetRouter),
  group: groupRouter,
  layer: layerRouter,
  policy: policyRouter,
  lab: labRouter,
  statistics: statisticsRouter,
});
export type ProfileRouter = typeof router;
