import type { HashName, SigningHash } from '../ports';

/** Object identifiers of RFC 5652, RFC 5035, RFC 5280 and the algorithm registries. */
export const oids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimestampToken: '1.2.840.113549.1.9.16.2.14',
  algorithmProtection: '1.2.840.113549.1.9.52',
  adobeRevocationArchival: '1.2.840.113583.1.1.8',
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  rsa: '1.2.840.113549.1.1.1',
  rsaPss: '1.2.840.113549.1.1.10',
  mgf1: '1.2.840.113549.1.1.8',
  ecPublicKey: '1.2.840.10045.2.1',
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  timestampToken: '1.2.840.113549.1.9.16.2.14',
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  ocspRevocationInfo: '1.3.6.1.5.5.7.16.2',
  ocspBasic: '1.3.6.1.5.5.7.48.1.1',
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  ocspArchiveCutoff: '1.3.6.1.5.5.7.48.1.6',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  accessOcsp: '1.3.6.1.5.5.7.48.1',
  accessIssuers: '1.3.6.1.5.5.7.48.2',
  crlDistributionPoints: '2.5.29.31',
  emailAddress: '1.2.840.113549.1.9.1',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  crlNumber: '2.5.29.20',
  crlReason: '2.5.29.21',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  certificatePolicies: '2.5.29.32',
  anyPolicy: '2.5.29.32.0',
  policyMappings: '2.5.29.33',
  policyConstraints: '2.5.29.36',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  expiredCertsOnCrl: '2.5.29.60',
} as const;

export const hashOids: Readonly<Record<SigningHash, string>> = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
};

export const hashByOid: ReadonlyMap<string, HashName> = new Map<string, HashName>([
  ['1.2.840.113549.2.5', 'md5'],
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  [hashOids.sha256, 'sha256'],
  [hashOids.sha384, 'sha384'],
  [hashOids.sha512, 'sha512'],
  ['2.16.840.1.101.3.4.2.7', 'sha3-224'],
  ['2.16.840.1.101.3.4.2.8', 'sha3-256'],
  ['2.16.840.1.101.3.4.2.9', 'sha3-384'],
  ['2.16.840.1.101.3.4.2.10', 'sha3-512'],
]);

/** Signature algorithm identifiers of ours, by key type and digest. */
export const signatureOids: Readonly<Record<'rsa' | 'ec', Readonly<Record<SigningHash, string>>>> = {
  rsa: {
    sha256: '1.2.840.113549.1.1.11',
    sha384: '1.2.840.113549.1.1.12',
    sha512: '1.2.840.113549.1.1.13',
  },
  ec: { sha256: '1.2.840.10045.4.3.2', sha384: '1.2.840.10045.4.3.3', sha512: '1.2.840.10045.4.3.4' },
};

type SchemeAndHash = { readonly scheme: 'rsa-pkcs1' | 'ecdsa'; readonly hash: HashName };

/** What a combined signature algorithm identifier stands for. */
export const signatureAlgorithmByOid: ReadonlyMap<string, SchemeAndHash> = new Map<string, SchemeAndHash>([
  ['1.2.840.113549.1.1.4', { scheme: 'rsa-pkcs1', hash: 'md5' }],
  ['1.2.840.113549.1.1.5', { scheme: 'rsa-pkcs1', hash: 'sha1' }],
  ['1.2.840.113549.1.1.14', { scheme: 'rsa-pkcs1', hash: 'sha224' }],
  [signatureOids.rsa.sha256, { scheme: 'rsa-pkcs1', hash: 'sha256' }],
  [signatureOids.rsa.sha384, { scheme: 'rsa-pkcs1', hash: 'sha384' }],
  [signatureOids.rsa.sha512, { scheme: 'rsa-pkcs1', hash: 'sha512' }],
  ['1.2.840.10045.4.1', { scheme: 'ecdsa', hash: 'sha1' }],
  ['1.2.840.10045.4.3.1', { scheme: 'ecdsa', hash: 'sha224' }],
  [signatureOids.ec.sha256, { scheme: 'ecdsa', hash: 'sha256' }],
  [signatureOids.ec.sha384, { scheme: 'ecdsa', hash: 'sha384' }],
  [signatureOids.ec.sha512, { scheme: 'ecdsa', hash: 'sha512' }],
]);
