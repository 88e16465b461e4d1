import { cleanText } from './clean-text';
import type { FaceName, Faces } from './faces';

/** A stretch of text within a paragraph. */
export type Run = { readonly text: string; readonly bold?: boolean; readonly italic?: boolean };

/** Text of a paragraph: plain, or runs with emphasis. A line feed is a hard line break. */
export type Inline = string | readonly Run[];

/** Text in one face and size, ready to be drawn. */
export type Span = { readonly text: string; readonly face: FaceName; readonly size: number };

/** A line that fits its measure. `ends` marks the last line before a hard break: it is not justified. */
export type Line = { readonly spans: readonly Span[]; readonly width: number; readonly ends: boolean };

/** Gives the width in points of a text in a face and size. */
export type Measure = (text: string, face: FaceName, size: number) => number;

/** The measure of a set of embedded faces. */
export function measureWith(faces: Faces): Measure {
  return (text, face, size) => faces[face].widthOf(text, size);
}

/** How the plain text of a paragraph is set. */
export type TextStyle = { readonly size: number; readonly bold?: boolean; readonly italic?: boolean };

function faceOf(bold: boolean, italic: boolean): FaceName {
  if (bold) return italic ? 'boldItalic' : 'bold';
  return italic ? 'italic' : 'regular';
}

/** Turns paragraph text into spans of one style, runs adding their emphasis to it. */
export function toSpans(inline: Inline, style: TextStyle): readonly Span[] {
  const runs: readonly Run[] = typeof inline === 'string' ? [{ text: inline }] : inline;
  return runs.map((run) => ({
    text: cleanText(run.text),
    face: faceOf(
      (style.bold ?? false) || (run.bold ?? false),
      (style.italic ?? false) || (run.italic ?? false),
    ),
    size: style.size,
  }));
}

/** The plain text of a paragraph. */
export function plainText(inline: Inline): string {
  return typeof inline === 'string' ? inline : inline.map((run) => run.text).join('');
}

type Token = {
  readonly kind: 'word' | 'space' | 'break';
  readonly spans: readonly Span[];
  readonly width: number;
};

function tokenize(spans: readonly Span[], measure: Measure): readonly Token[] {
  const tokens: Token[] = [];
  const word: Span[] = [];
  const closeWord = () => {
    if (word.length === 0) return;
    const width = word.reduce((sum, part) => sum + measure(part.text, part.face, part.size), 0);
    tokens.push({ kind: 'word', spans: [...word], width });
    word.length = 0;
  };
  for (const span of spans) {
    for (const part of span.text.split(/( +|\n)/u)) {
      if (part === '') continue;
      if (part === '\n') {
        closeWord();
        tokens.push({ kind: 'break', spans: [], width: 0 });
      } else if (part.startsWith(' ')) {
        closeWord();
        tokens.push({
          kind: 'space',
          spans: [{ ...span, text: ' ' }],
          width: measure(' ', span.face, span.size),
        });
      } else {
        word.push({ ...span, text: part });
      }
    }
  }
  closeWord();
  return tokens;
}

/** Cuts a word that is wider than a whole line into pieces that fit. */
function cutWord(token: Token, limit: number, measure: Measure): readonly Token[] {
  const pieces: Token[] = [];
  for (const span of token.spans) {
    let text = '';
    let width = 0;
    for (const character of span.text) {
      const next = measure(character, span.face, span.size);
      if (text !== '' && width + next > limit) {
        pieces.push({ kind: 'word', spans: [{ ...span, text }], width });
        text = '';
        width = 0;
      }
      text += character;
      width += next;
    }
    pieces.push({ kind: 'word', spans: [{ ...span, text }], width });
  }
  return pieces;
}

function joinSpans(tokens: readonly Token[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of tokens.flatMap((token) => token.spans)) {
    const last = joined.at(-1);
    if (last !== undefined && last.face === span.face && last.size === span.size) {
      joined[joined.length - 1] = { ...last, text: last.text + span.text };
    } else {
      joined.push(span);
    }
  }
  return joined;
}

const tolerance = 0.01;

/**
 * Breaks spans into lines, greedily. `first` and `rest` are the widths in points of the first and of
 * all other lines. Words wider than a line are cut; empty text gives one empty line.
 */
export function breakLines(
  spans: readonly Span[],
  width: { readonly first: number; readonly rest: number },
  measure: Measure,
): readonly Line[] {
  const lines: Line[] = [];
  let current: Token[] = [];
  let used = 0;
  const limit = () => (lines.length === 0 ? width.first : width.rest);
  const close = (ends: boolean) => {
    while (current.at(-1)?.kind === 'space') used -= current.pop()?.width ?? 0;
    lines.push({ spans: joinSpans(current), width: used, ends });
    current = [];
    used = 0;
  };
  const add = (token: Token) => {
    if (used + token.width > limit() + tolerance && current.length > 0) close(false);
    current.push(token);
    used += token.width;
  };
  for (const token of tokenize(spans, measure)) {
    if (token.kind === 'break') close(true);
    else if (token.kind === 'space') {
      if (current.length > 0) {
        current.push(token);
        used += token.width;
      }
    } else if (token.width > Math.min(width.first, width.rest)) {
      for (const piece of cutWord(token, Math.min(width.first, width.rest), measure)) add(piece);
    } else add(token);
  }
  close(true);
  return lines;
}

/**
 * Breaks centred text into as few lines as the width allows, of even length: a title must not leave
 * one word alone on its second line.
 */
export function breakEvenly(spans: readonly Span[], width: number, measure: Measure): readonly Line[] {
  const tightest = breakLines(spans, { first: width, rest: width }, measure);
  let best = tightest;
  const words = tokenize(spans, measure).map((token) => token.width);
  let low = Math.min(width, Math.max(0, ...words));
  let high = width;
  while (high - low > 1) {
    const middle = (low + high) / 2;
    const lines = breakLines(spans, { first: middle, rest: middle }, measure);
    const fits = lines.length === tightest.length && lines.every((line) => line.width <= middle + tolerance);
    if (fits) {
      best = lines;
      high = middle;
    } else low = middle;
  }
  return best;
}
