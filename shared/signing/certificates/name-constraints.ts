import { childAt, childrenOf, contentOf, DerError, type DerNode, readDer } from '../asn1/der';
import { oids } from '../asn1/oids';
import { latin1 } from '../bytes';
import { comparableRdns, nameAttributes } from './distinguished-name';
import { generalNameTags } from './general-name';
import type { Certificate } from './x509';

/** A base of a subtree, or a name that is held against it. */
type Name =
  | { readonly kind: 'directory'; readonly rdns: readonly string[] }
  | { readonly kind: 'text'; readonly tag: number; readonly text: string }
  | { readonly kind: 'ip'; readonly bytes: Uint8Array }
  | { readonly kind: 'other'; readonly tag: number };

/** Bound on comparisons: both lists come from certificates, and their product could be made to explode. */
const maxComparisons = 200_000;

/** The names that a path allows so far (RFC 5280 sections 4.2.1.10 and 6.1.4 g). */
export class NameConstraints {
  /** Of each authority its own list: a name must be inside all of them. */
  private readonly permitted: Name[][] = [];
  private readonly excluded: Name[] = [];
  private comparisons = 0;

  /** Adds the constraints that a certificate puts on those below. Throws DerError. */
  add(certificate: Certificate): void {
    const extension = certificate.extensions.get(oids.nameConstraints);
    if (!extension) return;
    for (const list of childrenOf(readDer(extension.value))) {
      const bases = childrenOf(list).map(readSubtree);
      if (list.tag === 0xa0) this.permitted.push(bases);
      else if (list.tag === 0xa1) this.excluded.push(...bases);
      else throw new DerError('name constraints expected');
    }
  }

  /** True when all names of a certificate are allowed. Throws DerError. */
  allows(certificate: Certificate): boolean {
    if (this.permitted.length === 0 && this.excluded.length === 0) return true;
    return namesOf(certificate).every((name) => this.allowsName(name));
  }

  private allowsName(name: Name): boolean {
    if (this.excluded.some((base) => isSameKind(base, name) && this.contains(base, name, true))) return false;
    return this.permitted.every((bases) => {
      const relevant = bases.filter((base) => isSameKind(base, name));
      return relevant.length === 0 || relevant.some((base) => this.contains(base, name, false));
    });
  }

  /** `unclear` is the answer for kinds of names that are not understood: such a name is never let pass. */
  private contains(base: Name, name: Name, unclear: boolean): boolean {
    this.comparisons += 1;
    if (this.comparisons > maxComparisons) throw new DerError('too many names');
    if (base.kind === 'directory' && name.kind === 'directory')
      return base.rdns.every((rdn, i) => rdn === name.rdns[i]);
    if (base.kind === 'ip' && name.kind === 'ip') return containsAddress(base.bytes, name.bytes);
    if (base.kind === 'text' && name.kind === 'text') return containsText(base, name, unclear);
    return unclear;
  }
}

function isSameKind(base: Name, name: Name): boolean {
  if (base.kind !== name.kind) return false;
  return base.kind === 'text' || base.kind === 'other' ? base.tag === (name as typeof base).tag : true;
}

/** A subtree with a minimum or maximum is nothing that RFC 5280 allows. */
function readSubtree(node: DerNode): Name {
  const [base, ...distances] = childrenOf(node);
  if (!base || distances.length > 0) throw new DerError('subtree expected');
  return readName(base);
}

function readName(node: DerNode): Name {
  switch (node.tag) {
    case generalNameTags.directory:
      return { kind: 'directory', rdns: comparableRdns(childAt(node, 0)) };
    case generalNameTags.ip:
      return { kind: 'ip', bytes: contentOf(node) };
    case generalNameTags.email:
    case generalNameTags.dns:
    case generalNameTags.uri:
      return { kind: 'text', tag: node.tag, text: latin1(contentOf(node)) };
    default:
      return { kind: 'other', tag: node.tag };
  }
}

/** The subject, its e-mail addresses (section 4.1.2.6) and the alternative names. */
function namesOf(certificate: Certificate): readonly Name[] {
  const subject = comparableRdns(readDer(certificate.subject));
  const emails = nameAttributes(certificate.subject, oids.emailAddress);
  const alternative = certificate.extensions.get(oids.subjectAltName);
  return [
    ...(subject.length > 0 ? [{ kind: 'directory', rdns: subject } as const] : []),
    ...emails.map((text) => ({ kind: 'text', tag: generalNameTags.email, text }) as const),
    ...(alternative ? childrenOf(readDer(alternative.value)).map(readName) : []),
  ];
}

/** An address with its mask holds an address of the same family. */
function containsAddress(base: Uint8Array, address: Uint8Array): boolean {
  if (base.length !== 2 * address.length) return false;
  return address.every(
    (octet, i) => (octet & base[address.length + i]!) === (base[i]! & base[address.length + i]!),
  );
}

function containsText(
  base: { readonly tag: number; readonly text: string },
  name: { readonly text: string },
  unclear: boolean,
): boolean {
  if (base.tag === generalNameTags.dns) return isInDomain(base.text, name.text);
  if (base.tag === generalNameTags.email) return isMailbox(base.text, name.text);
  const host = hostOf(name.text);
  return host === null ? unclear : isHost(base.text, host);
}

/** Labels may be added on the left; a leading dot, though not in the RFC, asks for at least one. */
function isInDomain(base: string, name: string): boolean {
  const [domain, host] = [base.toLowerCase(), name.toLowerCase()];
  if (domain === '' || host === domain) return true;
  return host.endsWith(domain.startsWith('.') ? domain : `.${domain}`);
}

/** A constraint on hosts: the host itself, or with a leading dot any host below it. */
function isHost(base: string, host: string): boolean {
  const [wanted, given] = [base.toLowerCase(), host.toLowerCase()];
  return wanted.startsWith('.') ? given.endsWith(wanted) && given.length > wanted.length : given === wanted;
}

/** One mailbox, all mailboxes of a host, or with a leading dot of the hosts below; only the local part minds its case. */
function isMailbox(base: string, name: string): boolean {
  const at = name.lastIndexOf('@');
  const host = name.slice(at + 1);
  const baseAt = base.lastIndexOf('@');
  if (baseAt < 0) return isHost(base, host);
  return base.slice(0, baseAt) === name.slice(0, at) && isHost(base.slice(baseAt + 1), host);
}

/** The host name in a URI; null when it has none or an address of numbers, which no constraint can be held against. */
function hostOf(uri: string): string | null {
  const authority = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/.exec(uri)?.[1];
  const host = authority?.replace(/^.*@/, '').replace(/:\d*$/, '') ?? '';
  return host === '' || host.startsWith('[') || /^[\d.]+$/.test(host) ? null : host;
}
