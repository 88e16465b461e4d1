import { execFileSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { transformFile } from '../../../electron/signing/file-bytes';
import { keySigner } from '../../../electron/signing/node-signer';
import { nodeCrypto } from '../../../shared/node/crypto-port';
import { type Signed, type Signer, type SignOptions, signPdf } from '../../../shared/signing/index';
import { derOfPem, fonts, signingTime, type TestPki } from './fixtures';

type Choices = Partial<SignOptions> & { readonly signer: Signer };

/** Signs a file into another one; invisibly in a new field, where the choices say nothing else. */
export function signFile(input: string, output: string, choices: Choices): Promise<Signed> {
  return transformFile(input, output, (source, sink) =>
    signPdf(source, sink, {
      crypto: nodeCrypto,
      fonts,
      placement: null,
      appearance: null,
      time: signingTime,
      ...choices,
    }),
  );
}

/** A signer with a new key, e.g. RSA:3072 or EC:P-384, under the trial authority with its Vietnamese names. */
export function newSigner(pki: TestPki, kind: string, id = kind.replace(':', '-')): Signer {
  const [algorithm, size] = kind.split(':');
  const file = (ending: string): string => path.join(pki.dir, `${id}.${ending}`);
  const choice = algorithm === 'EC' ? `ec_paramgen_curve:${size}` : `rsa_keygen_bits:${size}`;
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', [...args], { stdio: 'pipe' });
  };
  openssl('genpkey', '-algorithm', algorithm ?? '', '-pkeyopt', choice, '-out', file('key'));
  const subject = `/C=VN/O=Công đoàn cơ sở thử nghiệm/CN=Đỗ Hữu Lộc ${id}`;
  const config = path.join(pki.dir, 'openssl.cnf');
  openssl(
    'req',
    '-new',
    '-utf8',
    '-config',
    config,
    '-key',
    file('key'),
    '-subj',
    subject,
    '-out',
    file('csr'),
  );
  writeFileSync(
    file('ext'),
    'basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature,nonRepudiation\n',
  );
  const issuer = ['-CA', pki.issuing, '-CAkey', pki.issuing.replace('.pem', '.key')];
  openssl(
    'x509',
    '-req',
    '-in',
    file('csr'),
    ...issuer,
    '-days',
    '900',
    '-extfile',
    file('ext'),
    '-out',
    file('pem'),
  );
  return keySigner(createPrivateKey(readFileSync(file('key'))), derOfPem(file('pem')), [
    derOfPem(pki.issuing),
  ]);
}
