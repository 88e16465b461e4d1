import { childAt, childrenOf, contentOf, type DerNode, oidOf, readDer } from '../asn1/der';
import { hexOf, latin1, utf16Text } from '../bytes';

/** The text of a directory string in any of its string types. */
function directoryText(node: DerNode): string {
  const content = contentOf(node);
  if (node.tag === 0x1e) return utf16Text(content);
  return node.tag === 0x0c ? new TextDecoder('utf-8').decode(content) : latin1(content);
}

/** The values of one attribute in a distinguished name (DER), in their order, in NFC. */
export function nameAttributes(name: Uint8Array, oid: string): readonly string[] {
  return childrenOf(readDer(name))
    .flatMap(childrenOf)
    .filter((attribute) => oidOf(childAt(attribute, 0)) === oid)
    .map((attribute) => directoryText(childAt(attribute, 1)).normalize('NFC'));
}

/** The last value of an attribute in a distinguished name (DER), or null. */
export function nameAttribute(name: Uint8Array, oid: string): string | null {
  return nameAttributes(name, oid).at(-1) ?? null;
}

/**
 * One relative distinguished name (DER SET) in the form in which two of them are compared: RFC 5280 section 7.1 (the
 * string type, case and spaces do not count). JSON keeps attributes apart whatever stands in their values.
 */
export function comparableRdn(set: DerNode): string {
  const attributes = childrenOf(set).map(
    (attribute) => `${oidOf(childAt(attribute, 0))}=${comparableText(childAt(attribute, 1))}`,
  );
  return JSON.stringify(attributes.sort());
}

/** Each relative distinguished name of a name (the elements of its SEQUENCE) in its comparable form, from the root down. */
export function comparableRdns(name: DerNode): readonly string[] {
  return childrenOf(name).map(comparableRdn);
}

/** A whole name from its comparable parts; equal names give equal texts. */
export function joinRdns(rdns: readonly string[]): string {
  return rdns.join('\n');
}

/** A distinguished name (DER) in the form in which two of them are compared. */
export function comparableName(name: Uint8Array): string {
  return joinRdns(comparableRdns(readDer(name)));
}

function comparableText(value: DerNode): string {
  const text = [0x0c, 0x13, 0x14, 0x16, 0x1e].includes(value.tag) ? directoryText(value) : null;
  // Octets that are no text must not become equal to others by their replacement characters.
  if (text === null || text.includes('\uFFFD')) return `${value.tag}:${hexOf(contentOf(value))}`;
  return text.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
}
