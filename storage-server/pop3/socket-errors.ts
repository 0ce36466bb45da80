import { MailError } from '../../common/errors.ts';

const CERTIFICATE: Record<string, string> = {
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-not-yet-valid',
  CERT_REVOKED: 'certificate-revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-untrusted',
  CERT_UNTRUSTED: 'certificate-untrusted',
  INVALID_PURPOSE: 'certificate-untrusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-name',
};

const REFUSED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL']);

function readCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** What went wrong below POP3; a MailError passes as it is. `phase` says where: before TCP stood, in the TLS handshake, or later. */
export function explainSocketError(error: unknown, phase: 'connect' | 'handshake' | 'session'): MailError {
  if (error instanceof MailError) return error;
  const code = readCode(error);
  const certificate = CERTIFICATE[code];
  if (certificate !== undefined) {
    return new MailError('tls', `the certificate was refused: ${code}`, {
      reason: certificate,
      temporary: false,
      cause: error,
    });
  }
  if (code === 'ETIMEDOUT') return new MailError('timeout', 'no answer', { reason: 'connect', cause: error });
  if (REFUSED.has(code)) return new MailError('connect-refused', `not reachable: ${code}`, { cause: error });
  if (phase === 'handshake') {
    const reason =
      code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG'
        ? 'not-tls'
        : 'handshake';
    return new MailError('tls', `TLS was not agreed: ${code}`, { reason, cause: error });
  }
  if (phase === 'connect')
    return new MailError('connect-refused', `not connected: ${code}`, { cause: error });
  return new MailError('dropped', `the connection broke: ${code}`, { cause: error });
}
