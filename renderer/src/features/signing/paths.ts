/** Chữ ký của tôi: keys, pictures, settings. */
export const signingPath = '/signing';

/** Ký số (S12); `?ids=a,b` shows only these documents. */
export const batchPath = '/sign';
