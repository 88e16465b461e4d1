import { X509Certificate } from 'node:crypto';
import type { TrustAnchor } from '@shared/ipc/check-contract';
import { AppError } from '@shared/result/result';
import { Serial } from '@shared/sync/serial';
import type { SecretFile } from '../../identity/secret-file';

type StoredAnchor = { readonly der: string; readonly addedAt: string; readonly addedBy: string };
export type TrustAnchorsRecord = {
  /** A plain string is the DER in base64, as earlier versions kept it. */
  readonly certificates: readonly (StoredAnchor | string)[];
};

/** The roots this office has chosen to trust; nothing is trusted by default. Sealed, so that no one adds one quietly. */
export class TrustAnchors {
  private readonly file: SecretFile<TrustAnchorsRecord>;
  private readonly turn = new Serial();

  constructor(file: SecretFile<TrustAnchorsRecord>) {
    this.file = file;
  }

  async list(): Promise<readonly TrustAnchor[]> {
    return (await this.read()).map(describeStored);
  }

  /** DER of every anchor, for the check. */
  async certificates(): Promise<readonly Uint8Array[]> {
    return (await this.read()).map(({ der }) => new Uint8Array(Buffer.from(der, 'base64')));
  }

  /** What a certificate file (PEM or DER) says, before anyone trusts it. FILE_BROKEN, CERT_WRONG_USAGE: no authority. */
  async preview(file: Uint8Array): Promise<{ readonly anchor: TrustAnchor; readonly known: boolean }> {
    const anchor = describe(readAuthority(file), '', '');
    const known = (await this.list()).some(({ fingerprint }) => fingerprint === anchor.fingerprint);
    return { anchor, known };
  }

  /** Trusts a certificate from now on; one that is trusted already stays as it is. */
  add(file: Uint8Array, by: string, at: string): Promise<TrustAnchor> {
    return this.turn.run(async () => {
      const certificate = readAuthority(file);
      const stored = { der: certificate.raw.toString('base64'), addedAt: at, addedBy: by };
      const known = await this.read();
      const same = known.find(({ der }) => der === stored.der);
      if (same !== undefined) return describeStored(same);
      await this.file.write({ certificates: [...known, stored] });
      return describeStored(stored);
    });
  }

  /** Trusts a certificate no longer. NOT_FOUND. */
  remove(fingerprint: string): Promise<void> {
    return this.turn.run(async () => {
      const known = await this.read();
      const rest = known.filter((stored) => describeStored(stored).fingerprint !== fingerprint);
      if (rest.length === known.length) throw new AppError('NOT_FOUND', 'anchor');
      await this.file.write({ certificates: rest });
    });
  }

  private async read(): Promise<readonly StoredAnchor[]> {
    const certificates = (await this.file.read())?.certificates ?? [];
    return certificates.map((stored) =>
      typeof stored === 'string' ? { der: stored, addedAt: '', addedBy: '' } : stored,
    );
  }
}

function readAuthority(file: Uint8Array): X509Certificate {
  const certificate = readCertificate(file);
  if (!certificate.ca) throw new AppError('CERT_WRONG_USAGE', 'not an authority');
  return certificate;
}

function readCertificate(bytes: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(bytes);
  } catch {
    throw new AppError('FILE_BROKEN', 'certificate');
  }
}

function describeStored({ der, addedAt, addedBy }: StoredAnchor): TrustAnchor {
  return describe(new X509Certificate(Buffer.from(der, 'base64')), addedAt, addedBy);
}

function describe(certificate: X509Certificate, addedAt: string, addedBy: string): TrustAnchor {
  const part = (name: string): string =>
    new RegExp(`^${name}=(.*)$`, 'm').exec(certificate.subject)?.[1] ?? '';
  return {
    fingerprint: certificate.fingerprint256,
    subject: part('CN') === '' ? certificate.subject : part('CN'),
    organisation: part('O'),
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
    addedAt,
    addedBy,
  };
}
