import type { AppearanceSpec } from '@shared/signing';

/** The own picture, or what is drawn where there is none. */
export function pictureOr(picture: Uint8Array | null, drawn: AppearanceSpec): AppearanceSpec {
  return picture === null ? drawn : { kind: 'picture', png: picture };
}
