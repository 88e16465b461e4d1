import { AppError } from '../result/result';

/** Độ mật. Anything above 'none' may not enter the program (Luật Bảo vệ bí mật nhà nước; the decree's Điều 15.2). */
export const secrecyLevels = ['none', 'confidential', 'secret', 'top-secret'] as const;
export type SecrecyLevel = (typeof secrecyLevels)[number];

/** Throws SECRET_DOCUMENT for Mật, Tối mật and Tuyệt mật: nothing of such a document is stored, drafted or sent. */
export function refuseSecret(level: SecrecyLevel): void {
  if (level !== 'none') throw new AppError('SECRET_DOCUMENT', level);
}
