import { type ContentKind, type FileProblem, promisedKind } from './kinds';
import type { Content } from './sniff';

export type Judgement = { readonly kind: ContentKind; readonly problem?: FileProblem };

/**
 * Weighs what the bytes are against what the name promises. The bytes decide the kind; the name only says
 * whether somebody would be surprised. Whether a file of a known kind is whole is checked elsewhere.
 */
export function judgeType(content: Content, name: string, size: number): Judgement {
  const promised = promisedKind(name);
  const named = promised === undefined || promised === 'foreign' ? undefined : promised;
  if (size === 0) return { kind: named ?? 'other', problem: 'FILE_EMPTY' };
  switch (content) {
    case 'unknown':
      return named === undefined ? unsupported : { kind: named, problem: 'FILE_BROKEN' };
    case 'broken-zip':
      return named === 'docx' || named === 'xlsx' ? { kind: named, problem: 'FILE_BROKEN' } : foreign(named);
    case 'encrypted-office':
      // Which of the two it is lies inside the encryption; only the name can tell.
      return { kind: named === 'xlsx' ? 'xlsx' : 'docx', problem: 'FILE_ENCRYPTED' };
    case 'foreign':
      return foreign(named);
    default:
      return promised === undefined || promised === content
        ? { kind: content }
        : { kind: content, problem: 'FILE_TYPE_MISMATCH' };
  }
}

const unsupported: Judgement = { kind: 'other', problem: 'FILE_TYPE_UNSUPPORTED' };

function foreign(named: ContentKind | undefined): Judgement {
  return named === undefined ? unsupported : { kind: 'other', problem: 'FILE_TYPE_MISMATCH' };
}
