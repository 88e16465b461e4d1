/** How the platform's C compiler lays out the structures of PKCS#11. */
export type CLayout = {
  /** Octets of CK_ULONG. */
  readonly ulong: 4 | 8;
  readonly pointer: 4 | 8;
  /** True when fields follow each other without gaps. */
  readonly packed: boolean;
};

/**
 * PKCS#11 v2.40 section 2.1: on Windows structures are packed to one octet and `unsigned long` has 32 bits also in
 * 64-bit programs; elsewhere it is as wide as a pointer and fields are aligned by their size.
 */
export function layoutOf(platform: NodeJS.Platform, arch: string): CLayout {
  const pointer = arch === 'ia32' || arch === 'arm' ? 4 : 8;
  if (platform === 'win32') return { ulong: 4, pointer, packed: true };
  return { ulong: pointer, pointer, packed: false };
}

/** A field is a number, a pointer, or an array of this many single octets. */
export type Field = 'ulong' | 'pointer' | number;

export type Structure<Name extends string> = {
  /** Octets, with what fills it up to its alignment. */
  readonly size: number;
  readonly offset: Readonly<Record<Name, number>>;
};

/** Offsets and size of a C structure whose fields come in the given order. */
export function structure<Name extends string>(
  layout: CLayout,
  fields: Readonly<Record<Name, Field>>,
): Structure<Name> {
  const offset: Partial<Record<Name, number>> = {};
  let end = 0;
  let alignment = 1;
  for (const [name, field] of Object.entries(fields) as [Name, Field][]) {
    const size = typeof field === 'number' ? field : layout[field];
    const aligned = layout.packed || typeof field === 'number' ? 1 : size;
    end = Math.ceil(end / aligned) * aligned;
    offset[name] = end;
    end += size;
    alignment = Math.max(alignment, aligned);
  }
  return {
    size: Math.ceil(end / alignment) * alignment,
    offset: offset as Readonly<Record<Name, number>>,
  };
}
