import { X509Certificate } from 'node:crypto';
import type { TrustAnchor } from '@shared/ipc/contract';
import { AppError } from '@shared/result/result';
import type { SecretFile } from '../../identity/secret-file';

export type TrustAnchorsRecord = { readonly certificates: readonly string[] };

/** The roots this office has chosen to trust; nothing is trusted by default. Sealed, so that no one adds one quietly. */
export class TrustAnchors {
  private readonly file: SecretFile<TrustAnchorsRecord>;

  constructor(file: SecretFile<TrustAnchorsRecord>) {
    this.file = file;
  }

  async list(): Promise<readonly TrustAnchor[]> {
    return (await this.certificates()).map((der) => describe(new X509Certificate(der)));
  }

  /** DER of every anchor, for the check. */
  async certificates(): Promise<readonly Uint8Array[]> {
    const record = await this.file.read();
    return (record?.certificates ?? []).map((base64) => new Uint8Array(Buffer.from(base64, 'base64')));
  }

  /** Takes a certificate file (PEM or DER); CERT_WRONG_USAGE when it is not a certification authority. */
  async add(bytes: Uint8Array): Promise<TrustAnchor> {
    const certificate = readCertificate(bytes);
    if (!certificate.ca) throw new AppError('CERT_WRONG_USAGE', 'not an authority');
    const known = await this.certificates();
    const same = known.some((der) => Buffer.from(der).equals(certificate.raw));
    if (!same) {
      const certificates = [...known, new Uint8Array(certificate.raw)].map((der) =>
        Buffer.from(der).toString('base64'),
      );
      await this.file.write({ certificates });
    }
    return describe(certificate);
  }
}

function readCertificate(bytes: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(bytes);
  } catch {
    throw new AppError('FILE_BROKEN', 'certificate');
  }
}

function describe(certificate: X509Certificate): TrustAnchor {
  const name = /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? certificate.subject;
  return {
    fingerprint: certificate.fingerprint256,
    subject: name,
    notAfter: new Date(certificate.validTo).toISOString(),
  };
}
