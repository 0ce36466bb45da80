import { makeStep } from '../../server-kit/database/make-step.ts';

/** Providers as admins set them, sign-ins under way, and what is known of the tokens (the tokens are credentials). */
export const oauthTables = [
  makeStep(
    '060-oauth-client',
    `CREATE TABLE oauth_client (
      provider VARCHAR(64) NOT NULL PRIMARY KEY,
      client_id VARCHAR(500) NOT NULL,
      sealed_secret LONGBLOB,
      facts LONGTEXT NOT NULL,
      changed_at BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '061-oauth-begin',
    `CREATE TABLE oauth_begin (
      id VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      session VARCHAR(64) NOT NULL,
      provider VARCHAR(64) NOT NULL,
      flow VARCHAR(16) NOT NULL,
      account VARCHAR(64),
      email VARCHAR(320),
      state_hash VARCHAR(64) UNIQUE,
      sealed LONGBLOB NOT NULL,
      state VARCHAR(16) NOT NULL,
      error LONGTEXT,
      interval_seconds INTEGER NOT NULL,
      next_ask BIGINT,
      expires_at BIGINT NOT NULL
    )`,
  ),
  makeStep('062-oauth-begin-user', 'CREATE INDEX oauth_begin_user ON oauth_begin (user)'),
  makeStep('063-oauth-begin-ask', 'CREATE INDEX oauth_begin_ask ON oauth_begin (next_ask)'),
  makeStep('064-oauth-begin-expiry', 'CREATE INDEX oauth_begin_expiry ON oauth_begin (expires_at)'),
  makeStep(
    '065-oauth-token',
    `CREATE TABLE oauth_token (
      holder VARCHAR(64) NOT NULL PRIMARY KEY,
      user VARCHAR(64) NOT NULL,
      provider VARCHAR(64) NOT NULL,
      generation BIGINT NOT NULL,
      refused INTEGER NOT NULL,
      issued_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      fails INTEGER NOT NULL,
      retry_at BIGINT NOT NULL,
      refresher VARCHAR(64),
      refresh_until BIGINT NOT NULL
    )`,
  ),
  makeStep(
    '066-oauth-token-host',
    "ALTER TABLE oauth_token ADD COLUMN token_host VARCHAR(300) NOT NULL DEFAULT ''",
  ),
];
