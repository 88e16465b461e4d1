import { concatBytes, hexOf, latin1, latin1Bytes } from '../bytes';
import {
  isArray,
  isDict,
  isName,
  isRef,
  isStream,
  isString,
  type PdfStream,
  type PdfValue,
} from './pdf-objects';

/** The bytes of an object in PDF syntax. A stream must carry its data. */
export function serialise(value: PdfValue): Uint8Array {
  return isStream(value) ? serialiseStream(value) : latin1Bytes(syntaxOf(value));
}

function serialiseStream(stream: PdfStream): Uint8Array {
  if (!stream.data) throw new Error('a stream that is written must carry its data');
  const dict = new Map(stream.dict).set('Length', stream.data.length);
  return concatBytes([latin1Bytes(`${syntaxOf(dict)}\nstream\n`), stream.data, latin1Bytes('\nendstream')]);
}

/** PDF syntax of any object but a stream, one character per byte. */
export function syntaxOf(value: PdfValue): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return numberSyntax(value);
  if (isArray(value)) return `[${value.map(syntaxOf).join(' ')}]`;
  if (isDict(value)) {
    const entries = [...value].map(([key, item]) => `${nameSyntax(key)} ${syntaxOf(item)}`);
    return `<<${entries.join('\n')}>>`;
  }
  if (isName(value)) return nameSyntax(value.name);
  if (isRef(value)) return `${value.num} ${value.gen} R`;
  if (isString(value))
    return value.hex ? `<${hexOf(value.bytes)}>` : `(${escapeString(latin1(value.bytes))})`;
  if (value.kind === 'verbatim') return value.text;
  throw new Error('a stream must be an indirect object');
}

/** A number without exponent, at most four decimals. */
export function numberSyntax(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value
    .toFixed(4)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0');
}

function nameSyntax(name: string): string {
  const escaped = name.replace(
    /[^!-~]|[#()<>[\]{}/%]/g,
    (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `/${escaped}`;
}

function escapeString(text: string): string {
  return text
    .replace(/[\\()]/g, '\\$&')
    .replace(/\r/g, '\\r')
    .replace(/\n/g, '\\n');
}
