/** What the codes mean by which Node and npm tell that a host was not reached. */
const meanings: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'its name cannot be looked up',
  ENOTFOUND: 'its name is not known',
  ECONNREFUSED: 'it refuses the connection',
  ECONNRESET: 'the connection was reset',
  ETIMEDOUT: 'no connection in time',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  ENETDOWN: 'there is no network',
  EPROTO: 'it speaks no TLS',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted here',
};

const code = new RegExp(`\\b(${Object.keys(meanings).join('|')})\\b`);

/** Says why a host was not reached, by the code in an error's words; undefined for words without one. */
export function networkFault(words: string): string | undefined {
  const found = code.exec(words)?.[1];
  return found === undefined ? undefined : `${meanings[found]} (${found})`;
}
