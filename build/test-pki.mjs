// Makes a throw-away certificate authority for tests and demonstrations with the openssl command. Names hold Vietnamese
// letters on purpose: signatures by such authorities are what careless libraries get wrong. Keys are never committed.
// The folder is also what `openssl ca`, `openssl ocsp` and `openssl ts` work with: each authority has its index of
// certificates and its revocation list there, and a timestamp authority and an OCSP responder have theirs.
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const password = 'matkhau';
const authority = 'Tổ chức chứng thực thử nghiệm Công Văn';

const extensions = {
  root: ['basicConstraints=critical,CA:true', 'keyUsage=critical,keyCertSign,cRLSign'],
  issuing: ['basicConstraints=critical,CA:true,pathlen:0', 'keyUsage=critical,keyCertSign,cRLSign'],
  signer: [
    'basicConstraints=critical,CA:false',
    'keyUsage=critical,digitalSignature,nonRepudiation',
    'extendedKeyUsage=emailProtection,clientAuth',
  ],
  tsa: [
    'basicConstraints=critical,CA:false',
    'keyUsage=critical,digitalSignature',
    'extendedKeyUsage=critical,timeStamping',
  ],
  ocsp: [
    'basicConstraints=critical,CA:false',
    'keyUsage=critical,digitalSignature',
    'extendedKeyUsage=OCSPSigning',
    'noCheck=ignored',
  ],
};

const caSection = (id, crlDays) => `[${id}]
database=${id}.index
rand_serial=yes
crlnumber=${id}.crlnumber
new_certs_dir=issued
certificate=${id}.pem
private_key=${id}.key
default_md=sha256
default_crl_days=${crlDays}
policy=any_name
unique_subject=no
preserve=yes
`;

const config = (crlDays) => `[req]
distinguished_name=dn
string_mask=utf8only
utf8=yes
[dn]
[any_name]
countryName=optional
organizationName=optional
commonName=supplied
${caSection('root', 3650)}${caSection('issuing', crlDays)}[tsa]
dir=.
serial=tsa.serial
crypto_device=builtin
signer_cert=tsa.pem
certs=issuing.pem
signer_key=tsa.key
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256,sha384,sha512
accuracy=secs:1
ordering=no
tsa_name=yes
ess_cert_id_chain=no
ess_cert_id_alg=sha256
`;

/** Where a certificate says that its revocation and its issuer can be asked; the issuing authority answers by OCSP too. */
function serviceExtensions(base, issuer) {
  const ocsp = issuer === 'issuing' ? [`OCSP;URI:${base}/ocsp`] : [];
  const access = [...ocsp, `caIssuers;URI:${base}/${issuer}.cer`];
  return [`crlDistributionPoints=URI:${base}/${issuer}.crl`, `authorityInfoAccess=${access.join(',')}`];
}

const defaultPeople = [
  { id: 'nguyen-thi-thuy-duong', name: 'Nguyễn Thị Thuỳ Dương', org: 'Liên đoàn Lao động huyện thử nghiệm' },
  { id: 'pham-ky-ec', name: 'Phạm Kỳ Đức', org: 'Công đoàn cơ sở thử nghiệm', key: 'ec' },
];
const defaultOrganisations = [
  { id: 'ldld-huyen', name: 'Liên đoàn Lao động huyện thử nghiệm' },
  { id: 'cdcs', name: 'Công đoàn cơ sở thử nghiệm' },
];

// `/` and `+` separate attributes in the -subj option.
const escapeName = (name) => name.replace(/[\\/+]/g, '\\$&');

/**
 * Makes a root, an issuing authority, and a PKCS#12 file per person and organisation; beside them a timestamp authority
 * (`tsa.pem`, and `tsa-expired.pem` for the same key), an OCSP responder (`ocsp.pem`), and the authorities' revocation
 * lists (`root.crl.pem`, `issuing.crl.pem`). With `services`, the base of an HTTP address, the certificates name it as the
 * place of lists (`/issuing.crl`), issuers (`/issuing.cer`) and OCSP (`/ocsp`).
 *
 * @param {string} dir where the files go; emptied first
 * @param {{people?: {id: string, name: string, org: string, key?: 'rsa'|'ec'}[],
 *          organisations?: {id: string, name: string, key?: 'rsa'|'ec'}[], password?: string, services?: string,
 *          crlDays?: number}} [options] `crlDays`: how long the issuing authority's list holds, 30 where nothing is said
 * @returns {Promise<{root: string, issuing: string, password: string, p12: Record<string, string>}>} paths of root.pem,
 *   issuing.pem and, by id, of the PKCS#12 files; `<id>.pem` and `<id>.key` lie beside them
 */
export async function makeTestPki(dir, options = {}) {
  const people = options.people ?? defaultPeople;
  const organisations = options.organisations ?? defaultOrganisations;
  const pass = options.password ?? password;
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  const openssl = (...args) => run('openssl', args, { cwd: dir });
  await mkdir(join(dir, 'issued'));
  await writeFile(join(dir, 'openssl.cnf'), config(options.crlDays ?? 30));
  for (const id of ['root', 'issuing']) {
    await writeFile(join(dir, `${id}.index`), '');
    await writeFile(join(dir, `${id}.crlnumber`), '01\n');
  }
  await writeFile(join(dir, 'tsa.serial'), '01\n');

  const makeKey = (id, kind) =>
    kind === 'ec'
      ? openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', `${id}.key`)
      : openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', `${id}.key`);

  const issue = async ({ id, subject, use, issuer, lifetime, kind, key = id }) => {
    if (key === id) await makeKey(id, kind);
    const common = [
      `subjectKeyIdentifier=hash`,
      ...(issuer ? ['authorityKeyIdentifier=keyid:always'] : []),
      ...extensions[use],
      ...(issuer && options.services && use !== 'ocsp' ? serviceExtensions(options.services, issuer) : []),
    ];
    await writeFile(join(dir, `${id}.ext`), `${common.join('\n')}\n`);
    const request = ['-new', '-utf8', '-config', 'openssl.cnf', '-key', `${key}.key`, '-subj', subject];
    await openssl('req', ...request, '-out', `${id}.csr`);
    const certificate = ['-in', `${id}.csr`, ...lifetime, '-extfile', `${id}.ext`, '-out', `${id}.pem`];
    if (issuer)
      await openssl(
        'ca',
        '-batch',
        '-notext',
        '-utf8',
        '-config',
        'openssl.cnf',
        '-name',
        issuer,
        ...certificate,
      );
    else await openssl('x509', '-req', '-sha256', '-signkey', `${id}.key`, ...certificate);
    await rm(join(dir, `${id}.csr`));
    await rm(join(dir, `${id}.ext`));
  };
  const days = (count) => ['-days', String(count)];

  await issue({
    id: 'root',
    subject: `/C=VN/O=${authority}/CN=${authority} (gốc)`,
    use: 'root',
    lifetime: days(7300),
  });
  const issuingName = `/C=VN/O=${authority}/CN=${authority} G1`;
  await issue({ id: 'issuing', subject: issuingName, use: 'issuing', issuer: 'root', lifetime: days(3650) });
  const subject = (organisation, name) => `/C=VN/O=${escapeName(organisation)}/CN=${escapeName(name)}`;
  const subjects = [
    ...people.map(({ id, name, org, key }) => ({ id, kind: key, subject: subject(org, name) })),
    ...organisations.map(({ id, name, key }) => ({ id, kind: key, subject: subject(name, name) })),
  ];
  const p12 = {};
  for (const { id, kind, subject } of subjects) {
    await issue({ id, subject, use: 'signer', issuer: 'issuing', lifetime: days(1095), kind });
    const content = ['-inkey', `${id}.key`, '-in', `${id}.pem`, '-certfile', 'issuing.pem', '-name', id];
    await openssl('pkcs12', '-export', ...content, '-passout', `pass:${pass}`, '-out', `${id}.p12`);
    p12[id] = join(dir, `${id}.p12`);
  }
  const service = (name) => `/C=VN/O=${authority}/CN=${authority} ${name}`;
  const tsa = { subject: service('TSA'), use: 'tsa', issuer: 'issuing' };
  await issue({ ...tsa, id: 'tsa', lifetime: days(3000) });
  const past = ['-startdate', '20200101000000Z', '-enddate', '20210101000000Z'];
  await issue({ ...tsa, id: 'tsa-expired', key: 'tsa', lifetime: past });
  const ocsp = { subject: service('OCSP'), use: 'ocsp', issuer: 'issuing', kind: 'ec' };
  await issue({ ...ocsp, id: 'ocsp', lifetime: days(3000) });
  for (const id of ['root', 'issuing'])
    await openssl('ca', '-config', 'openssl.cnf', '-name', id, '-gencrl', '-out', `${id}.crl.pem`);
  await rm(join(dir, 'issued'), { recursive: true });
  return { root: join(dir, 'root.pem'), issuing: join(dir, 'issuing.pem'), password: pass, p12 };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const dir = process.argv[2];
  if (!dir) {
    process.stderr.write('usage: node build/test-pki.mjs DIR\n');
    process.exit(2);
  }
  const { root, p12 } = await makeTestPki(dir);
  process.stdout.write(`${[root, ...Object.values(p12)].join('\n')}\npassword: ${password}\n`);
}
