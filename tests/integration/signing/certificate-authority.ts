import { execFileSync } from 'node:child_process';
import { sign } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import {
  bytesOf,
  childrenOf,
  contentOf,
  derSequence,
  encodeDer,
  readDer,
} from '../../../shared/signing/asn1/der';
import { equalBytes } from '../../../shared/signing/bytes';
import { type Crl, readCrl } from '../../../shared/signing/certificates/crl';
import { type Certificate, readCertificate } from '../../../shared/signing/certificates/x509';

export const caExtensions = ['basicConstraints=critical,CA:true', 'keyUsage=critical,keyCertSign,cRLSign'];
export const signerExtensions = ['basicConstraints=critical,CA:false', 'keyUsage=critical,digitalSignature'];

export type IssueOptions = {
  /** Without an issuer it signs itself. */
  readonly issuer?: string;
  readonly digest?: string;
  /** Takes over the key of another certificate. */
  readonly key?: string;
  readonly rsaBits?: number;
  readonly days?: number;
  /** Hexadecimal, of an even number of digits. */
  readonly serial?: string;
};

export type ListOptions = {
  /** Milliseconds since 1970. */
  readonly thisUpdate: number;
  readonly nextUpdate: number;
  readonly revoked?: readonly { readonly serial: string; readonly at: number; readonly reason?: string }[];
  readonly extensions?: readonly string[];
  readonly digest?: string;
  /** CRL number, hexadecimal, of an even number of digits. */
  readonly number?: string;
};

/** Makes certificates and revocation lists with OpenSSL, in one folder and under short names. */
export class TestAuthority {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.dir, stdio: 'pipe' });
  }

  issue(id: string, subject: string, extensions: readonly string[], options: IssueOptions = {}): void {
    const { issuer, digest = 'sha256', key = id, rsaBits, days = 900, serial } = options;
    const kind = rsaBits ? ['RSA', `rsa_keygen_bits:${rsaBits}`] : ['EC', 'ec_paramgen_curve:P-256'];
    if (key === id)
      this.openssl('genpkey', '-algorithm', kind[0]!, '-pkeyopt', kind[1]!, '-out', `${key}.key`);
    else copyFileSync(join(this.dir, `${key}.key`), join(this.dir, `${id}.key`));
    this.openssl('req', '-new', '-utf8', '-key', `${key}.key`, '-subj', subject, '-out', `${id}.csr`);
    writeFileSync(join(this.dir, `${id}.ext`), `${extensions.join('\n')}\n`);
    const by = issuer ? ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`] : ['-signkey', `${key}.key`];
    const number = serial ? ['-set_serial', `0x${serial}`] : issuer ? ['-CAcreateserial'] : [];
    const rest = ['-days', String(days), `-${digest}`, '-extfile', `${id}.ext`, '-out', `${id}.pem`];
    this.openssl('x509', '-req', '-in', `${id}.csr`, ...by, ...number, ...rest);
  }

  /** Publishes a revocation list of an issuer; its index is written by hand, as OpenSSL revokes only at the present. */
  list(issuer: string, options: ListOptions): Crl {
    const { revoked = [], extensions = [], digest = 'sha256', number = '1000' } = options;
    const lines = revoked.map(({ serial, at, reason }) =>
      ['R', '401231000000Z', `${utcTime(at)}${reason ? `,${reason}` : ''}`, serial, 'unknown', '/CN=x'].join(
        '\t',
      ),
    );
    writeFileSync(join(this.dir, 'index.txt'), lines.map((line) => `${line}\n`).join(''));
    writeFileSync(join(this.dir, 'crlnumber'), `${number}\n`);
    const config = `[ca]\ndefault_ca=one\n[one]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=${digest}\ncrl_extensions=extensions\n[extensions]\nauthorityKeyIdentifier=keyid\n${extensions.join('\n')}\n`;
    writeFileSync(join(this.dir, 'list.cnf'), config);
    const times = [
      '-crl_lastupdate',
      utcTime(options.thisUpdate),
      '-crl_nextupdate',
      utcTime(options.nextUpdate),
    ];
    const signer = ['-keyfile', `${issuer}.key`, '-cert', `${issuer}.pem`];
    this.openssl('ca', '-gencrl', '-config', 'list.cnf', ...signer, ...times, '-out', 'list.pem');
    this.openssl('crl', '-in', 'list.pem', '-outform', 'DER', '-out', 'list.der');
    return readCrl(new Uint8Array(readFileSync(join(this.dir, 'list.der'))), nodeCrypto);
  }

  certificate(id: string): Certificate {
    const base64 = readFileSync(join(this.dir, `${id}.pem`), 'utf8').replace(/-----[^-]+-----/g, '');
    return readCertificate(new Uint8Array(Buffer.from(base64, 'base64')), nodeCrypto);
  }

  key(id: string): string {
    return readFileSync(join(this.dir, `${id}.key`), 'utf8');
  }
}

function utcTime(time: number): string {
  return `${new Date(time).toISOString().replace(/\D/g, '').slice(2, 14)}Z`;
}

/** The certificate again with another serial number, signed by the given key: as quick as a look-alike must be. */
export function lookAlike(model: Certificate, number: number, issuerKey: string): Certificate {
  const [version, , ...rest] = childrenOf(readDer(model.tbs)).map(bytesOf);
  const serial = encodeDer(0x02, Uint8Array.of(1, number >> 8, number & 0xff));
  const tbs = derSequence(version!, serial, ...rest);
  const signature = encodeDer(0x03, Uint8Array.of(0), new Uint8Array(sign('sha256', tbs, issuerKey)));
  return readCertificate(derSequence(tbs, bytesOf(model.signatureAlgorithm), signature), nodeCrypto);
}

/** A list with one more entry (DER), which the issuer's key signs. */
export function withEntry(crl: Crl, entry: Uint8Array, issuerKey: string): Crl {
  const parts = childrenOf(readDer(crl.tbs)).map((part) =>
    crl.entries && equalBytes(bytesOf(part), bytesOf(crl.entries))
      ? encodeDer(0x30, contentOf(part), entry)
      : bytesOf(part),
  );
  const tbs = derSequence(...parts);
  const signature = encodeDer(0x03, Uint8Array.of(0), new Uint8Array(sign('sha256', tbs, issuerKey)));
  return readCrl(derSequence(tbs, bytesOf(crl.signatureAlgorithm), signature), nodeCrypto);
}
