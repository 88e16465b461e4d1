import type { ErrorCode } from '../result/codes';

/** The kinds of file the office works with; `other` is kept and findable but never shown. */
export const contentKinds = ['pdf', 'docx', 'xlsx', 'jpeg', 'png', 'tiff', 'mp4', 'other'] as const;
export type ContentKind = (typeof contentKinds)[number];
export type KnownKind = Exclude<ContentKind, 'other'>;

export type FileType = {
  readonly mime: string;
  /** Lower case, without the dot; the first is the usual one. */
  readonly extensions: readonly string[];
  /** Whether the reader pane can show it by itself. */
  readonly shown: boolean;
};

export const fileTypes: Readonly<Record<KnownKind, FileType>> = {
  pdf: { mime: 'application/pdf', extensions: ['pdf'], shown: true },
  docx: {
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
    shown: false,
  },
  xlsx: {
    mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extensions: ['xlsx'],
    shown: false,
  },
  jpeg: { mime: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jpe', 'jfif'], shown: true },
  png: { mime: 'image/png', extensions: ['png'], shown: true },
  tiff: { mime: 'image/tiff', extensions: ['tif', 'tiff'], shown: false },
  mp4: { mime: 'video/mp4', extensions: ['mp4', 'm4v'], shown: true },
};

/** Served for everything that is not one of the known kinds: no browser runs or renders it. */
export const opaqueMime = 'application/octet-stream';

/** What can be wrong with a file that was nevertheless taken in and kept. */
export type FileProblem = Extract<
  ErrorCode,
  | 'FILE_EMPTY'
  | 'FILE_BROKEN'
  | 'FILE_ENCRYPTED'
  | 'FILE_TYPE_MISMATCH'
  | 'FILE_TYPE_UNSUPPORTED'
  | 'TIMEOUT'
  | 'WORKER_CRASHED'
>;

/** Endings of well-known types that the office does not work with: a PDF under such a name is a mismatch. */
const foreignExtensions = new Set(
  (
    'doc xls ppt pptx docm xlsm rtf odt ods txt csv html htm xhtml svg xml js exe bat cmd com scr msi lnk ' +
    'zip rar 7z gz gif bmp webp heic mov avi mkv mp3 wav eml msg'
  ).split(' '),
);

/** Gives the media type of a kind; `application/octet-stream` for `other`. */
export function mimeOfKind(kind: ContentKind): string {
  return kind === 'other' ? opaqueMime : fileTypes[kind].mime;
}

/** Gives the kind with that media type, or `other`. Parameters (`; charset=…`) are ignored. */
export function kindOfMime(mime: string): ContentKind {
  const plain = mime.split(';', 1)[0]?.trim().toLowerCase();
  return contentKinds.find((kind) => kind !== 'other' && fileTypes[kind].mime === plain) ?? 'other';
}

/** Gives what follows the last dot of a file name, in lower case; empty when there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** Gives the kind a name promises, `foreign` for a well-known type of other programs, or nothing. */
export function promisedKind(name: string): KnownKind | 'foreign' | undefined {
  const extension = extensionOf(name);
  for (const kind of contentKinds) {
    if (kind !== 'other' && fileTypes[kind].extensions.includes(extension)) return kind;
  }
  return foreignExtensions.has(extension) ? 'foreign' : undefined;
}

/** Whether a text is a SHA-256 in the one spelling that names content: 64 lower-case hexadecimal digits. */
export function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
