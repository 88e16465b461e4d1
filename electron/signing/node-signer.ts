import { constants, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { nodeCrypto } from '@shared/node/crypto-port';
import { AppError } from '@shared/result/result';
import {
  type Certificate,
  equalBytes,
  readCertificate,
  type SignatureScheme,
  type Signer,
} from '@shared/signing/index';

const maxChain = 8;

/**
 * A signer over a private key in memory. `others` are certificates found beside it; those that lead from the signer
 * upwards become the chain, without the root. Throws P12_UNSUPPORTED_CIPHER for keys that are neither RSA nor EC.
 */
export function keySigner(key: KeyObject, certificate: Uint8Array, others: readonly Uint8Array[]): Signer {
  return {
    certificate,
    chain: chainOf(certificate, others),
    schemes: schemesOf(key),
    sign: ({ signedAttributes, hash, scheme }) => {
      const padding =
        scheme === 'rsa-pss'
          ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
          : {};
      return new Promise((resolve, reject) => {
        sign(hash, signedAttributes, { key, ...padding }, (error, signature) =>
          error ? reject(error) : resolve(new Uint8Array(signature)),
        );
      });
    },
  };
}

function isSelfIssued({ issuer, subject }: Certificate): boolean {
  return equalBytes(issuer, subject);
}

const schemesByKeyType: Readonly<Record<string, readonly SignatureScheme[]>> = {
  rsa: ['rsa-pkcs1', 'rsa-pss'],
  'rsa-pss': ['rsa-pss'],
  ec: ['ecdsa'],
};

function schemesOf(key: KeyObject): readonly SignatureScheme[] {
  const type = key.asymmetricKeyType ?? 'unknown';
  const schemes = schemesByKeyType[type];
  if (schemes === undefined) throw new AppError('P12_UNSUPPORTED_CIPHER', type);
  return schemes;
}

/** The certificates among `others` that lead upwards from a certificate, nearest first, without the root. */
export function chainOf(certificate: Uint8Array, others: readonly Uint8Array[]): Uint8Array[] {
  const pool = others.map((der) => readCertificate(der, nodeCrypto));
  const chain: Uint8Array[] = [];
  let current = readCertificate(certificate, nodeCrypto);
  while (chain.length < maxChain && !isSelfIssued(current)) {
    const { issuer } = current;
    const next = pool.find((candidate) => equalBytes(candidate.subject, issuer));
    if (!next || isSelfIssued(next)) break;
    chain.push(next.der);
    current = next;
  }
  return chain;
}

/** True when the public part of the key is the one in the certificate. */
export function isKeyOf(key: KeyObject, certificate: Uint8Array): boolean {
  const spki = new Uint8Array(createPublicKey(key).export({ format: 'der', type: 'spki' }));
  return equalBytes(spki, readCertificate(certificate, nodeCrypto).publicKey);
}
