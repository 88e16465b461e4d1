import { bytesOf, childAt, type DerNode } from '../asn1/der';
import { hexOf } from '../bytes';
import { comparableName } from './distinguished-name';

/** Tags of the kinds of GeneralName (RFC 5280 section 4.2.1.6). */
export const generalNameTags = {
  email: 0x81,
  dns: 0x82,
  directory: 0xa4,
  uri: 0x86,
  ip: 0x87,
} as const;

/** A directory name among other general names, in comparable form. */
export function comparableDirectoryName(comparable: string): string {
  return `directory:${comparable}`;
}

/** One GeneralName in the form in which two of them are compared; only directory names are compared loosely. */
export function comparableGeneralName(node: DerNode): string {
  if (node.tag === generalNameTags.directory)
    return comparableDirectoryName(comparableName(bytesOf(childAt(node, 0))));
  return hexOf(bytesOf(node));
}
