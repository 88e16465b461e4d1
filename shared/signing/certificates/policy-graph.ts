import { childAt, childrenOf, DerError, oidOf, readDer, smallInteger } from '../asn1/der';
import { oids } from '../asn1/oids';
import { type Certificate, isSelfIssued } from './x509';

const { anyPolicy } = oids;
const maxPolicies = 200;

/** What the user asks of the policies of a path (RFC 5280 section 6.1.1 c to f). */
export type PolicyInputs = {
  /** Object identifiers that are acceptable; null for any. */
  readonly initialPolicySet: readonly string[] | null;
  readonly explicit: boolean;
  readonly mappingInhibited: boolean;
  readonly anyInhibited: boolean;
};

/** Accepts what the authorities themselves do not forbid. */
export const anyPolicyInputs: PolicyInputs = {
  initialPolicySet: null,
  explicit: false,
  mappingInhibited: false,
  anyInhibited: false,
};

type PolicyNode = {
  readonly policy: string;
  expected: ReadonlySet<string>;
  readonly parents: Set<PolicyNode>;
};
/** The nodes of one depth by their policy. */
type Level = Map<string, PolicyNode>;

/**
 * Processes the policies of a path, certificate by certificate from below the anchor down to the leaf (RFC 5280 section 6.1).
 * It keeps the graph of RFC 9618 instead of a tree, which mapped policies cannot make explode.
 */
export class PolicyGraph {
  private readonly inputs: PolicyInputs;
  private readonly length: number;
  private levels: Level[] | null = [new Map([[anyPolicy, makeNode(anyPolicy, [])]])];
  private explicitPolicy: number;
  private policyMapping: number;
  private inhibitAny: number;

  /** `length` counts the certificates below the anchor. */
  constructor(inputs: PolicyInputs, length: number) {
    this.inputs = inputs;
    this.length = length;
    this.explicitPolicy = inputs.explicit ? 0 : length + 1;
    this.policyMapping = inputs.mappingInhibited ? 0 : length + 1;
    this.inhibitAny = inputs.anyInhibited ? 0 : length + 1;
  }

  /** Takes in the certificate at the next depth; false when no policy is left though one is needed. Throws DerError. */
  accept(certificate: Certificate, depth: number): boolean {
    const selfIssued = isSelfIssued(certificate);
    const isLeaf = depth === this.length;
    const policies = readPolicies(certificate);
    if (!policies) this.levels = null;
    else if (this.levels) this.addLevel(policies, this.inhibitAny > 0 || (!isLeaf && selfIssued));
    if (this.explicitPolicy === 0 && !this.levels) return false;
    if (isLeaf) return this.concludes(certificate);
    this.map(certificate);
    if (!selfIssued) this.count();
    this.constrain(certificate);
    return true;
  }

  /** Section 6.1.3 d. */
  private addLevel(policies: ReadonlySet<string>, allowsAny: boolean): void {
    const above = this.levels?.at(-1) ?? new Map<string, PolicyNode>();
    const level: Level = new Map();
    const expecting = parentsByExpected(above);
    for (const policy of policies) {
      if (policy === anyPolicy) continue;
      const wildcard = above.get(anyPolicy);
      const parents = expecting.get(policy) ?? (wildcard ? [wildcard] : []);
      if (parents.length > 0) level.set(policy, makeNode(policy, parents));
    }
    if (policies.has(anyPolicy) && allowsAny) {
      for (const [policy, parents] of expecting)
        if (!level.has(policy)) level.set(policy, makeNode(policy, parents));
    }
    this.levels?.push(level);
    this.prune();
  }

  /** Removes nodes that no longer lead to the last level; the graph is gone when none is left. */
  private prune(): void {
    if (!this.levels) return;
    for (let depth = this.levels.length - 2; depth >= 0; depth--) {
      const level = this.levels[depth] ?? new Map<string, PolicyNode>();
      const needed = new Set(
        [...(this.levels[depth + 1]?.values() ?? [])].flatMap((node) => [...node.parents]),
      );
      for (const [policy, node] of level) if (!needed.has(node)) level.delete(policy);
    }
    if (this.levels.at(-1)?.size === 0) this.levels = null;
  }

  /** Section 6.1.4 a and b. */
  private map(certificate: Certificate): void {
    const mappings = readMappings(certificate);
    const last = this.levels?.at(-1);
    if (!last) return;
    const wildcard = last.get(anyPolicy);
    for (const [policy, mapped] of mappings) {
      const node = last.get(policy);
      if (this.policyMapping === 0) last.delete(policy);
      else if (node) node.expected = mapped;
      else if (wildcard) last.set(policy, { policy, expected: mapped, parents: new Set(wildcard.parents) });
    }
    this.prune();
  }

  /** Section 6.1.4 h. */
  private count(): void {
    this.explicitPolicy = Math.max(0, this.explicitPolicy - 1);
    this.policyMapping = Math.max(0, this.policyMapping - 1);
    this.inhibitAny = Math.max(0, this.inhibitAny - 1);
  }

  /** Section 6.1.4 i and j. */
  private constrain(certificate: Certificate): void {
    const { requireExplicit, inhibitMapping } = readConstraints(certificate);
    this.explicitPolicy = Math.min(this.explicitPolicy, requireExplicit ?? this.explicitPolicy);
    this.policyMapping = Math.min(this.policyMapping, inhibitMapping ?? this.policyMapping);
    const skip = certificate.extensions.get(oids.inhibitAnyPolicy);
    if (skip) this.inhibitAny = Math.min(this.inhibitAny, smallInteger(readDer(skip.value)));
  }

  /** Section 6.1.5 a, b and g. */
  private concludes(certificate: Certificate): boolean {
    const mustBeExplicit = this.explicitPolicy <= 1 || readConstraints(certificate).requireExplicit === 0;
    return !mustBeExplicit || this.hasAcceptablePolicy();
  }

  private hasAcceptablePolicy(): boolean {
    const { levels, inputs } = this;
    if (!levels || !inputs.initialPolicySet) return levels !== null;
    const wanted = new Set(inputs.initialPolicySet);
    if (wanted.size > 0 && levels.at(-1)?.has(anyPolicy)) return true;
    return levels
      .flatMap((level) => [...level.values()])
      .some(
        ({ policy, parents }) =>
          wanted.has(policy) && [...parents].some((parent) => parent.policy === anyPolicy),
      );
  }
}

function makeNode(policy: string, parents: readonly PolicyNode[]): PolicyNode {
  return { policy, expected: new Set([policy]), parents: new Set(parents) };
}

function parentsByExpected(level: Level): ReadonlyMap<string, readonly PolicyNode[]> {
  const parents = new Map<string, PolicyNode[]>();
  for (const node of level.values())
    for (const policy of node.expected) parents.set(policy, [...(parents.get(policy) ?? []), node]);
  return parents;
}

function readPolicies(certificate: Certificate): ReadonlySet<string> | null {
  const extension = certificate.extensions.get(oids.certificatePolicies);
  if (!extension) return null;
  const policies = childrenOf(readDer(extension.value)).map((node) => oidOf(childAt(node, 0)));
  if (policies.length > maxPolicies) throw new DerError('too many policies');
  return new Set(policies);
}

/** The policies of the subject's domain for each of the issuer's. Neither may be anyPolicy (section 6.1.4 a). */
function readMappings(certificate: Certificate): ReadonlyMap<string, ReadonlySet<string>> {
  const extension = certificate.extensions.get(oids.policyMappings);
  const mappings = new Map<string, Set<string>>();
  const pairs = extension ? childrenOf(readDer(extension.value)) : [];
  if (pairs.length > maxPolicies) throw new DerError('too many policy mappings');
  for (const pair of pairs) {
    const [from, to] = [oidOf(childAt(pair, 0)), oidOf(childAt(pair, 1))];
    if (from === anyPolicy || to === anyPolicy) throw new DerError('anyPolicy is mapped');
    mappings.set(from, (mappings.get(from) ?? new Set()).add(to));
  }
  return mappings;
}

function readConstraints(certificate: Certificate): {
  readonly requireExplicit: number | null;
  readonly inhibitMapping: number | null;
} {
  const extension = certificate.extensions.get(oids.policyConstraints);
  const parts = extension ? childrenOf(readDer(extension.value)) : [];
  const read = (tag: number): number | null => {
    const part = parts.find((candidate) => candidate.tag === tag);
    return part ? smallInteger(part) : null;
  };
  return { requireExplicit: read(0x80), inhibitMapping: read(0x81) };
}
